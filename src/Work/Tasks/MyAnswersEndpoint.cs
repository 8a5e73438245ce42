using System.Text.Json.Serialization;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Tasks;

/// <param name="Right">Answers that were as the known ones.</param>
/// <param name="Of">Answers that could be compared.</param>
public sealed record MyGold(int Right, int Of);

/// <param name="Amount">In the currency's smallest unit.</param>
/// <param name="Currency">Three capital letters (ISO 4217); null where the batch names none.</param>
public sealed record Earned(long Amount, string? Currency);

/// <summary>A person's work in one project since midnight UTC.</summary>
/// <param name="Accepted">Tasks whose answer a reviewer accepted; what is accepted without a review is not counted.</param>
/// <param name="Returned">Tasks whose answer came back.</param>
/// <param name="Seconds">Time counted on what was answered.</param>
/// <param name="Gold">Answers to items whose answer is known, in batches that tell at once; null where there were none.</param>
/// <param name="Earned">The price of those accepted tasks, by currency; null where none of them has a price.</param>
public sealed record MyDay(
    int Answered, int Accepted, int Returned, double Seconds, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MyGold? Gold = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Earned>? Earned = null);

/// <param name="State">Returned, or else submitted: whether it was reviewed, nobody is told of a single answer.</param>
/// <param name="Seconds">Time counted on the task.</param>
/// <param name="Rounds">Times that it was returned.</param>
public sealed record MyAnswer(Guid Slot, string BatchCode, SlotState State, DateTimeOffset SubmittedAt, double? Seconds, int Rounds);

/// <param name="Answers">The newest 50 tasks, newest first, each with its last answer; without those that went on to somebody else.</param>
public sealed record MyAnswersView(MyDay Today, IReadOnlyList<MyAnswer> Answers);

/// <summary>What the caller has done in a project.</summary>
/// <remarks>
/// An item whose answer is known is accepted the moment it is answered, and never reviewed. Neither the list nor the
/// counts tell accepted from waiting but by what a reviewer has done, so that nobody finds those items by looking here.
/// </remarks>
internal static class MyAnswersEndpoint
{
    private const int MostAnswers = 50;

    public static void MapMyAnswersEndpoint(this RouteGroupBuilder lab) =>
        lab.InProject("/tasks/mine").MapGet("", Get).RequireAuthorization(Policies.Member);

    private static async Task<Ok<MyAnswersView>> Get(InProject at, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var (me, slots, batches) = (actor.Pseudonym, db.Slots, db.Batches);
        var mine = db.Answers.AsNoTracking().Where(a => a.Project == at.Id && a.Person == me && a.Corrects == null);
        var done = await mine.Where(a => a.SubmittedAt >= today).Select(a => new { a.Slot, a.Seconds }).ToListAsync(cancellation);
        var known = await mine.Where(a => a.SubmittedAt >= today && a.Correct != null)
            .Where(a => slots.Any(s => s.Id == a.Slot && s.Gold && batches.Any(b => b.Id == s.Batch && b.GoldFeedback == GoldFeedback.Training)))
            .Select(a => a.Correct!.Value).ToListAsync(cancellation);
        var decided = db.Reviews.Where(r => r.Project == at.Id && r.Person == me && r.DecidedAt >= today);
        // The first of two reviews that know nothing of each other is no decision yet.
        var accepted = slots.Where(s => s.State == SlotState.Accepted && decided.Any(r => r.Accepted && r.Slot == s.Id));
        var prices = await accepted.Join(batches, s => s.Batch, b => b.Id, (s, b) => new { b.Price, b.Currency }).ToListAsync(cancellation);
        return TypedResults.Ok(new MyAnswersView(
            new MyDay(
                done.DistinctBy(answer => answer.Slot).Count(),
                prices.Count,
                await decided.Where(r => r.Decision == Decision.Return).Select(r => r.Slot).Distinct().CountAsync(cancellation),
                done.Sum(answer => answer.Seconds ?? 0),
                known.Count == 0 ? null : new MyGold(known.Count(right => right), known.Count),
                prices.Exists(one => one.Price > 0)
                    ? [.. prices.Where(one => one.Price > 0).GroupBy(one => one.Currency).Select(group => new Earned(group.Sum(one => one.Price!.Value), group.Key))]
                    : null),
            await NewestAsync(mine, me, db, cancellation)));
    }

    private static async Task<IReadOnlyList<MyAnswer>> NewestAsync(IQueryable<Answer> mine, Guid me, AppDb db, CancellationToken cancellation)
    {
        // Twice as many, because a task that was returned has an answer of each round.
        var newest = await mine.OrderByDescending(a => a.SubmittedAt).Take(2 * MostAnswers)
            .Join(db.Slots.Where(s => s.Holder == me), a => a.Slot, s => s.Id, (a, s) => new { Answer = a, Slot = s })
            .Join(db.Batches, one => one.Slot.Batch, b => b.Id, (one, b) => new { one.Answer.Slot, b.Code, one.Slot.State, one.Answer.SubmittedAt, one.Answer.Seconds, one.Slot.Rounds })
            .ToListAsync(cancellation);
        return
        [
            .. newest.OrderByDescending(one => one.SubmittedAt).DistinctBy(one => one.Slot).Take(MostAnswers).Select(one => new MyAnswer(
                one.Slot, one.Code, one.State is SlotState.Returned ? SlotState.Returned : SlotState.Submitted, one.SubmittedAt, one.Seconds, one.Rounds)),
        ];
    }
}
