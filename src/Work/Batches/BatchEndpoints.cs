using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cofferdam.Work.Batches;

internal static class BatchEndpoints
{
    public static void MapBatchEndpoints(this RouteGroupBuilder lab)
    {
        var batches = lab.InProject("/batches");
        batches.MapGet("", List).RequireAuthorization(Policies.Observer);
        batches.MapPost("", Open).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        batches.MapPut("/{batch:guid}", Put).Accepts<BatchSettings>("application/json").RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<BatchView>>> List(InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var batches = await db.Batches.AsNoTracking().Where(b => b.Project == at.Id).OrderBy(b => b.Id).Take(IVault.MaxRecordsPerAct).ToListAsync(cancellation);
        if (batches.Count == 0 || actor.IsAuditor)
            return TypedResults.Ok(batches.ConvertAll(batch => BatchView.Of(batch, name: null)));
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Manage, [.. batches.Select(b => new RecordRef(RecordKind.Batch, new RecordId(b.Id)))], cancellation);
        var names = (outcome as OpenOutcome.Opened)?.Records.Select(r => JsonSerializer.Deserialize(r.Plaintext.Span, SealedJson.Shapes.SealedName)!.Name).ToList();
        var words = await WordsAsync(batches, at, actor, vault, cancellation);
        return TypedResults.Ok(batches.Select((batch, i) =>
            BatchView.Of(batch, names?[i], batch.PauseWords is { } record ? words.GetValueOrDefault(record) : null)).ToList());
    }

    private static async Task<Results<Created<BatchView>, ProblemHttpResult>> Open(
        BatchRequest request, InProject at, Actor actor, IVault vault, AppDb db, BatchOpening opening, ProjectCatalog catalog, SlotLoop slots, Store store,
        TimeProvider time, CancellationToken cancellation)
    {
        if (Fault(request) is { } fault)
            return fault;
        if (await VersionFaultAsync(at.Id, request.GuidelineVersion, request.FormVersion, db, cancellation) is { } unknown)
            return unknown;
        if (await FacetFilter.FaultAsync(request.Filter, at.Id, store, cancellation) is { } facets)
            return facets;
        var form = await db.FormVersions.Where(f => f.Project == at.Id).MaxAsync(f => (int?)f.Number, cancellation);
        if (form is null)
            return Problems.Of(StatusCodes.Status409Conflict, "no-form", "The project has no form yet. Save one before opening a batch.");
        var items = db.Items;
        if (!await db.Imports.AnyAsync(f => f.Project == at.Id && f.State == ImportState.Done && items.Any(i => i.Import == f.Id && i.Batch == null && i.Gold == null), cancellation))
            return Problems.Of(StatusCodes.Status409Conflict, "no-items", "Every item is in a batch already. Import more before opening another.");

        var id = RecordId.New();
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedName(1, request.Name), SealedJson.Shapes.SealedName);
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Batch, id, plaintext, expected: 0)).Expect();
        var taken = await db.Batches.Where(b => b.Project == at.Id).Select(b => b.Code).ToListAsync(cancellation);
        var batch = new Batch
        {
            Id = id.Value,
            Project = at.Id,
            Code = Enumerable.Range(0, int.MaxValue).Select(CodeNames.New).First(code => !taken.Contains(code)),
            Overlap = request.Overlap,
            GuidelineVersion = request.GuidelineVersion
                ?? await db.GuidelineVersions.Where(v => v.Project == at.Id).MaxAsync(v => (int?)v.Number, cancellation) ?? 0,
            FormVersion = request.FormVersion ?? form.Value,
            LeaseSeconds = request.LeaseSeconds,
            Held = request.Held,
            MostItems = request.Limit,
            Filter = FacetFilter.Of(request.Filter),
            State = BatchState.Opening,
            Items = 0,
            OpenedAt = time.GetUtcNow(),
        };
        request.Settings.ApplyTo(batch);
        db.Batches.Add(batch);
        await db.SaveChangesAsync(CancellationToken.None);
        catalog.Forget(at.Id);

        // From here on it is done, whether or not somebody waits for it: half a batch would be no state to stop in.
        batch.Items = await opening.FillAsync(batch, CancellationToken.None);
        batch.State = BatchState.Open;
        catalog.Forget(at.Id);
        await slots.LookAgainAsync(at.Id);
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/batches", BatchView.Of(batch, request.Name));
    }

    /// <summary>Changes what the body names; the rest stays as it is. What is named as null goes back to none.</summary>
    private static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Put(
        Guid batch, JsonObject body, InProject at, Actor actor, IVault vault, AppDb db, BatchStates states, ProjectCatalog catalog, SlotLoop slots,
        IOptions<JsonOptions> json, HttpRequest request, HttpResponse response, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var revision, out var problem))
            return problem!;
        if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == batch && b.Project == at.Id, cancellation) is not { } found)
            return Problems.NotFound();
        if (found.Revision != revision)
            return ETags.Changed();
        if (BatchPatch.Read(BatchSettings.Of(found), body, json.Value.SerializerOptions) is not { } settings)
            return Problems.Invalid("The body names what is to change of a batch's settings, each with a value of its kind.");
        if (settings.Fault(found.Overlap) is { } fault)
            return fault;

        settings.ApplyTo(found);
        if (!await states.ChangeAsync(BatchPatch.Sql, CancellationToken.None, [.. BatchPatch.Values(found), ("@revision", revision)]))
            return ETags.Changed();
        found.Revision++;
        catalog.Forget(at.Id);
        await slots.LookAgainAsync(at.Id);
        ETags.Set(response, found.Revision);
        return TypedResults.Ok(BatchView.Of(found, await NameAsync(found, at, actor, vault, cancellation)));
    }

    /// <summary>The batch's name, opened for its staff; null where the vault refuses.</summary>
    internal static async Task<string?> NameAsync(Batch batch, InProject at, Actor actor, IVault vault, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [new(RecordKind.Batch, new RecordId(batch.Id))], cancellation);
        return outcome is OpenOutcome.Opened opened
            ? JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, SealedJson.Shapes.SealedName)!.Name
            : null;
    }

    /// <summary>Whether both versions are there, where they are named.</summary>
    internal static async Task<ProblemHttpResult?> VersionFaultAsync(Guid project, int? guidelines, int? form, AppDb db, CancellationToken cancellation)
    {
        if (guidelines is not (null or 0) && !await db.GuidelineVersions.AnyAsync(v => v.Project == project && v.Number == guidelines, cancellation))
            return Problems.Invalid("The guidelines have no such version.", "guidelineVersion");
        return form is not null && !await db.FormVersions.AnyAsync(f => f.Project == project && f.Number == form, cancellation)
            ? Problems.Invalid("The form has no such version.", "formVersion")
            : null;
    }

    private static async Task<Dictionary<Guid, string>> WordsAsync(List<Batch> batches, InProject at, Actor actor, IVault vault, CancellationToken cancellation)
    {
        RecordRef[] records = [.. batches.Where(batch => batch.PauseWords is not null).Select(batch => new RecordRef(RecordKind.Reason, new RecordId(batch.PauseWords!.Value)))];
        return records.Length > 0 && await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, records, cancellation) is OpenOutcome.Opened opened
            ? opened.Records.ToDictionary(r => r.Id.Value, Words.Read)
            : [];
    }

    private static ProblemHttpResult? Fault(BatchRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
            return Problems.Invalid("A batch's name has 1 to 200 characters.", "name");
        if (request.Overlap is < 1 or > 50)
            return Problems.Invalid("An item gets 1 to 50 answers.", "overlap");
        return request.Limit is < 1
            ? Problems.Invalid("A batch takes one item or more.", "limit")
            : request.Settings.Fault(request.Overlap);
    }
}
