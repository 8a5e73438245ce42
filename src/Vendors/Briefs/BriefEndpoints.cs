using Cofferdam.Federation.Engagements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work;
using Cofferdam.Work.Access;
using Cofferdam.Work.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using WorkKind = Cofferdam.Federation.Events.WorkKind;

namespace Cofferdam.Vendors.Briefs;

/// <summary>What is told of work, typed for the vendor: nothing is taken from a project. Ranges as in <see cref="Brief"/>.</summary>
/// <param name="Open">False: taken back, or filled.</param>
public sealed record BriefRequest(
    string CodeName, string Description, IReadOnlyList<AgreedRate> Rates, IReadOnlyList<WorkKind> Kinds, IReadOnlyList<string>? Skills = null,
    IReadOnlyList<string>? Languages = null, int HoursPerWeek = 0, int Places = 1, bool Open = true);

/// <param name="Published">The vendor may have this revision.</param>
/// <param name="Told">The vendor has it.</param>
public sealed record BriefView(Brief Brief, bool Published, bool Told, DateTimeOffset CreatedAt, Guid CreatedBy);

/// <summary>Briefs are written, looked at as the vendor will see them, and only then published.</summary>
internal static class BriefEndpoints
{
    public static void MapBriefs(this RouteGroupBuilder vendor)
    {
        var briefs = vendor.MapGroup("/briefs");
        briefs.MapGet("", List).RequireAuthorization(Policies.Staff).WithSummary("What the vendor is or will be told of work");
        briefs.MapPost("", Create).RequireAuthorization(Policies.Staff).RequireNotSuspended().WithSummary("Write a brief; the vendor is told nothing yet");
        briefs.MapPut("/{brief:guid}", Change).RequireAuthorization(Policies.Staff).RequireNotSuspended().WithSummary("Change a brief; the vendor is told nothing yet");
        briefs.MapGet("/{brief:guid}/preview", Preview).RequireAuthorization(Policies.Staff).Produces<Brief>(contentType: "application/json")
            .WithSummary("What the vendor sees: the very bytes that it is sent");
        briefs.MapPost("/{brief:guid}/publish", Publish).RequireAuthorization(Policies.Staff).RequireNotSuspended().WithSummary("Tell the vendor this revision");
    }

    private static async Task<Results<Ok<List<BriefView>>, ProblemHttpResult>> List(Guid engagement, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        if (!await IsHereAsync(engagement, actor, db, cancellation))
            return Problems.NotFound();
        var rows = await db.VendorBriefs.AsNoTracking().Where(row => row.Engagement == engagement).OrderByDescending(row => row.Id).Take(IVault.MaxRecordsPerAct).ToListAsync(cancellation);
        if (rows.Count == 0)
            return TypedResults.Ok(new List<BriefView>());
        var outcome = await vault.ShowAsync(actor, rows.ConvertAll(row => row.Ref), cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        return TypedResults.Ok(rows.Zip(opened.Records, (row, record) => View(row, EngagementJson.ReadBrief(record.Plaintext.Span)!)).ToList());
    }

    private static async Task<Results<Created<BriefView>, ProblemHttpResult>> Create(
        Guid engagement, BriefRequest body, Actor actor, IVault vault, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!await IsHereAsync(engagement, actor, db, cancellation))
            return Problems.NotFound();
        var now = time.GetUtcNow();
        var row = new VendorBrief
        {
            Id = Guid.CreateVersion7(now),
            Engagement = engagement,
            Record = RecordId.New().Value,
            Revision = 1,
            Open = body.Open,
            CreatedAt = now,
            CreatedBy = actor.Pseudonym,
        };
        var brief = Of(row, body);
        if (EngagementJson.Fault(brief) is { } field)
            return Invalid(field);
        await vault.KeepAsync(actor, row.Ref, EngagementJson.Write(brief), expected: 0);
        db.VendorBriefs.Add(row);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/vendors/{engagement}/briefs/{row.Id}/preview", View(row, brief));
    }

    private static async Task<Results<Ok<BriefView>, ProblemHttpResult>> Change(
        Guid engagement, Guid brief, BriefRequest body, Actor actor, IVault vault, AppDb db, HttpRequest request, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (await FindAsync(engagement, brief, actor, db, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.Revision != version)
            return ETags.Changed();
        (row.Revision, row.Open) = (version + 1, body.Open);
        var changed = Of(row, body);
        if (EngagementJson.Fault(changed) is { } field)
            return Invalid(field);
        if (!await vault.KeepAsync(actor, row.Ref, EngagementJson.Write(changed), version))
            return ETags.Changed();
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Ok(View(row, changed));
    }

    private static async Task<IResult> Preview(
        Guid engagement, Guid brief, Actor actor, IVault vault, AppDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (await FindAsync(engagement, brief, actor, db, cancellation) is not { } row)
            return Problems.NotFound();
        var outcome = await vault.ShowAsync(actor, [row.Ref], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        ETags.Set(response, row.Revision);
        return TypedResults.Bytes(opened.Records[0].Plaintext, "application/json");
    }

    // Of the revision that was looked at, and no other.
    private static async Task<Results<NoContent, ProblemHttpResult>> Publish(
        Guid engagement, Guid brief, Actor actor, AppDb db, WorkEventFeed feed, HttpRequest request, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (await FindAsync(engagement, brief, actor, db, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.Revision != version)
            return ETags.Changed();
        row.Published = version;
        await db.SaveChangesAsync(CancellationToken.None);
        feed.Bell.Ring();
        return TypedResults.NoContent();
    }

    private static Task<bool> IsHereAsync(Guid engagement, Actor actor, AppDb db, CancellationToken cancellation) =>
        db.VendorTerms.AnyAsync(row => row.Engagement == engagement && row.Lab == actor.Lab.Value, cancellation);

    private static async Task<VendorBrief?> FindAsync(Guid engagement, Guid brief, Actor actor, AppDb db, CancellationToken cancellation) =>
        await IsHereAsync(engagement, actor, db, cancellation)
            ? await db.VendorBriefs.SingleOrDefaultAsync(row => row.Id == brief && row.Engagement == engagement, cancellation)
            : null;

    private static Brief Of(VendorBrief row, BriefRequest body) => new(
        row.Id, row.Engagement, row.Revision, body.CodeName, body.Skills ?? [], body.Languages ?? [], body.HoursPerWeek, body.Places, body.Rates, body.Kinds,
        body.Description, body.Open);

    private static BriefView View(VendorBrief row, Brief brief) =>
        new(brief, row.Published == row.Revision, row.Told == row.Revision, row.CreatedAt, row.CreatedBy);

    private static ProblemHttpResult Invalid(string field) => Problems.Invalid("This is out of its range, or missing.", field);
}
