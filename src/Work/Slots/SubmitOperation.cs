using Cofferdam.Work.Events;

namespace Cofferdam.Work.Slots;

/// <summary>An answer on its way to a slot.</summary>
/// <param name="Id">Chosen by the browser.</param>
/// <param name="Answer">Record of the sealed answer.</param>
/// <param name="Vote">Keyed fingerprint of item and deciding answer, 32 bytes; null where there is no deciding answer.</param>
/// <param name="Seconds">Time counted on the task.</param>
/// <param name="Reviewed">A reviewer is to see it. Work that was returned is seen again in any case.</param>
/// <param name="Correct">Whether it is right, where that is known.</param>
/// <param name="Adaptive">The batch wants one more vote where none has more than half.</param>
/// <param name="Held">That it counts without a review is told later, since others of the batch are reviewed.</param>
internal sealed record Submission(
    Guid Id, Guid Answer, byte[]? Vote = null, double Seconds = 0, bool Reviewed = true, bool? Correct = null, bool Adaptive = false,
    bool Held = false);

/// <summary>Puts an answer on the slot, or on another open slot of the same item where this one went to somebody else.</summary>
internal sealed class SubmitOperation(
    Places places, Guid project, Guid slot, Guid person, Submission submission, DateTimeOffset now, bool told = false) : SlotOperation<SubmitResult>(SubmitResult.LeaseLost)
{
    // What is known is compared, not reviewed.
    private const string Set = """
        UPDATE slot SET state = CASE WHEN gold = TRUE THEN 3 WHEN rounds > 0 THEN 2 ELSE $7 END, holder = $3, answer = $5, submitted_at = $6,
          lease_until = NULL, reviewer = NULL, review_lease_until = NULL, reason = NULL, first_review = NULL
        """;

    private const string New = "NOT EXISTS (SELECT 1 FROM answer a WHERE a.submission = $4)";

    private const string Lapsed = "EXISTS (SELECT 1 FROM lapse l WHERE l.slot = $1 AND l.person = $3)";

    private const string Item = "(SELECT o.item FROM slot o WHERE o.id = $1 AND o.project = $2)";

    private const string Voted = "slot v JOIN answer a ON a.record = v.answer WHERE v.item = m.item AND v.gold = FALSE AND v.state IN (2, 3, 5)";

    // Two servers that put the last two answers on an item at once would each miss the other's: the later waits.
    private static readonly Statement Together = new($$"""
        SELECT s.id FROM slot s WHERE s.item = {{Item}} ORDER BY s.id {hold}
        """);

    private static readonly Statement Before = new("SELECT slot, person FROM answer WHERE submission = $1");

    private static readonly Statement OnThis = new($"""
        {Set} WHERE id = $1 AND project = $2 AND holder = $3 AND state IN (1, 4) AND {New}
        RETURNING batch
        """);

    private static readonly Statement TakenUp = new($"""
        {Set} WHERE id = $1 AND project = $2 AND state = 0 AND {Lapsed} AND {New} AND {SlotSql.IsNewTo("$3", "slot.item")} AND {SlotSql.HasRoom("slot")}
        RETURNING batch
        """);

    private static readonly Statement OnAnother = new($$"""
        {{Set}} WHERE id = (SELECT s.id FROM slot s
          WHERE s.item = {{Item}} AND s.state = 0 AND s.gold = FALSE AND {{Lapsed}} AND {{New}} AND {{SlotSql.IsNewTo("$3", "s.item")}} AND {{SlotSql.HasRoom("s")}}
          ORDER BY s.ordinal LIMIT 1 {lock})
        RETURNING batch
        """);

    private static readonly Statement Keep = new($"""
        INSERT INTO answer (submission, project, slot, person, record, submitted_at, vote, seconds, correct)
        SELECT $4, $2, id, $3, $5, $6, $8, $9, $10 FROM slot WHERE item = {Item} AND holder = $3 AND answer = $5
        """);

    // Once all that were asked have answered, and never twice.
    private static readonly Statement OneMore = new($"""
        INSERT INTO slot (id, project, batch, item, ordinal, flipped, guideline_version, form_version, state, drafted)
        SELECT $6, m.project, m.batch, m.item, b.overlap, CASE WHEN (b.overlap - m.ordinal) % 2 = 0 THEN m.flipped ELSE NOT m.flipped END,
          b.guideline_version, b.form_version, 0, FALSE
        FROM slot m JOIN batch b ON b.id = m.batch
        WHERE m.item = {Item} AND m.holder = $3 AND m.answer = $5 AND m.gold = FALSE AND b.adaptive = TRUE AND b.overlap > 1
          AND NOT EXISTS (SELECT 1 FROM slot e WHERE e.item = m.item AND e.gold = FALSE AND (e.ordinal >= b.overlap OR e.state IN (0, 1, 4)))
          AND (SELECT count(DISTINCT a.vote) FROM {Voted}) > 1
          AND NOT EXISTS (SELECT 1 FROM {Voted} AND a.vote IS NOT NULL GROUP BY a.vote HAVING count(*) * 2 > (SELECT count(*) FROM {Voted}))
        RETURNING id, batch
        """);

    private static readonly Statement CountIt = new("UPDATE batch SET slots = slots + 1 WHERE id = (SELECT batch FROM slot WHERE id = $1)");

    private static readonly Statement[] Plain = [Before, OnThis, TakenUp, OnAnother, Keep];
    private static readonly Statement[] Adaptive = [Before, Together, OnThis, TakenUp, OnAnother, Keep, OneMore, CountIt];
    private static readonly Statement[] Told = [EventSql.TakenToSubmit, EventSql.Submitted, EventSql.Counted];
    private static readonly Statement[] PlainAndTold = [.. Plain, .. Told];
    private static readonly Statement[] AdaptiveAndTold = [.. Adaptive, .. Told];

    // Beside the slot that was answered: an id of this moment would tell that others disagree.
    private readonly Guid more = RisingIds.Above(slot);

    public override ReadOnlySpan<Statement> Script
    {
        get
        {
            places.MayTake();
            return (submission.Adaptive, told) switch
            {
                (false, false) => Plain,
                (true, false) => Adaptive,
                (false, true) => PlainAndTold,
                (true, true) => AdaptiveAndTold,
            };
        }
    }

    public override void Bind(Statement statement, Arguments arguments)
    {
        if (statement == Before || statement == CountIt)
        {
            arguments.Add(statement == Before ? submission.Id : more);
            return;
        }

        arguments.Add(slot);
        arguments.Add(project);
        if (statement == Together)
            return;
        arguments.Add(person);
        arguments.Add(submission.Id);
        arguments.Add(submission.Answer);
        if (statement == OneMore)
        {
            arguments.Add(more);
            return;
        }

        arguments.Add(now);
        if (Array.IndexOf(Told, statement) >= 0)
        {
            if (statement == EventSql.Counted)
                arguments.Add(submission.Held);
            return;
        }

        if (statement != Keep)
        {
            arguments.Add((long)(submission.Reviewed ? SlotState.Submitted : SlotState.Accepted));
            return;
        }

        arguments.Add(0L);
        arguments.Add(submission.Vote);
        arguments.Add(submission.Seconds);
        arguments.Add(submission.Correct);
    }

    public override void Read(Statement statement, Row row)
    {
        if (statement == Together)
            return;
        if (statement == OneMore)
        {
            places.Reopened(project, row.Id(1), row.Id(0));
            return;
        }

        if (statement == Before)
        {
            // The answer may have been placed on another slot of the item: the person tells, the slot is not compared.
            Outcome = row.Id(1) == person ? SubmitResult.Repeated : SubmitResult.SubmissionTaken;
            return;
        }

        Outcome = SubmitResult.Submitted;
        if (statement != OnThis)
            places.Taken(row.Id(0));
        places.Changed(project, person);
    }
}
