using Cofferdam.Work.Events;

namespace Cofferdam.Work.Slots;

/// <summary>What a batch's decision says of one of its answers.</summary>
/// <param name="By">Who decided on the batch.</param>
/// <param name="Reason">Record of the words that the answer's holder will read.</param>
/// <param name="Evidence">Record of what a judge found.</param>
/// <param name="Before">The answer was submitted before this: one that was redone meanwhile is left alone.</param>
internal sealed record TakeBack(Guid Project, Guid Slot, Guid By, Guid Reason, Guid? Evidence, DateTimeOffset Before);

/// <summary>Gives an accepted answer back, to its holder or to somebody else as the batch has it, because its batch was not accepted as it is.</summary>
/// <remarks>However often it was returned before: rounds limit reviewers, and redelivery is due to the lab.</remarks>
internal sealed class TakeBackOperation(Places places, TakeBack taken, DateTimeOffset now) : SlotOperation<bool>(false)
{
    private const string Standing = "id = $1 AND project = $2 AND state = 3 AND gold = FALSE AND submitted_at <= $3";
    private const string Another = "(SELECT b.rework FROM batch b WHERE b.id = slot.batch) = 2";

    private static readonly Statement Keep = new($"""
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at, kind, decision, evidence)
        SELECT $4, project, id, answer, holder, $5, FALSE, $6, $7, 3, 2, $8 FROM slot WHERE {Standing}
        """);

    private static readonly Statement PassOver = new($"""
        INSERT INTO skip (person, item, reason, skipped_at) SELECT holder, item, NULL, $4 FROM slot WHERE {Standing} AND {Another}
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement ToAnother = new($"""
        UPDATE slot SET state = 0, holder = NULL, answer = NULL, submitted_at = NULL, reviewer = NULL, reason = NULL, first_review = NULL, rounds = rounds + 1
        WHERE {Standing} AND {Another}
        RETURNING state, batch
        """);

    private static readonly Statement ToHolder = new($"""
        UPDATE slot SET state = 4, reason = $4, first_review = NULL, rounds = rounds + 1 WHERE {Standing} RETURNING state, batch
        """);

    private static readonly Statement[] Statements = [Keep, PassOver, ToAnother, ToHolder, EventSql.ReleaseOne, EventSql.GivenBack];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(taken.Slot);
        arguments.Add(taken.Project);
        if (statement == EventSql.ReleaseOne || statement == EventSql.GivenBack)
        {
            arguments.Add(now);
            return;
        }

        arguments.Add(taken.Before);
        if (statement == Keep)
        {
            arguments.Add(Guid.CreateVersion7(now));
            arguments.Add(taken.By);
            arguments.Add(taken.Reason);
            arguments.Add(now);
            arguments.Add(taken.Evidence);
        }
        else if (statement == PassOver)
        {
            arguments.Add(now);
        }
        else if (statement == ToHolder)
        {
            arguments.Add(taken.Reason);
        }
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome = true;
        if ((SlotState)row.Number(0) is SlotState.Open)
            places.Reopened(taken.Project, row.Id(1), taken.Slot);
    }
}

/// <summary>Upholds an appeal: the returned answer stands as it was given, unless its holder has redone it meanwhile.</summary>
/// <param name="by">Who decides: neither who gave the answer nor anybody who has judged it.</param>
/// <param name="reason">Record of the words for the decision.</param>
internal sealed class UpholdOperation(Guid project, Guid appeal, Guid by, Guid reason, DateTimeOffset now) : SlotOperation<bool>(false)
{
    private static readonly Statement Mark = new("""
        UPDATE appeal SET state = 1, decided_by = $3, reason = $4, decided_at = $5
        WHERE id = $1 AND project = $2 AND state = 0 AND person <> $3
          AND NOT EXISTS (SELECT 1 FROM review r WHERE r.project = $2 AND r.answer = appeal.answer AND r.reviewer = $3)
          AND EXISTS (SELECT 1 FROM slot s WHERE s.id = appeal.slot AND s.state = 4 AND s.answer = appeal.answer)
        RETURNING id
        """);

    private static readonly Statement Keep = new("""
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at, kind, decision)
        SELECT $5, project, slot, answer, person, $3, TRUE, $4, $6, 3, 1 FROM appeal WHERE id = $1 AND project = $2 AND state = 1 AND reason = $4
        """);

    private static readonly Statement Accept = new("""
        UPDATE slot SET state = 3, reason = NULL, lease_until = NULL, reviewer = $3
        WHERE id = (SELECT a.slot FROM appeal a WHERE a.id = $1 AND a.project = $2 AND a.state = 1 AND a.decided_by = $3 AND a.reason = $4)
          AND state = 4
        """);

    private static readonly Statement[] Statements = [Mark, Keep, Accept, EventSql.Upheld];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(appeal);
        arguments.Add(project);
        if (statement == EventSql.Upheld)
        {
            arguments.Add(now);
            return;
        }

        arguments.Add(by);
        arguments.Add(reason);
        if (statement == Accept)
            return;
        if (statement == Keep)
            arguments.Add(Guid.CreateVersion7(now));
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row) => Outcome = true;
}
