using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Reviews;

/// <summary>What a decision against somebody's work rests on; at least one of the three.</summary>
/// <param name="Section">Key of a guideline section.</param>
/// <param name="Question">Key of a question of the form.</param>
/// <param name="Quote">Words of the item or the answer, at most 2,000 characters.</param>
public sealed record Evidence(string? Section = null, string? Question = null, string? Quote = null);

/// <param name="Reason">Needed for all but accept: 1 to 4,000 characters. The holder reads that of a return.</param>
/// <param name="Answers">For a correction: in shown terms, as for a submission.</param>
public sealed record ReviewRequest(Decision Decision, string? Reason = null, Evidence? Evidence = null, JsonElement? Answers = null);

internal sealed record SealedEvidence(
    int V, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Section,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Question,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Quote);

/// <summary>Decides on an answer: seals what was said of it, then writes the decision, which counts only where the answer is the decider's to judge.</summary>
internal sealed class Deciding(IVault vault, SlotLoop slots, Answering answering, NoticeBoard notices, AppDb db)
{
    /// <param name="staff">Of what was escalated, by lab staff; else of what is in a reviewer's hand.</param>
    public async Task<Results<Ok<StateView>, ProblemHttpResult>> DecideAsync(
        Guid slot, ReviewRequest body, bool staff, InProject at, Actor actor, CancellationToken cancellation)
    {
        if (Fault(body, staff) is { } fault)
            return fault;
        if (await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == slot && s.Project == at.Id, cancellation) is not { } found)
            return Problems.NotFound();
        if (found.Holder == actor.Pseudonym)
            return Problems.Of(StatusCodes.Status403Forbidden, "own-work", "Nobody reviews their own work.");
        if (await IsRepeatedAsync(found, body.Decision, staff, actor, cancellation))
            return TypedResults.Ok(new StateView(found.State));
        if (await vault.StoppingAsync(actor, at.Facts.Id, cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason);

        CheckedAnswer? corrected = null;
        if (body.Decision is Decision.Correct)
        {
            (corrected, var problem) = await answering.CheckAsync(at.Facts, found, body.Answers!.Value, seconds: 0, cancellation);
            if (corrected is null)
                return problem!;
        }

        var sealing = new List<SealItem>(3);
        var reason = Add(sealing, RecordKind.Reason, Words(body.Reason));
        var evidence = Add(sealing, RecordKind.Reason, Bytes(body.Evidence));
        var answer = Add(sealing, RecordKind.Answer, corrected?.Plaintext);
        if (sealing.Count > 0)
            (await vault.SealAsync(new SealRequest(actor.Lab, at.Facts.Id, actor.Principal, sealing), CancellationToken.None)).Expect();

        var batch = at.Facts.Batches.GetValueOrDefault(found.Batch) ?? await db.Batches.AsNoTracking().SingleAsync(b => b.Id == found.Batch, cancellation);
        var ruling = new Ruling(
            Guid.CreateVersion7(), body.Decision, reason, evidence, answer, corrected?.Vote, Second: !staff && SubmitEndpoint.Draw(batch.SecondReviewPercent));
        if (await slots.DecideAsync(at.Id, slot, actor.Pseudonym, ruling, staff) is { } state)
        {
            await TellAsync(found, state, at, actor);
            return TypedResults.Ok(new StateView(state));
        }

        if (sealing.Count > 0)
        {
            await vault.RemoveAsync(
                actor.Lab, at.Facts.Id, actor.Principal, [.. sealing.Select(item => new RecordRef(item.Kind, item.Id))], CancellationToken.None);
        }

        return staff
            ? Problems.Of(StatusCodes.Status409Conflict, "not-escalated", "This answer does not wait for a decision of yours any more.")
            : Problems.Of(StatusCodes.Status409Conflict, "review-lost", "This answer is no longer in your hand. Take the next one.");
    }

    private async Task TellAsync(Slot slot, SlotState state, InProject at, Actor actor)
    {
        if (state is SlotState.Returned)
        {
            await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.Returned, at.Id, slot.Id), [slot.Holder!.Value]);
        }
        else if (state is SlotState.Escalated && slot.State is not SlotState.Escalated)
        {
            await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.Escalated, at.Id, slot.Id), await db.StaffAsync(actor.Lab, but: actor.Pseudonym));
        }
    }

    // Sent again: the person's last word on this slot was the same, and nothing has come back to them since.
    private async Task<bool> IsRepeatedAsync(Slot slot, Decision decision, bool staff, Actor actor, CancellationToken cancellation)
    {
        var inHand = staff
            ? slot.State is SlotState.Escalated
            : slot is { State: SlotState.Submitted, ReviewLeaseUntil: not null } && slot.Reviewer == actor.Pseudonym;
        if (inHand)
            return false;
        var last = await db.Reviews.AsNoTracking().Where(review => review.Slot == slot.Id && review.Reviewer == actor.Pseudonym)
            .OrderByDescending(review => review.DecidedAt).FirstOrDefaultAsync(cancellation);
        return last is not null && last.Decision == decision && (last.Kind is ReviewKind.Staff) == staff;
    }

    private static ProblemHttpResult? Fault(ReviewRequest body, bool staff)
    {
        if (!Enum.IsDefined(body.Decision) || body.Decision == (staff ? Decision.Escalate : Decision.Cancel))
            return Problems.Invalid(staff ? "A decision is accept, return, correct or cancel." : "A decision is accept, return, correct or escalate.", "decision");
        if (body.Reason is { Length: > 4_000 } || (body.Decision is not Decision.Accept && string.IsNullOrWhiteSpace(body.Reason)))
            return Problems.Invalid("Everything but accepting needs a reason of 1 to 4,000 characters.", "reason");
        if (body.Decision is Decision.Correct && body.Answers is not { ValueKind: JsonValueKind.Object })
            return Problems.Invalid("A correction says what the answers should be.", "answers");
        return body.Evidence is { } evidence && (evidence.Quote is { Length: > 2_000 } || evidence.Section is { Length: > 64 } || evidence.Question is { Length: > 64 })
            ? Problems.Invalid("A quote has at most 2,000 characters; sections and questions are named by their keys.", "evidence")
            : null;
    }

    private static Guid? Add(List<SealItem> sealing, RecordKind kind, ReadOnlyMemory<byte>? plaintext)
    {
        if (plaintext is null)
            return null;
        var record = RecordId.New();
        sealing.Add(new SealItem(kind, record, plaintext.Value, ExpectedVersion: 0));
        return record.Value;
    }

    private static ReadOnlyMemory<byte>? Words(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? default(ReadOnlyMemory<byte>?) : JsonSerializer.SerializeToUtf8Bytes(new SealedText(1, reason), SealedJson.Shapes.SealedText);

    private static ReadOnlyMemory<byte>? Bytes(Evidence? evidence) => evidence is null or { Section: null, Question: null, Quote: null }
        ? default(ReadOnlyMemory<byte>?)
        : JsonSerializer.SerializeToUtf8Bytes(new SealedEvidence(1, evidence.Section, evidence.Question, evidence.Quote), SealedJson.Shapes.SealedEvidence);
}
