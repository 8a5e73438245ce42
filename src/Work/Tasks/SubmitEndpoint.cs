using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Gold;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Tasks;

/// <param name="Submission">Chosen by the page; the same one sent again has the same effect as once.</param>
/// <param name="Answers">
/// One property per question, in shown terms: pairwise <c>{"choice":n}</c>, below 0 where left is better; ranking
/// <c>{"ranks":[…]}</c>; choice <c>{"values":["x"]}</c>; rating <c>{"rating":n}</c>; number <c>{"number":n}</c>; text
/// <c>{"text":"…"}</c>; spans <c>{"spans":[{"start":0,"end":5,"label":"x"}]}</c>, counted in code points.
/// </param>
/// <param name="Seconds">Time counted on the task, 0 to 86,400.</param>
public sealed record SubmitRequest(Guid Submission, JsonElement Answers, double Seconds = 0);

/// <param name="State">Always submitted: whether it is reviewed, nobody is told.</param>
/// <param name="Gold">In training, where the answer was known.</param>
public sealed record SubmitView(SlotState State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GoldFeedbackView? Gold = null);

internal static class SubmitEndpoint
{
    public static async Task<Results<Ok<SubmitView>, ProblemHttpResult>> SubmitAsync(
        Guid slot, SubmitRequest body, InProject at, Actor actor, IVault vault, SlotLoop slots, Answering answering, GoldGrading grading,
        TaskOpening opening, AppDb db, CancellationToken cancellation)
    {
        if (body.Submission == Guid.Empty)
            return Problems.Invalid("A submission has an id of its own, so that it can be sent again.", "submission");
        if (body.Seconds is not (>= 0 and <= 86_400))
            return Problems.Invalid("The time counted is 0 to 86,400 seconds.", "seconds");
        // Sent again: the first time counts, whatever has happened since.
        if (await db.Answers.AnyAsync(a => a.Submission == body.Submission && a.Project == at.Id && a.Person == actor.Pseudonym, cancellation))
            return TypedResults.Ok(new SubmitView(SlotState.Submitted));
        if (await TaskEndpoints.PlaceAsync(slot, at, actor, db, cancellation) is not { } place)
            return Problems.NotFound();
        if (await vault.StoppingAsync(actor, at.Facts.Id, cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason, "Your draft is kept; submit it when work goes on.");
        var (answer, problem) = await answering.CheckAsync(at.Facts, place, body.Answers, body.Seconds, cancellation);
        if (answer is null)
            return problem!;

        var batch = at.Facts.Batches.GetValueOrDefault(place.Batch)
            ?? await db.Batches.AsNoTracking().SingleAsync(b => b.Id == place.Batch, cancellation);
        // Beside the sealing: neither how long a submission takes nor how many receipts it leaves tells what it was.
        var graded = place.Gold ? grading.GradeAsync(at.Facts, place, answer, cancellation)
            : batch is { GoldPercent: > 0, GoldFeedback: GoldFeedback.Kept } ? grading.CoverAsync(at.Facts, place, cancellation)
            : Task.FromResult<GoldFeedbackView?>(null);

        // The answer is sealed first and counts once the slot names it; one that no slot came to name is removed.
        var record = RecordId.New();
        var sealing = vault.SealAsync(actor, at.Facts.Id, RecordKind.Answer, record, answer.Plaintext, expected: 0);
        await Task.WhenAll(graded, sealing);
        (await sealing).Expect();
        var grade = await graded;
        var result = await slots.SubmitAsync(at.Id, slot, actor.Pseudonym, new Submission(
            body.Submission, record.Value, answer.Vote, body.Seconds, Reviewed: Draw(batch.ReviewPercent), grade?.Correct, batch.Adaptive,
            Held: batch.ReviewPercent > 0), told: actor.Engagement is not null);
        if (result is not SubmitResult.Submitted)
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Answer, record)], CancellationToken.None);
        if (result is SubmitResult.SubmissionTaken)
            return Problems.Of(StatusCodes.Status409Conflict, "submission-taken", "This submission id was used for something else. Choose a new one.");
        if (result is SubmitResult.LeaseLost)
            return TaskEndpoints.LeaseLost();
        await TaskEndpoints.DropDraftAsync(slot, at, actor, vault, opening, db);
        return TypedResults.Ok(new SubmitView(SlotState.Submitted, batch.GoldFeedback is GoldFeedback.Training && result is SubmitResult.Submitted ? grade : null));
    }

    /// <summary>A draw that nobody can foresee.</summary>
    /// <param name="percent">How often it says yes.</param>
    public static bool Draw(int percent) => RandomNumberGenerator.GetInt32(100) < percent;
}
