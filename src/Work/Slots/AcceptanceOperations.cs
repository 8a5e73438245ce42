namespace Cofferdam.Work.Slots;

/// <summary>Gives an accepted answer back to its holder, because its batch was not accepted as it is.</summary>
/// <param name="by">Who decided on the batch.</param>
/// <param name="reason">Record of the words that the holder will read.</param>
/// <param name="before">The answer was submitted before this: one that was redone meanwhile is left alone.</param>
internal sealed class TakeBackOperation(Guid project, Guid slot, Guid by, Guid reason, DateTimeOffset before, DateTimeOffset now) : SlotOperation<bool>(false)
{
    private const string Standing = "id = $1 AND project = $2 AND state = 3 AND submitted_at <= $3";

    private static readonly Statement Keep = new($"""
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at)
        SELECT $5, project, id, answer, holder, $6, FALSE, $4, $7 FROM slot WHERE {Standing}
        """);

    private static readonly Statement Return = new($"UPDATE slot SET state = 4, reason = $4 WHERE {Standing} RETURNING id");

    private static readonly Statement[] Statements = [Keep, Return];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(before);
        arguments.Add(reason);
        if (statement == Return)
            return;
        arguments.Add(Guid.CreateVersion7(now));
        arguments.Add(by);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row) => Outcome = true;
}

/// <summary>Upholds an appeal: the returned answer stands as it was given, unless its holder has redone it meanwhile.</summary>
/// <param name="by">Who decides: neither who gave the answer nor who returned it.</param>
/// <param name="reason">Record of the words for the decision.</param>
internal sealed class UpholdOperation(Guid project, Guid appeal, Guid by, Guid reason, DateTimeOffset now) : SlotOperation<bool>(false)
{
    private static readonly Statement Mark = new("""
        UPDATE appeal SET state = 1, decided_by = $3, reason = $4, decided_at = $5
        WHERE id = $1 AND project = $2 AND state = 0 AND person <> $3 AND reviewer <> $3
          AND EXISTS (SELECT 1 FROM slot s WHERE s.id = appeal.slot AND s.state = 4 AND s.answer = appeal.answer)
        RETURNING id
        """);

    private static readonly Statement Keep = new("""
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at)
        SELECT $5, project, slot, answer, person, $3, TRUE, $4, $6 FROM appeal WHERE id = $1 AND project = $2 AND state = 1 AND reason = $4
        """);

    private static readonly Statement Accept = new("""
        UPDATE slot SET state = 3, reason = NULL, lease_until = NULL
        WHERE id = (SELECT a.slot FROM appeal a WHERE a.id = $1 AND a.project = $2 AND a.state = 1 AND a.decided_by = $3 AND a.reason = $4)
          AND state = 4
        """);

    private static readonly Statement[] Statements = [Mark, Keep, Accept];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(appeal);
        arguments.Add(project);
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
