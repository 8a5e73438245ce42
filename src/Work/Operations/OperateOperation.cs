using Cofferdam.Work.Events;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Operations;

/// <summary>One thing done to some slots.</summary>
/// <param name="By">Pseudonym of who does it.</param>
/// <param name="Reason">Record of the words given.</param>
/// <param name="To">Who gets the tasks.</param>
internal sealed record OperationStep(Guid Project, Guid Operation, OperationKind Kind, IReadOnlyList<Guid> Slots, Guid By, Guid? Reason = null, Guid? To = null);

/// <summary>
/// Does one thing to some slots, each where it is still in a state that the thing can be done in, and keeps what each was
/// before. Answers with how many it was done to.
/// </summary>
internal sealed class OperateOperation(Places places, OperationStep step, DateTimeOffset now) : SlotOperation<int>(0)
{
    // $1 slot, $2 project, $3 operation; $4 person or reason, $5 now.
    // A known answer that somebody has in hand goes with their other tasks: what stayed behind alone would be one.
    private const string Ordinary = "(gold = FALSE OR state = 1)";

    private static readonly Verb Return = new(
        "state IN (2, 3) AND holder IS NOT NULL", "holder",
        "state = 4, reason = $4, reviewer = NULL, review_lease_until = NULL, first_review = NULL, rounds = rounds + 1");

    private static readonly Verb Cancel = new("state IN (0, 1, 2, 4, 5)", "holder", "state = 6, lease_until = NULL, reviewer = NULL, review_lease_until = NULL");

    private static readonly Verb Release = new("state = 1", "NULL", "state = 0, holder = NULL, lease_until = NULL");

    private static readonly Verb Reassign = new(
        $"state IN (0, 1) AND (holder IS NULL OR holder <> $4) AND {SlotSql.IsNewTo("$4", "slot.item")}", "$4",
        "state = 1, holder = $4, lease_until = $5 + (SELECT b.lease_seconds FROM batch b WHERE b.id = slot.batch) * CAST(1000000 AS bigint)");

    private static readonly Statement Pass = new("""
        INSERT INTO lapse (slot, person, lapsed_at)
        SELECT slot, holder, $3 FROM operation_slot WHERE operation = $2 AND slot = $1 AND state = 1
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement Judge = new("""
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at, kind, decision)
        SELECT $5, s.project, s.id, s.answer, s.holder, $6, FALSE, $4, $3, 3, 2
        FROM slot s JOIN operation_slot k ON k.operation = $2 AND k.slot = s.id WHERE s.id = $1
        """);

    // Bound as Pass is.
    private static readonly Statement[] Told = [EventSql.ReleaseOne, EventSql.GivenBack, EventSql.TakenAway, EventSql.Taken];

    private readonly Verb verb = step.Kind switch
    {
        OperationKind.Return => Return,
        OperationKind.Cancel => Cancel,
        OperationKind.Release => Release,
        OperationKind.Reassign => Reassign,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "This is not done to slots."),
    };

    private Statement[]? script;
    private int bound;

    public override ReadOnlySpan<Statement> Script => script ??=
        [.. Enumerable.Repeat(OfOne(), step.Slots.Count).SelectMany(some => some)];

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(step.Slots[bound / (Script.Length / step.Slots.Count)]);
        bound++;
        if (statement == Pass || Array.IndexOf(Told, statement) >= 0)
        {
            arguments.Add(step.Operation);
            arguments.Add(now);
            return;
        }

        if (statement == Judge)
        {
            arguments.Add(step.Operation);
            arguments.Add(now);
            arguments.Add(step.Reason);
            arguments.Add(Guid.CreateVersion7(now));
            arguments.Add(step.By);
            return;
        }

        arguments.Add(step.Project);
        arguments.Add(step.Operation);
        if (statement.Parameters > 3)
            arguments.Add(step.Kind is OperationKind.Return ? step.Reason : step.To);
        if (statement.Parameters > 4)
            arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome++;
        var (slot, batch) = (row.Id(0), row.Id(1));
        if (step.Kind is OperationKind.Release)
            places.Reopened(step.Project, batch, slot);
        else if (step.Kind is OperationKind.Cancel)
            places.Freed(batch);
        else
            places.Taken(batch);
        if (step.To is { } to)
            places.Changed(step.Project, to);
    }

    public override bool Restart()
    {
        bound = 0;
        return base.Restart();
    }

    private Statement[] OfOne() => step.Kind switch
    {
        OperationKind.Return => [verb.Keep, Judge, verb.Do, EventSql.ReleaseOne, EventSql.GivenBack],
        // Who loses a task may still submit what they have where the item has a place left.
        OperationKind.Cancel or OperationKind.Release or OperationKind.Reassign => [verb.Keep, verb.Do, Pass, EventSql.TakenAway, EventSql.Taken],
        _ => [],
    };

    private sealed class Verb(string possible, string holderAfter, string set)
    {
        public Statement Keep { get; } = new($"""
            INSERT INTO operation_slot (operation, slot, state, holder, lease_until, answer, reason, rounds, holder_after)
            SELECT $3, id, state, holder, lease_until, answer, reason, rounds, {holderAfter} FROM slot
            WHERE id = $1 AND project = $2 AND {Ordinary} AND {possible}
            """);

        public Statement Do { get; } = new($"""
            UPDATE slot SET {set} WHERE id = $1 AND project = $2 AND {Ordinary} AND {possible}
              AND EXISTS (SELECT 1 FROM operation_slot k WHERE k.operation = $3 AND k.slot = $1)
            RETURNING id, batch
            """);
    }
}

/// <summary>
/// Puts slots back as they were before an operation. One that has moved since stays as it is: what somebody has done with
/// it is worth more than the undo. Answers with how many were put back.
/// </summary>
internal sealed class UndoOperation(Places places, Guid project, Guid operation, IReadOnlyList<Guid> slots, DateTimeOffset now) : SlotOperation<int>(0)
{
    private const string Before = "FROM operation_slot k WHERE k.operation = $3 AND k.slot = slot.id";

    // A lease that is given back runs anew: its time has gone on meanwhile.
    private static readonly Statement Undo = new($"""
        UPDATE slot SET (state, holder, answer, reason, rounds) = (SELECT k.state, k.holder, k.answer, k.reason, k.rounds {Before}),
          lease_until = CASE WHEN (SELECT k.state {Before}) = 1
            THEN $4 + (SELECT b.lease_seconds FROM batch b WHERE b.id = slot.batch) * CAST(1000000 AS bigint) END
        WHERE id = $1 AND project = $2 AND EXISTS (SELECT 1 {Before}
            AND slot.state = CASE (SELECT o.kind FROM operation o WHERE o.id = $3) WHEN 1 THEN 4 WHEN 2 THEN 6 WHEN 3 THEN 1 ELSE 0 END
            AND slot.holder IS NOT DISTINCT FROM k.holder_after AND slot.answer IS NOT DISTINCT FROM k.answer
            AND slot.rounds = k.rounds + CASE (SELECT o.kind FROM operation o WHERE o.id = $3) WHEN 1 THEN 1 ELSE 0 END
            AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.slot = slot.id AND d.person = k.holder_after AND k.holder IS DISTINCT FROM k.holder_after)
            AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = k.holder AND m.item = slot.item AND m.id <> slot.id))
          AND (state NOT IN (0, 6) OR (SELECT k.state {Before}) IN (0, 6) OR {SlotSql.HasRoom("slot")})
        RETURNING id, batch, state
        """);

    private static readonly Statement[] OfOne = [Undo, EventSql.TakenBack, EventSql.Taken, EventSql.Restored];

    private readonly Statement[] script = [.. Enumerable.Repeat(OfOne, slots.Count).SelectMany(some => some)];
    private int bound;

    public override ReadOnlySpan<Statement> Script => script;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slots[bound++ / OfOne.Length]);
        if (statement == Undo)
            arguments.Add(project);
        arguments.Add(operation);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome++;
        if (row.Number(2) == (long)SlotState.Open)
            places.Reopened(project, row.Id(1), row.Id(0));
        else
            places.Taken(row.Id(1));
    }

    public override bool Restart()
    {
        bound = 0;
        return base.Restart();
    }
}
