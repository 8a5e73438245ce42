using Cofferdam.Work.Events;

namespace Cofferdam.Work.Slots;

/// <summary>Keeps a task in its holder's hand; takes a lapsed one up again where nobody else has.</summary>
internal sealed class RenewOperation(Places places, Guid project, Guid slot, Guid person, DateTimeOffset now) : SlotOperation<SlotLease?>(null)
{
    private const string Until = "$4 + (SELECT b.lease_seconds FROM batch b WHERE b.id = slot.batch) * CAST(1000000 AS bigint)";

    private static readonly Statement Renew = new($"""
        UPDATE slot SET lease_until = CASE WHEN state = 4 THEN NULL ELSE {Until} END
        WHERE id = $1 AND project = $2 AND holder = $3 AND state IN (1, 4)
        RETURNING {SlotLease.Columns}
        """);

    private static readonly Statement TakeUp = new($"""
        UPDATE slot SET holder = $3, state = 1, lease_until = {Until}
        WHERE id = $1 AND project = $2 AND state = 0 AND EXISTS (SELECT 1 FROM lapse l WHERE l.slot = $1 AND l.person = $3)
          AND {SlotSql.IsNewTo("$3", "slot.item")} AND {SlotSql.HasRoom("slot")}
        RETURNING {SlotLease.Columns}
        """);

    private static readonly Statement[] Statements = [Renew, TakeUp, EventSql.TakenBy];

    public override ReadOnlySpan<Statement> Script
    {
        get
        {
            places.MayTake();
            return Statements;
        }
    }

    public override void Bind(Statement statement, Arguments arguments)
    {
        if (statement != EventSql.TakenBy)
            arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(person);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome = SlotLease.Read(row);
        if (statement != TakeUp)
            return;
        places.Taken(Outcome.Batch);
        places.Changed(project, person);
    }
}

/// <summary>Gives a leased slot back, so that others get it.</summary>
/// <param name="skip">The person does not want to see the item again.</param>
/// <param name="reason">Record of the words given for a skip.</param>
internal sealed class ReleaseOperation(
    Places places, Guid project, Guid slot, Guid person, bool skip, Guid? reason, DateTimeOffset now) : SlotOperation<bool>(false)
{
    private static readonly Statement Skip = new("""
        INSERT INTO skip (person, item, reason, skipped_at)
        SELECT $3, item, $4, $5 FROM slot WHERE id = $1 AND project = $2 AND holder = $3 AND state = 1
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement Release = new("""
        UPDATE slot SET state = 0, holder = NULL, lease_until = NULL
        WHERE id = $1 AND project = $2 AND holder = $3 AND state = 1
        RETURNING batch, gold
        """);

    private static readonly Statement[] ReleaseOnly = [Release, EventSql.LetGo];
    private static readonly Statement[] SkipAndRelease = [Skip, Release, EventSql.LetGo];

    public override ReadOnlySpan<Statement> Script => skip ? SkipAndRelease : ReleaseOnly;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(person);
        if (statement == Release)
            return;
        if (statement == EventSql.LetGo)
        {
            arguments.Add(now);
            arguments.Add((long)(skip ? WorkEventType.Skipped : WorkEventType.Released));
            return;
        }

        arguments.Add(reason);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome = true;
        places.Reopened(project, row.Id(0), slot);
        if (row.Flag(1) && !skip)
            places.LetGo(project, row.Id(0), slot, person);
        places.Changed(project, person);
    }
}

/// <summary>Reopens every slot whose lease has run out, in all projects.</summary>
internal sealed class ExpireOperation(Places places, DateTimeOffset now) : SlotOperation<int>(0)
{
    private static readonly Statement Remember = new("""
        INSERT INTO lapse (slot, person, lapsed_at)
        SELECT id, holder, $1 FROM slot WHERE state = 1 AND lease_until < $1
        ON CONFLICT (slot, person) DO UPDATE SET lapsed_at = excluded.lapsed_at
        """);

    private static readonly Statement Known = new("SELECT id, project, batch, holder FROM slot WHERE state = 1 AND lease_until < $1 AND gold = TRUE");

    private static readonly Statement Reopen = new("""
        UPDATE slot SET state = 0, holder = NULL, lease_until = NULL WHERE state = 1 AND lease_until < $1
        RETURNING id, project, batch
        """);

    private static readonly Statement[] Statements = [Remember, Known, Reopen, EventSql.Lapsed];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments) => arguments.Add(now);

    public override void Read(Statement statement, Row row)
    {
        if (statement == Known)
        {
            places.LetGo(row.Id(1), row.Id(2), row.Id(0), row.Id(3));
            return;
        }

        Outcome++;
        places.Reopened(row.Id(1), row.Id(2), row.Id(0));
    }
}

/// <summary>Notes that a person has saved a draft for a slot.</summary>
internal sealed class DraftedOperation(Guid project, Guid slot, Guid person, Guid record) : SlotOperation<bool>(false)
{
    private static readonly Statement Keep = new("""
        INSERT INTO draft (slot, person, project, record) SELECT id, $3, $2, $4 FROM slot WHERE id = $1 AND project = $2
        ON CONFLICT DO NOTHING RETURNING slot
        """);

    private static readonly Statement Mark = new("UPDATE slot SET drafted = TRUE WHERE id = $1 AND project = $2 AND drafted = FALSE");

    private static readonly Statement[] Statements = [Keep, Mark];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        if (statement == Mark)
            return;
        arguments.Add(person);
        arguments.Add(record);
    }

    public override void Read(Statement statement, Row row) => Outcome = true;
}

/// <summary>New slots came to a project, or what people may do in it has changed: everybody looks from the start.</summary>
internal sealed class LookAgainOperation(Places places, Guid project) : SlotOperation<bool>(true)
{
    public override ReadOnlySpan<Statement> Script => [];

    public override void Bind(Statement statement, Arguments arguments)
    {
    }

    public override void Read(Statement statement, Row row)
    {
    }

    public override void Ran() => places.Forget(project);
}
