using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Batches;

/// <param name="Words">At most 4,000 characters, for lab staff; sealed.</param>
public sealed record PauseRequest(ReasonClass Reason, string? Words = null);

/// <summary>What a batch is to go by from now on; what is not named stays.</summary>
/// <param name="GuidelineVersion">0 for none.</param>
public sealed record MoveRequest(int? GuidelineVersion = null, int? FormVersion = null);

/// <summary>What stops a batch, sets it going and moves it on. None of it touches a slot: what is in people's hands stays there.</summary>
internal static class BatchStateEndpoints
{
    public static void MapBatchStateEndpoints(this RouteGroupBuilder lab)
    {
        var batch = lab.InProject("/batches/{batch:guid}");
        batch.MapPost("/pause", Pause).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        batch.MapPost("/resume", Resume).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        batch.MapPost("/close", Close).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        batch.MapPost("/cancel", Cancel).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        batch.MapPost("/move", Move).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Pause(
        Guid batch, PauseRequest body, InProject at, Actor actor, IVault vault, Change change, NoticeBoard notices, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(body.Reason))
            return Problems.Invalid("A pause has a reason.", "reason");
        if (!Words.Fits(body.Words))
            return Problems.Invalid("The words for a pause have at most 4,000 characters.", "words");
        var words = await Words.SealAsync(vault, actor, at.Facts.Id, body.Words);
        var outcome = await change.ToAsync(
            batch, at, actor, "state = 2, pause_reason = @reason, pause_words = @words", "state = 1", cancellation,
            ("@reason", (short)body.Reason), ("@words", words?.Value ?? (object?)null));
        if (outcome.Result is Ok<BatchView>)
            await notices.TellAllAsync(new NewNotice(actor.Lab, NoticeKind.BatchPaused, at.Id, batch), but: actor.Pseudonym);
        else if (words is { } record)
            await Words.DropAsync(vault, actor, at.Facts.Id, record);
        return outcome;
    }

    private static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Resume(
        Guid batch, InProject at, Actor actor, Change change, NoticeBoard notices, CancellationToken cancellation)
    {
        var outcome = await change.ToAsync(batch, at, actor, "state = 1, pause_reason = NULL, pause_words = NULL", "state = 2", cancellation);
        if (outcome.Result is Ok<BatchView>)
            await notices.TellAllAsync(new NewNotice(actor.Lab, NoticeKind.BatchResumed, at.Id, batch), but: actor.Pseudonym);
        return outcome;
    }

    private static Task<Results<Ok<BatchView>, ProblemHttpResult>> Close(
        Guid batch, InProject at, Actor actor, Change change, CancellationToken cancellation) =>
        change.ToAsync(batch, at, actor, "state = 3", "state IN (1, 2)", cancellation);

    private static Task<Results<Ok<BatchView>, ProblemHttpResult>> Cancel(
        Guid batch, InProject at, Actor actor, Change change, CancellationToken cancellation) =>
        change.ToAsync(batch, at, actor, "state = 4", "state IN (1, 2, 3)", cancellation);

    private static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Move(
        Guid batch, MoveRequest body, InProject at, Actor actor, AppDb db, Change change, CancellationToken cancellation)
    {
        if (body is { GuidelineVersion: null, FormVersion: null })
            return Problems.Invalid("A batch is moved to another version of the guidelines, of the form, or of both.", "guidelineVersion");
        return await BatchEndpoints.VersionFaultAsync(at.Id, body.GuidelineVersion, body.FormVersion, db, cancellation) is { } unknown
            ? unknown
            : await change.ToAsync(
                batch, at, actor, "guideline_version = coalesce(@guidelines, guideline_version), form_version = coalesce(@form, form_version)",
                "state IN (1, 2)", cancellation, ("@guidelines", body.GuidelineVersion), ("@form", body.FormVersion));
    }

    /// <summary>One change of one batch, as these routes make it.</summary>
    internal sealed class Change(AppDb db, IVault vault, BatchStates states, ProjectCatalog catalog, SlotLoop slots)
    {
        /// <param name="set">Assignments.</param>
        /// <param name="from">The states that it is possible in, as a condition.</param>
        public async Task<Results<Ok<BatchView>, ProblemHttpResult>> ToAsync(
            Guid batch, InProject at, Actor actor, string set, string from, CancellationToken cancellation, params (string Name, object? Value)[] values)
        {
            var changed = await states.ChangeAsync(
                $"UPDATE batch SET {set}, revision = revision + 1 WHERE id = @id AND project = @project AND {from}",
                CancellationToken.None, [("@id", batch), ("@project", at.Id), .. values]);
            if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == batch && b.Project == at.Id, cancellation) is not { } found)
                return Problems.NotFound();
            if (!changed)
                return Problems.Of(StatusCodes.Status409Conflict, "batch-state", $"The batch is {Names.Of(found.State)}, in which this cannot be done.");
            catalog.Forget(at.Id);
            await slots.LookAgainAsync(at.Id);
            return TypedResults.Ok(BatchView.Of(found, await BatchEndpoints.NameAsync(found, at, actor, vault, cancellation)));
        }
    }
}
