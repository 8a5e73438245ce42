using Cofferdam.Work.Events;

namespace Cofferdam.Work.Slots;

/// <summary>What somebody decides on an answer.</summary>
/// <param name="Review">Id of the decision.</param>
/// <param name="Reason">Record of the words; needed for a return.</param>
/// <param name="Evidence">Record of what the decision rests on.</param>
/// <param name="Answer">Record of the corrected answer.</param>
/// <param name="Vote">Its vote.</param>
/// <param name="Second">Somebody else is to judge the answer too, without knowing of this decision, before either counts.</param>
internal sealed record Ruling(
    Guid Review, Decision Decision, Guid? Reason = null, Guid? Evidence = null, Guid? Answer = null, byte[]? Vote = null, bool Second = false);

/// <summary>
/// Writes a decision on an answer, by its reviewer or, once it was escalated, by lab staff. Answers with the slot's state
/// afterwards; null where the slot is not in the decider's hand.
/// </summary>
/// <remarks>Of the statements that change the slot the first that fits does so; those after it find it changed.</remarks>
internal sealed class DecideOperation(Places places, Guid project, Guid slot, Guid decider, bool staff, Ruling ruling, DateTimeOffset now)
    : SlotOperation<SlotState?>(null)
{
    private static readonly Steps ByReviewer = new("id = $1 AND project = $2 AND state = 2 AND reviewer = $3 AND holder <> $3");
    private static readonly Steps ByStaff = new("id = $1 AND project = $2 AND state = 5 AND holder <> $3");

    private readonly Steps steps = staff ? ByStaff : ByReviewer;
    private Statement[]? script;

    public override ReadOnlySpan<Statement> Script => script ??= [.. Choose()];

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(decider);
        if (statement == EventSql.Decided || statement == EventSql.Reviewed || statement == EventSql.Release)
        {
            arguments.Add(ruling.Review);
            arguments.Add(now);
        }
        else if (statement == steps.Keep)
        {
            arguments.Add(ruling.Review);
            arguments.Add(ruling.Decision is Decision.Accept);
            arguments.Add(ruling.Reason);
            arguments.Add(now);
            arguments.Add((long)ruling.Decision);
            arguments.Add(ruling.Evidence);
        }
        else if (statement == steps.KeepCorrected)
        {
            arguments.Add(ruling.Review);
            arguments.Add(ruling.Answer);
            arguments.Add(now);
            arguments.Add(ruling.Vote);
        }
        else if (statement == steps.PassOver)
        {
            arguments.Add(now);
        }
        else if (statement == steps.AwaitSecond)
        {
            arguments.Add(ruling.Review);
        }
        else if (statement == steps.Correct)
        {
            arguments.Add(ruling.Answer);
        }
        else if (statement.Parameters > 3)
        {
            arguments.Add(ruling.Reason);
            if (statement == steps.Disagree)
                arguments.Add((long)ruling.Decision);
        }
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome = (SlotState)row.Number(0);
        if (Outcome is SlotState.Open)
            places.Reopened(project, row.Id(1), slot);
        else if (Outcome is SlotState.Cancelled)
            places.Freed(row.Id(1));
    }

    private IEnumerable<Statement> Choose()
    {
        yield return steps.Keep;
        if (!staff && ruling.Decision is Decision.Accept or Decision.Return)
        {
            yield return steps.Disagree;
            if (ruling.Second)
                yield return steps.AwaitSecond;
        }

        foreach (var step in ruling.Decision switch
        {
            Decision.Accept => [steps.Accept],
            Decision.Return when staff => [steps.PassOver, steps.ToAnother, steps.ToHolder],
            Decision.Return => [steps.OutOfRounds, steps.PassOver, steps.ToAnother, steps.ToHolder],
            Decision.Correct => [steps.KeepCorrected, steps.Correct],
            Decision.Escalate => [steps.Escalate],
            _ => (Statement[])[steps.Cancel],
        })
            yield return step;
        yield return EventSql.Release;
        yield return EventSql.Decided;
        yield return EventSql.Reviewed;
    }

    /// <summary>$1 slot, $2 project, $3 who decides; more by statement.</summary>
    /// <param name="held">When the slot is in the decider's hand.</param>
    private sealed class Steps(string held)
    {
        private const string Another = "(SELECT b.rework FROM batch b WHERE b.id = slot.batch) = 2";

        public Statement Keep { get; } = new($"""
            INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at, kind, decision, evidence)
            SELECT $4, project, id, answer, holder, $3, $5, $6, $7,
              CASE WHEN state = 5 THEN 3 WHEN first_review IS NULL THEN 1 ELSE 2 END, $8, $9
            FROM slot WHERE {held}
            """);

        public Statement Disagree { get; } = new($"""
            UPDATE slot SET state = 5, reason = $4, review_lease_until = NULL
            WHERE {held} AND EXISTS (SELECT 1 FROM review r WHERE r.id = slot.first_review AND r.decision <> $5)
            RETURNING state, batch
            """);

        public Statement AwaitSecond { get; } = new($"""
            UPDATE slot SET first_review = $4, reviewer = NULL, review_lease_until = NULL WHERE {held} AND first_review IS NULL
            RETURNING state, batch
            """);

        public Statement Accept { get; } = new(
            $"UPDATE slot SET state = 3, reason = $4, review_lease_until = NULL WHERE {held} RETURNING state, batch");

        public Statement OutOfRounds { get; } = new($"""
            UPDATE slot SET state = 5, reason = $4, review_lease_until = NULL
            WHERE {held} AND rounds >= (SELECT b.max_rounds FROM batch b WHERE b.id = slot.batch)
            RETURNING state, batch
            """);

        public Statement PassOver { get; } = new($"""
            INSERT INTO skip (person, item, reason, skipped_at) SELECT holder, item, NULL, $4 FROM slot WHERE {held} AND {Another}
            ON CONFLICT DO NOTHING
            """);

        public Statement ToAnother { get; } = new($"""
            UPDATE slot SET state = 0, holder = NULL, answer = NULL, submitted_at = NULL, reviewer = NULL, review_lease_until = NULL,
              reason = NULL, first_review = NULL, rounds = rounds + 1
            WHERE {held} AND {Another}
            RETURNING state, batch
            """);

        public Statement ToHolder { get; } = new(
            $"UPDATE slot SET state = 4, reason = $4, review_lease_until = NULL, rounds = rounds + 1 WHERE {held} RETURNING state, batch");

        public Statement KeepCorrected { get; } = new($"""
            INSERT INTO answer (submission, project, slot, person, record, submitted_at, vote, corrects)
            SELECT $4, project, id, $3, $5, $6, $7, answer FROM slot WHERE {held}
            """);

        public Statement Correct { get; } = new(
            $"UPDATE slot SET state = 3, answer = $4, review_lease_until = NULL WHERE {held} RETURNING state, batch");

        public Statement Escalate { get; } = new(
            $"UPDATE slot SET state = 5, reason = $4, review_lease_until = NULL WHERE {held} RETURNING state, batch");

        public Statement Cancel { get; } = new(
            $"UPDATE slot SET state = 6, reason = $4, review_lease_until = NULL WHERE {held} RETURNING state, batch");
    }
}
