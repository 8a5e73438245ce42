using System.Text.Json;
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
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Batches;

/// <param name="Name">1 to 200 characters; sealed.</param>
/// <param name="Overlap">Answers wanted per item, 1 to 50.</param>
/// <param name="LeaseSeconds">How long a task stays with somebody who gives no sign, 10 to 86,400.</param>
/// <param name="Held">Most tasks that one person holds at once, 1 to 1,000,000.</param>
public sealed record BatchRequest(string Name, int Overlap = 1, int LeaseSeconds = 900, int Held = 3);

/// <param name="Name">Null for an auditor, and where the vault refused to open it.</param>
public sealed record BatchView(
    Guid Id, string Code, string? Name, BatchState State, long Items, int Overlap, int LeaseSeconds, int Held, int GuidelineVersion, int FormVersion, DateTimeOffset OpenedAt);

internal static class BatchEndpoints
{
    public static void MapBatchEndpoints(this RouteGroupBuilder lab)
    {
        var batches = lab.InProject("/batches");
        batches.MapGet("", List).RequireAuthorization(Policies.Observer);
        batches.MapPost("", Open).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<BatchView>>> List(InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var batches = await db.Batches.AsNoTracking().Where(b => b.Project == at.Id).OrderBy(b => b.Id).Take(IVault.MaxRecordsPerAct).ToListAsync(cancellation);
        if (batches.Count == 0 || actor.IsAuditor)
            return TypedResults.Ok(batches.ConvertAll(batch => View(batch, name: null)));
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Manage, [.. batches.Select(b => new RecordRef(RecordKind.Batch, new RecordId(b.Id)))], cancellation);
        var names = (outcome as OpenOutcome.Opened)?.Records.Select(r => JsonSerializer.Deserialize(r.Plaintext.Span, SealedJson.Shapes.SealedName)!.Name).ToList();
        return TypedResults.Ok(batches.Select((batch, i) => View(batch, names?[i])).ToList());
    }

    private static async Task<Results<Created<BatchView>, ProblemHttpResult>> Open(
        BatchRequest request, InProject at, Actor actor, IVault vault, AppDb db, BatchOpening opening, ProjectCatalog catalog, SlotLoop slots,
        TimeProvider time, CancellationToken cancellation)
    {
        if (Fault(request) is { } fault)
            return fault;
        var form = await db.FormVersions.Where(f => f.Project == at.Id).MaxAsync(f => (int?)f.Number, cancellation);
        if (form is null)
            return Problems.Of(StatusCodes.Status409Conflict, "no-form", "The project has no form yet. Save one before opening a batch.");
        var items = db.Items;
        if (!await db.Imports.AnyAsync(f => f.Project == at.Id && f.State == ImportState.Done && items.Any(i => i.Import == f.Id && i.Batch == null), cancellation))
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
            GuidelineVersion = await db.GuidelineVersions.Where(v => v.Project == at.Id).MaxAsync(v => (int?)v.Number, cancellation) ?? 0,
            FormVersion = form.Value,
            LeaseSeconds = request.LeaseSeconds,
            Held = request.Held,
            State = BatchState.Opening,
            Items = 0,
            OpenedAt = time.GetUtcNow(),
        };
        db.Batches.Add(batch);
        await db.SaveChangesAsync(CancellationToken.None);
        catalog.Forget(at.Id);

        // From here on it is done, whether or not somebody waits for it: half a batch would be no state to stop in.
        batch.Items = await opening.FillAsync(batch, CancellationToken.None);
        batch.State = BatchState.Open;
        catalog.Forget(at.Id);
        await slots.LookAgainAsync(at.Id);
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/batches", View(batch, request.Name));
    }

    private static BatchView View(Batch batch, string? name) => new(
        batch.Id, batch.Code, name, batch.State, batch.Items, batch.Overlap, batch.LeaseSeconds, batch.Held, batch.GuidelineVersion, batch.FormVersion, batch.OpenedAt);

    private static ProblemHttpResult? Fault(BatchRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
            return Problems.Invalid("A batch's name has 1 to 200 characters.", "name");
        if (request.Overlap is < 1 or > 50)
            return Problems.Invalid("An item gets 1 to 50 answers.", "overlap");
        if (request.LeaseSeconds is < 10 or > 86_400)
            return Problems.Invalid("A lease lasts 10 to 86,400 seconds.", "leaseSeconds");
        return request.Held is < 1 or > 1_000_000
            ? Problems.Invalid("A person holds 1 to 1,000,000 tasks.", "held")
            : null;
    }
}
