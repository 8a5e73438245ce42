using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.OwnData;

/// <summary>What is held about whoever asks: shown, exported, erased. Staff are people too, but only experts erase themselves: an owner must not be able to leave the vendor without one.</summary>
internal static class OwnDataEndpoints
{
    /// <summary>Said to applicants and on everybody's own page.</summary>
    public static readonly IReadOnlyList<string> NeverCollected =
    [
        "No pictures of your screen, and no watching of screens, windows or tabs.",
        "No program of ours on your machine: you work in a browser, and nothing counts your keys or mouse.",
        "No pictures or recordings of your face or voice: interviews are written down.",
        "No copies of your identity papers, bank statements or certificates: whoever checks them tells us the outcome, and until when it holds.",
        "No score of you that you cannot see: where you fit a need and where not is said in words, with the reason.",
    ];

    private const int ShownReads = 20;

    public static void MapOwnData(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/me/data").WithTags("Own data");
        own.MapGet("", Show).RequireAuthorization(VendorPolicies.Anybody).WithSummary("What is held about you: why, until when, who read it");
        own.MapGet("/reads", ReadsOf).RequireAuthorization(VendorPolicies.Anybody).WithSummary("Every time that something sealed about you was opened, newest first");
        own.MapGet("/export", Export).RequireAuthorization(VendorPolicies.Anybody).WithSummary("Everything that is held about you, as JSON");
        own.MapGet("/erasure", Foretell).RequireAuthorization(VendorPolicies.Expert).WithSummary("What erasing you would do and what would stay; does nothing");
        own.MapPost("/erasure", Erase).RequireAuthorization(VendorPolicies.Expert).WithSummary("Erase yourself; takes your handle as confirmation");
    }

    private static async Task<Ok<OwnDataView>> Show(
        VendorActor actor, AppDb db, IEnumerable<IPersonalData> rooms, PersonRecords records, Reads reads, IVault vault, CancellationToken cancellation)
    {
        var person = await db.People.AsNoTracking().SingleAsync(row => row.Id == actor.Person, cancellation);
        var held = await db.HeldRecords.Where(row => row.Person == actor.Person)
            .GroupBy(row => row.Field)
            .Select(field => new { Field = field.Key, Count = field.Count(), Until = field.Max(row => row.DueAt) })
            .ToDictionaryAsync(field => field.Field, cancellation);
        List<HeldFieldView> fields = [];
        foreach (var facts in HeldFields.All)
        {
            var of = held.GetValueOrDefault(facts.Field);
            fields.Add(new HeldFieldView(Names.Of(facts.Field), facts.Purpose, Sealed: true, of?.Count ?? 0, await records.DaysAsync(facts.Field), of?.Until, "Removed at once, and its key destroyed."));
        }

        fields.AddRange(rooms.Select(room => new HeldFieldView(room.Section, room.Purpose, Sealed: false, null, null, null, room.OnErasure)));
        var last = await reads.PageAsync(actor.Vendor, actor.Person, before: null, cancellation);
        return TypedResults.Ok(new OwnDataView(
            person.Id, person.Name, person.Role, person.CreatedAt, fields, [.. last.Take(ShownReads)], await IncidentsAsync(vault, actor, cancellation), NeverCollected));
    }

    private static async Task<Ok<List<ReadView>>> ReadsOf(VendorActor actor, Reads reads, CancellationToken cancellation, long? before = null) =>
        TypedResults.Ok(await reads.PageAsync(actor.Vendor, actor.Person, before, cancellation));

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(VendorActor actor, Exporting exporting, CancellationToken cancellation)
    {
        var (write, refused) = await exporting.PrepareAsync(actor, cancellation);
        return refused is not null ? Problems.NotOpened(refused) : TypedResults.Stream(write!, "application/json", "what-is-held-about-me.json");
    }

    private static async Task<Ok<ErasureForetold>> Foretell(VendorActor actor, Erasing erasing, CancellationToken cancellation) =>
        TypedResults.Ok(await erasing.ForetellAsync(actor, cancellation));

    private static async Task<Results<Ok<ErasureDone>, ProblemHttpResult>> Erase(
        ErasureRequest body, VendorActor actor, Erasing erasing, AppDb db, CancellationToken cancellation)
    {
        if (body.Confirm != await db.People.Where(row => row.Id == actor.Person).Select(row => row.Name).SingleAsync(cancellation))
            return Problems.Invalid("Send your own handle, so that nobody is erased by mistake.", "confirm");
        // From here on it goes on to its end, whether or not somebody waits for it.
        return await erasing.EraseAsync(actor) is { } done
            ? TypedResults.Ok(done)
            : Problems.Of(StatusCodes.Status403Forbidden, "not-signed", "This takes your own signature, made with a key that is enrolled here in your name.");
    }

    // What the vault knows of incidents: suspensions in force for one, that stop what is held about this person.
    private static async Task<List<IncidentView>> IncidentsAsync(IVault vault, VendorActor actor, CancellationToken cancellation) =>
        [.. (await vault.SuspensionsAsync(actor.Vendor, cancellation))
            .Where(one => !one.Drill && one.Reason is ReasonClass.SecurityIncident
                && (one.Scope.Kind is ScopeKind.Lab or ScopeKind.Process
                    || (one.Scope.Kind is ScopeKind.Project or ScopeKind.Person && one.Scope.Id == actor.Person)))
            .Select(one => new IncidentView(one.Since, "Nothing held about you is opened since then, because of a security incident that is being looked into."))];
}
