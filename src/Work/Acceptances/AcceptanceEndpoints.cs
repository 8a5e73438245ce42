using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Leads;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Acceptances;

/// <summary>Drawing a sample of a batch, and deciding on the batch.</summary>
internal static class AcceptanceEndpoints
{
    private const int MostPeople = 1_000;

    public static void MapAcceptanceEndpoints(this RouteGroupBuilder lab)
    {
        var batch = lab.InProject("/batches/{batch:guid}/acceptances");
        batch.MapGet("", List).RequireAuthorization(Policies.Observer);
        batch.MapPost("", Draw).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        var acceptances = lab.InProject("/acceptances");
        acceptances.MapGet("", ListAll).RequireAuthorization(Policies.Reviewer).RequireOwnPeople();
        acceptances.MapGet("/{acceptance:guid}", Get).RequireAuthorization(Policies.Staff);
        acceptances.MapPost("/{acceptance:guid}/decision", Decide).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        acceptances.MapSampleEndpoints();
    }

    private static async Task<Results<Ok<List<AcceptanceView>>, ProblemHttpResult>> List(Guid batch, InProject at, AppDb db, CancellationToken cancellation) =>
        await IsHereAsync(batch, at, db, cancellation)
            ? TypedResults.Ok(await ViewsAsync(db, db.Acceptances.Where(a => a.Batch == batch), cancellation))
            : Problems.NotFound();

    private static async Task<Ok<List<AcceptanceView>>> ListAll(InProject at, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await ViewsAsync(db, db.Acceptances.Where(a => a.Project == at.Id), cancellation));

    private static async Task<Results<Created<AcceptanceView>, ProblemHttpResult>> Draw(
        Guid batch, DrawRequest request, InProject at, Actor actor, AppDb db, AcceptanceDrawing drawing, CancellationToken cancellation)
    {
        if (!await IsHereAsync(batch, at, db, cancellation))
            return Problems.NotFound();
        if (request is not ({ Percent: > 0 and <= 100, Count: null } or { Percent: null, Count: >= 1 and <= SampleSize.Most }))
            return Problems.Invalid($"A sample is a share above 0 and up to 100 per cent, or 1 to {SampleSize.Most} answers.", "count");
        if (await db.Acceptances.AnyAsync(a => a.Batch == batch && (a.State == AcceptanceState.Drawn || !a.Settled), cancellation))
            return Open();
        if (!await drawing.IsDoneAsync(batch, cancellation))
            return Problems.Of(StatusCodes.Status409Conflict, "batch-not-done",
                "A batch is judged as a whole, and this one still has work open, under review or given back. Finish or cancel that first.");
        if (await drawing.DrawAsync(at, actor, batch, new SampleSize(request.Percent, request.Count), cancellation) is { } drawn)
            return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/acceptances/{drawn.Id}", AcceptanceView.Of(drawn, 0, 0));
        return await db.Acceptances.AnyAsync(a => a.Batch == batch && a.State == AcceptanceState.Drawn, cancellation)
            ? Open()
            : Problems.Of(StatusCodes.Status409Conflict, "nothing-accepted", "The batch has no accepted answer to draw from.");

        static ProblemHttpResult Open() => Problems.Of(StatusCodes.Status409Conflict, "acceptance-open",
            "A sample of this batch is being judged already. Decide on it before another is drawn.");
    }

    /// <summary>Opens the words of the decision and of the judges, with a receipt.</summary>
    private static async Task<Results<Ok<AcceptanceDetail>, ProblemHttpResult>> Get(
        Guid acceptance, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var views = await ViewsAsync(db, db.Acceptances.Where(a => a.Project == at.Id && a.Id == acceptance), cancellation);
        if (views is not [var view])
            return Problems.NotFound();
        var decision = await db.Acceptances.Where(a => a.Id == acceptance).Select(a => a.Reason).SingleAsync(cancellation);
        var found = await db.AcceptanceSamples.Where(s => s.Acceptance == acceptance && s.Verdict == Verdict.Defect)
            .OrderBy(s => s.Ordinal).Take((IVault.MaxRecordsPerAct - 1) / 2)
            .Join(db.Slots, sample => sample.Slot, slot => slot.Id, (sample, slot) => new { sample, slot.Item, slot.Holder })
            .ToListAsync(cancellation);

        Guid[] records = [.. found.SelectMany(one => new[] { one.sample.Reason, one.sample.Evidence }).Append(decision).OfType<Guid>()];
        var words = new Dictionary<Guid, OpenedRecord>();
        if (records.Length > 0)
        {
            var outcome = await vault.OpenAsync(
                actor, at.Facts.Id, Purpose.Acceptance, [.. records.Select(id => new RecordRef(RecordKind.Reason, new RecordId(id)))], cancellation);
            if (outcome is not OpenOutcome.Opened opened)
                return Problems.Refused((OpenOutcome.Refused)outcome);
            words = opened.Records.ToDictionary(record => record.Id.Value);
        }

        return TypedResults.Ok(new AcceptanceDetail(view, decision is { } id ? Words.Read(words[id]) : null,
        [
            .. found.Select(one => new DefectView(
                one.sample.Slot, one.Item, one.Holder, one.sample.Judge,
                one.sample.Reason is { } reason ? Words.Read(words[reason]) : null,
                one.sample.Evidence is { } evidence ? Words.ReadEvidence(words[evidence]) : null)),
        ]));
    }

    // 1. The sample that was judged must be the one that was drawn. 2. Seal the words. 3. Write the decision, once.
    // 4. Give back what it says; whether or not somebody waits for it.
    private static async Task<Results<Ok<AcceptanceView>, ProblemHttpResult>> Decide(
        Guid acceptance, AcceptanceDecisionRequest request, InProject at, Actor actor, IVault vault, AppDb db, AcceptanceDrawing drawing,
        AcceptanceSettling settling, NoticeBoard notices, TimeProvider time, CancellationToken cancellation)
    {
        var views = await ViewsAsync(db, db.Acceptances.Where(a => a.Project == at.Id && a.Id == acceptance), cancellation);
        if (views is not [var view])
            return Problems.NotFound();
        if (Fault(request) is { } fault)
            return fault;
        if (view.State is not AcceptanceState.Drawn)
            return Decided();
        if (request.Decision is not AcceptanceDecision.Reject && view.Judged < view.Sample)
            return Problems.Of(StatusCodes.Status409Conflict, "not-judged",
                $"{view.Sample - view.Judged} of {view.Sample} answers still have to be judged. A batch can be rejected before, but not accepted.");
        var row = await db.Acceptances.AsNoTracking().SingleAsync(a => a.Id == acceptance, cancellation);
        var (same, refused) = await drawing.IsAsDrawnAsync(at, actor, row, cancellation);
        if (refused is not null)
            return Problems.Refused(refused);
        if (!same)
            return Problems.Of(StatusCodes.Status500InternalServerError, "not-as-drawn", "The sample is not the one that was drawn, so nothing was decided. Tell lab staff at once.");

        var reason = await Words.SealAsync(vault, actor, at.Facts.Id, request.Reason);
        row.State = request.Decision switch
        {
            AcceptanceDecision.Accept => AcceptanceState.Accepted,
            AcceptanceDecision.Partly => AcceptanceState.Partly,
            _ => AcceptanceState.Rejected,
        };
        (row.DecidedAt, row.DecidedBy, row.Reason, row.Settled) = (time.GetUtcNow(), actor.Pseudonym, reason?.Value, row.State is AcceptanceState.Accepted);
        if (!await WriteAsync(db, row, request.People ?? []))
        {
            if (reason is { } unused)
                await Words.DropAsync(vault, actor, at.Facts.Id, unused);
            return Decided();
        }

        if (!row.Settled)
        {
            await settling.SettleAsync(row);
            row.Settled = true;
        }

        await notices.TellAllAsync(new NewNotice(actor.Lab, NoticeKind.AcceptanceDecided, at.Id, row.Id), but: actor.Pseudonym);
        return TypedResults.Ok(AcceptanceView.Of(row, view.Judged, view.Defects));

        static ProblemHttpResult Decided() => Problems.Of(StatusCodes.Status409Conflict, "decided", "This round has been decided. Reload to see how.");
    }

    /// <returns>False where somebody else decided first.</returns>
    private static async Task<bool> WriteAsync(AppDb db, Acceptance row, IReadOnlyList<Guid> people)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var written = await db.Acceptances.Where(a => a.Id == row.Id && a.State == AcceptanceState.Drawn).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.State, row.State)
            .SetProperty(a => a.DecidedAt, row.DecidedAt)
            .SetProperty(a => a.DecidedBy, row.DecidedBy)
            .SetProperty(a => a.Reason, row.Reason)
            .SetProperty(a => a.Settled, row.Settled));
        if (written == 0)
            return false;
        db.AcceptancePeople.AddRange(people.Distinct().Select(person => new AcceptancePerson { Acceptance = row.Id, Person = person }));
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private static ProblemHttpResult? Fault(AcceptanceDecisionRequest request)
    {
        if (!Enum.IsDefined(request.Decision))
            return Problems.Invalid("A decision is accept, partly or reject.", "decision");
        if (request.Decision is AcceptanceDecision.Accept ? !Words.Fits(request.Reason) : !Words.Are(request.Reason))
            return Problems.Invalid($"Work is given back with a reason of 1 to {Words.Most} characters.", "reason");
        return request.People is { Count: > 0 } && request.Decision is not AcceptanceDecision.Partly || request.People is { Count: > MostPeople }
            ? Problems.Invalid($"Up to {MostPeople} people can be named where a batch is accepted in part.", "people")
            : null;
    }

    private static Task<bool> IsHereAsync(Guid batch, InProject at, AppDb db, CancellationToken cancellation) =>
        db.Batches.AnyAsync(b => b.Id == batch && b.Project == at.Id, cancellation);

    private static async Task<List<AcceptanceView>> ViewsAsync(AppDb db, IQueryable<Acceptance> which, CancellationToken cancellation)
    {
        var samples = db.AcceptanceSamples;
        var rows = await which.AsNoTracking().OrderByDescending(a => a.Id).Select(a => new
        {
            Row = a,
            Judged = samples.Count(s => s.Acceptance == a.Id && s.Verdict != Verdict.None),
            Defects = samples.Count(s => s.Acceptance == a.Id && s.Verdict == Verdict.Defect),
        }).ToListAsync(cancellation);
        return rows.ConvertAll(one => AcceptanceView.Of(one.Row, one.Judged, one.Defects));
    }
}
