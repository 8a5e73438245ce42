using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Reports;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Tasks;

/// <summary>A task in the caller's hand.</summary>
public sealed record HeldTask(Guid Slot, SlotState State, DateTimeOffset? LeaseUntil);

public sealed record LeaseView(DateTimeOffset? LeaseUntil);

/// <param name="Answers">As the page has them, finished or not: an object of at most 1 MiB.</param>
public sealed record DraftRequest(JsonElement Answers);

public sealed record DraftView(long Version);

public sealed record StateView(SlotState State);

/// <param name="Reason">At most 4,000 characters.</param>
public sealed record SkipRequest(string? Reason = null);

/// <param name="Text">1 to 4,000 characters.</param>
public sealed record ReportRequest(string Text);

internal static class TaskEndpoints
{
    private const int MostDraftBytes = 1 << 20;

    /// <summary>Of one person on one task.</summary>
    private const int MostReports = 10;

    public static void MapTaskEndpoints(this RouteGroupBuilder lab)
    {
        // The busiest route of all has no filters of its own: it looks its project up itself.
        lab.MapPost("/projects/{project:guid}/tasks/next", Next).RequireAuthorization(Policies.Member)
            .Produces<TaskView>().Produces(StatusCodes.Status204NoContent);
        var tasks = lab.InProject("/tasks");
        tasks.MapGet("", List).RequireAuthorization(Policies.Member);
        tasks.MapPost("/{slot:guid}/open", Open).RequireAuthorization(Policies.Member).RequireFreshPasskey().Produces<TaskView>();
        tasks.MapPut("/{slot:guid}/lease", Renew).RequireAuthorization(Policies.Member);
        tasks.MapPut("/{slot:guid}/draft", PutDraft).RequireAuthorization(Policies.Member);
        tasks.MapPost("/{slot:guid}/submit", SubmitEndpoint.SubmitAsync).RequireAuthorization(Policies.Member);
        tasks.MapPost("/{slot:guid}/skip", Skip).RequireAuthorization(Policies.Member);
        tasks.MapPost("/{slot:guid}/release", Release).RequireAuthorization(Policies.Member);
        tasks.MapPost("/{slot:guid}/report", Report).RequireAuthorization(Policies.Member);
    }

    // 1. Lease a slot. 2. As soon as it is known, open what it needs; the lease commits meanwhile. 3. Hand out when
    // both are durable. 4. If anything fails after the lease, free the slot.
    [AsksForProofsItself]
    private static async Task<IResult> Next(
        Guid project, Actor actor, IVault vault, ProjectCatalog catalog, Offers offers, SlotLoop slots, TaskOpening opening, SignedTasks signed,
        NothingToDo nothing, TimeProvider time, CancellationToken cancellation)
    {
        if (await catalog.FindAsync(actor.Lab, project, cancellation) is not { } facts)
            return Problems.NotFound();
        if (StepUp.IsDue(facts, actor, time))
            return StepUp.Problem(facts);
        var offer = await offers.OfAsync(facts, actor, cancellation);
        if (actor.Proofs is { } proofs && await proofs.MustSignAsync(actor, cancellation))
        {
            // Leased first: what is signed names the slot. The page asks again with the signature, and gets the same one.
            var outcome = await signed.LeaseAsync(facts, offer, actor, cancellation);
            return outcome.Lease is { } leased
                ? await signed.OpenAsync(facts, leased, actor, proofs, cancellation)
                : await NothingAsync(outcome, offer, facts, actor, vault, offers, nothing, cancellation);
        }

        var lease = await slots.LeaseAsync(offer.Open, actor.Pseudonym, cancellation, told: actor.Engagement is not null);
        if (await lease.Picked is not { } picked)
            return await NothingAsync(await lease.Done, offer, facts, actor, vault, offers, nothing, cancellation);

        (TaskBody? Task, OpenOutcome.Refused? Refused) opened;
        try
        {
            opened = await opening.OpenAsync(facts, picked, actor, cancellation);
            await lease.Done;
        }
        catch
        {
            await slots.ReleaseAsync(project, picked.Slot, actor.Pseudonym);
            throw;
        }

        if (opened.Task is { } task)
            return task;
        await slots.ReleaseAsync(project, picked.Slot, actor.Pseudonym);
        return opened.Refused is { Reason: RefusalReason.NotAttested } && actor.Proofs is { } wanted
            ? await ProofsWanted.OfAsync(vault, actor, wanted, cancellation)
            : Problems.Refused(opened.Refused!);
    }

    private static async Task<IResult> NothingAsync(
        LeaseOutcome outcome, Offer offer, ProjectFacts facts, Actor actor, IVault vault, Offers offers, NothingToDo nothing, CancellationToken cancellation)
    {
        // Where there is nothing to open the vault was not asked, and "nothing to do" would not be the truth.
        if (await vault.StoppingAsync(actor, facts.Id, cancellation) is { } suspension)
        {
            await vault.RecordRefusalAsync(new RefusalNote(actor.Lab, actor.Principal, RefusalReason.Suspended, [facts.Id.Value], actor.Session), cancellation);
            return Problems.Suspended(suspension.Reason);
        }

        if (outcome.Result is LeaseResult.HeldTooMany)
            return Problems.Of(StatusCodes.Status409Conflict, "held-too-many", "You hold as many tasks as you may. Finish or give back one of them first.");
        if (offer.Unread is { } unread && await offers.UnreadAsync(unread, actor.Pseudonym, cancellation) is { } version)
        {
            return TypedResults.Problem(
                "The guidelines have changed. Read them and say so; then there is work for you.", statusCode: StatusCodes.Status409Conflict,
                extensions: [new("code", "guidelines-unread"), new("version", version)]);
        }

        return await nothing.WhyAsync(facts, actor, cancellation) is { } reason ? reason : TypedResults.NoContent();
    }

    private static async Task<Ok<List<HeldTask>>> List(InProject at, Actor actor, AppDb db, CancellationToken cancellation)
    {
        var drafts = db.Drafts;
        return TypedResults.Ok(await db.Slots.AsNoTracking()
            .Where(s => s.Project == at.Id && s.Holder == actor.Pseudonym && (s.State == SlotState.Leased || s.State == SlotState.Returned))
            // What was begun comes first: a page that was reloaded goes on with it.
            .OrderByDescending(s => drafts.Any(d => d.Slot == s.Id && d.Person == actor.Pseudonym))
            .ThenBy(s => s.Id)
            .Select(s => new HeldTask(s.Id, s.State, s.LeaseUntil))
            .ToListAsync(cancellation));
    }

    private static async Task<IResult> Open(
        Guid slot, InProject at, Actor actor, SlotLoop slots, TaskOpening opening, SignedTasks signed, AppDb db, CancellationToken cancellation)
    {
        if (await slots.RenewAsync(at.Id, slot, actor.Pseudonym) is not { } lease)
            return await LostAsync(slot, at, actor, db, cancellation);
        if (actor.Proofs is { } proofs && await proofs.MustSignAsync(actor, cancellation))
            return await signed.OpenAsync(at.Facts, lease, actor, proofs, cancellation);
        var (task, refused) = await opening.OpenAsync(at.Facts, lease, actor, cancellation);
        return task is null ? Problems.Refused(refused!) : task;
    }

    private static async Task<Results<Ok<LeaseView>, ProblemHttpResult>> Renew(
        Guid slot, InProject at, Actor actor, SlotLoop slots, AppDb db, CancellationToken cancellation) =>
        await slots.RenewAsync(at.Id, slot, actor.Pseudonym) is { } lease
            ? TypedResults.Ok(new LeaseView(lease.LeaseUntil))
            : await LostAsync(slot, at, actor, db, cancellation);

    // Not stopped by a suspension: what somebody has typed may always be kept.
    private static async Task<Results<Ok<DraftView>, ProblemHttpResult>> PutDraft(
        Guid slot, DraftRequest body, InProject at, Actor actor, IVault vault, SlotLoop slots, TaskOpening opening, AppDb db,
        HttpRequest request, HttpResponse response, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (body.Answers.ValueKind is not JsonValueKind.Object)
            return Problems.Invalid("Answers are an object with one property per question.", "answers");
        if (!WholeText.Is(body.Answers))
            return Answering.Invalid(AnswerJson.NotWhole);
        var plaintext = DraftJson.Write(body.Answers);
        if (plaintext.Length > MostDraftBytes)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "A draft has at most 1 MiB.");
        if (await PlaceAsync(slot, at, actor, db, cancellation) is not { } place)
            return Problems.NotFound();
        if (place.Holder == actor.Pseudonym && place.State is SlotState.Submitted or SlotState.Accepted or SlotState.Escalated or SlotState.Cancelled)
            return Problems.Of(StatusCodes.Status409Conflict, "submitted", "This task has been submitted, perhaps in another window.");

        var known = await opening.DraftAsync(slot, actor.Pseudonym, cancellation);
        if ((known is null) != (version == 0))
            return Conflict();
        var record = known ?? RecordId.New();
        var outcome = await vault.SealAsync(actor, at.Facts.Id, RecordKind.Draft, record, plaintext, version);
        if (outcome is SealOutcome.Conflict)
            return Conflict();
        if (known is null && !await slots.KeepDraftAsync(at.Id, slot, actor.Pseudonym, record.Value))
        {
            // Another window kept the first draft in between.
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Draft, record)], CancellationToken.None);
            return Conflict();
        }

        var kept = outcome.Expect().Versions[0];
        ETags.Set(response, kept);
        return TypedResults.Ok(new DraftView(kept));

        static ProblemHttpResult Conflict() => Problems.Of(StatusCodes.Status412PreconditionFailed, "draft-conflict",
            "This task is open in another window, which has saved something else. Reload to see it.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Skip(
        Guid slot, SkipRequest? body, InProject at, Actor actor, IVault vault, SlotLoop slots, TaskOpening opening, AppDb db, CancellationToken cancellation)
    {
        if (!Words.Fits(body?.Reason))
            return Problems.Invalid("A reason has at most 4,000 characters.", "reason");
        if (await PlaceAsync(slot, at, actor, db, cancellation) is null)
            return Problems.NotFound();
        var reason = await Words.SealAsync(vault, actor, at.Facts.Id, body?.Reason);
        if (!await slots.SkipAsync(at.Id, slot, actor.Pseudonym, reason?.Value))
        {
            if (reason is { } record)
                await Words.DropAsync(vault, actor, at.Facts.Id, record);
            return LeaseLost();
        }

        await DropDraftAsync(slot, at, actor, vault, opening, db);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Release(
        Guid slot, InProject at, Actor actor, SlotLoop slots, SlotsAhead ahead, AppDb db, CancellationToken cancellation)
    {
        ahead.Forget(at.Id, actor.Pseudonym, slot);
        return await slots.ReleaseAsync(at.Id, slot, actor.Pseudonym)
            ? TypedResults.NoContent()
            : await LostAsync(slot, at, actor, db, cancellation);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Report(
        Guid slot, ReportRequest body, InProject at, Actor actor, IVault vault, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!Words.Are(body.Text))
            return Problems.Invalid("A report has 1 to 4,000 characters.", "text");
        if (await PlaceAsync(slot, at, actor, db, cancellation) is null)
            return Problems.NotFound();
        if (await db.Reports.CountAsync(r => r.Project == at.Id && r.Slot == slot && r.Person == actor.Pseudonym, cancellation) >= MostReports)
            return Problems.Of(StatusCodes.Status409Conflict, "reported-enough", $"You have reported this task {MostReports} times, and lab staff can read it. Skip the task if you cannot do it.");
        var record = (await Words.SealAsync(vault, actor, at.Facts.Id, body.Text))!.Value;
        db.Reports.Add(new Report { Id = record.Value, Project = at.Id, Slot = slot, Person = actor.Pseudonym, ReportedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>A slot that is or was in this person's hand; null for any other, as if it did not exist.</summary>
    internal static Task<Slot?> PlaceAsync(Guid slot, InProject at, Actor actor, AppDb db, CancellationToken cancellation)
    {
        var lapses = db.Lapses;
        return db.Slots.AsNoTracking().SingleOrDefaultAsync(
            s => s.Id == slot && s.Project == at.Id
                && (s.Holder == actor.Pseudonym || lapses.Any(l => l.Slot == slot && l.Person == actor.Pseudonym)),
            cancellation);
    }

    private static async Task<ProblemHttpResult> LostAsync(Guid slot, InProject at, Actor actor, AppDb db, CancellationToken cancellation) =>
        await PlaceAsync(slot, at, actor, db, cancellation) is null ? Problems.NotFound() : LeaseLost();

    internal static ProblemHttpResult LeaseLost() => Problems.Of(StatusCodes.Status409Conflict, "lease-lost",
        "This task is no longer in your hand, and its item has no place left. What you saved as a draft is kept.");

    internal static async Task DropDraftAsync(Guid slot, InProject at, Actor actor, IVault vault, TaskOpening opening, AppDb db)
    {
        if (await opening.DraftAsync(slot, actor.Pseudonym, CancellationToken.None) is not { } record)
            return;
        // The row first: a row without its record would stand in the way of opening the task.
        await db.Drafts.Where(d => d.Slot == slot && d.Person == actor.Pseudonym).ExecuteDeleteAsync(CancellationToken.None);
        await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Draft, record)], CancellationToken.None);
    }
}
