namespace Cofferdam.Work.Slots;

/// <summary>Leases the next slot that this person may do.</summary>
internal sealed class LeaseOperation(Places places, Guid project, Guid person, long cap, DateTimeOffset now) : SlotOperation<LeaseOutcome>(new(LeaseResult.None, null))
{
    private const string Take = $"""
        UPDATE slot SET state = 1, holder = $2,
          lease_until = $4 + (SELECT b.lease_seconds FROM batch b WHERE b.id = slot.batch) * CAST(1000000 AS bigint)
        WHERE id = (SELECT s.id FROM slot s
          WHERE s.project = $1 AND s.state = 0 AND s.id >= $3
            AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = $2 AND m.item = s.item)
            AND NOT EXISTS (SELECT 1 FROM skip k WHERE k.person = $2 AND k.item = s.item)
        """;

    private const string First = $" ORDER BY s.id LIMIT 1 {{lock}}) RETURNING {SlotLease.Columns}";

    private static readonly Statement Count = new(
        "SELECT count(*) FROM (SELECT 1 FROM slot WHERE project = $1 AND holder = $2 AND state = 1 LIMIT $3) AS held");

    private static readonly Statement Lease = new(Take + First);

    private static readonly Statement LeaseUnderCap = new(
        Take + " AND (SELECT count(*) FROM slot h WHERE h.project = $1 AND h.holder = $2 AND h.state = 1) < $5" + First);

    private static readonly Statement[] Known = [Lease];
    private static readonly Statement[] Unknown = [Count, LeaseUnderCap];

    private readonly TaskCompletionSource<SlotLease?> picked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Place? place;
    private Statement[]? script;

    /// <summary>
    /// Completes as soon as the slot is known, which may be before it is durable, so that the vault can open the item
    /// meanwhile. Null where there is none. Nothing may be handed out before <see cref="SlotOperation{T}.Done"/>.
    /// </summary>
    public Task<SlotLease?> Picked => picked.Task;

    public override ReadOnlySpan<Statement> Script
    {
        get
        {
            place ??= places.Of(project, person, now);
            return script ??= place.Held is { } held && held < cap ? Known : Unknown;
        }
    }

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(project);
        arguments.Add(person);
        if (statement == Count)
        {
            arguments.Add(cap);
            return;
        }

        arguments.Add(place!.From);
        arguments.Add(now);
        if (statement == LeaseUnderCap)
            arguments.Add(cap);
    }

    public override void Read(Statement statement, Row row)
    {
        if (statement == Count)
        {
            place!.Held = row.Number(0);
            if (place.Held >= cap)
                Outcome = new(LeaseResult.HeldTooMany, null);
            return;
        }

        var lease = SlotLease.Read(row);
        Outcome = new(LeaseResult.Leased, lease);
        place!.From = lease.Slot;
        place.Held++;
        picked.TrySetResult(lease);
    }

    public override void Ran()
    {
        if (Outcome.Result is LeaseResult.None)
            place!.From = Guid.AllBitsSet;
    }

    public override void Committed()
    {
        base.Committed();
        picked.TrySetResult(Outcome.Lease);
    }

    public override void Failed(Exception reason)
    {
        base.Failed(reason);
        picked.TrySetResult(null);
    }

    // Once somebody was told of a slot, another attempt could pick another.
    public override bool Restart()
    {
        (place, script) = (null, null);
        return Outcome.Lease is null && base.Restart();
    }
}

/// <summary>Keeps a task in its holder's hand; takes a lapsed one up again where nobody else has.</summary>
internal sealed class RenewOperation(Places places, Guid project, Guid slot, Guid person, DateTimeOffset now) : SlotOperation<SlotLease?>(null)
{
    private static readonly Statement Renew = new($"""
        UPDATE slot SET holder = $3, state = CASE WHEN state = 4 THEN 4 ELSE 1 END,
          lease_until = CASE WHEN state = 4 THEN NULL
            ELSE $4 + (SELECT b.lease_seconds FROM batch b WHERE b.id = slot.batch) * CAST(1000000 AS bigint) END
        WHERE id = $1 AND project = $2
          AND ((holder = $3 AND state IN (1, 4))
            OR (state = 0 AND EXISTS (SELECT 1 FROM lapse l WHERE l.slot = $1 AND l.person = $3)
              AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = $3 AND m.item = slot.item)))
        RETURNING {SlotLease.Columns}
        """);

    private static readonly Statement[] Statements = [Renew];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(person);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome = SlotLease.Read(row);
        places.Changed(project, person);
    }
}

/// <summary>Puts an answer on the slot, or on another open slot of the same item where this one went to somebody else.</summary>
internal sealed class SubmitOperation(
    Places places, Guid project, Guid slot, Guid person, Guid submission, Guid answer, DateTimeOffset now) : SlotOperation<SubmitResult>(SubmitResult.LeaseLost)
{
    private const string Set = """
        UPDATE slot SET state = 2, holder = $3, answer = $5, submitted_at = $6, lease_until = NULL,
          reviewer = NULL, review_lease_until = NULL, reason = NULL
        """;

    private const string New = " AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.submission = $4)";

    private const string Lapsed = "EXISTS (SELECT 1 FROM lapse l WHERE l.slot = $1 AND l.person = $3)";

    private static readonly Statement Before = new("SELECT slot, person FROM answer WHERE submission = $1");

    private static readonly Statement OnThis = new($"""
        {Set} WHERE id = $1 AND project = $2 {New}
          AND ((holder = $3 AND state IN (1, 4))
            OR (state = 0 AND {Lapsed} AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = $3 AND m.item = slot.item)))
        RETURNING id
        """);

    private static readonly Statement OnAnother = new($$"""
        {{Set}} WHERE id = (SELECT s.id FROM slot s
          WHERE s.item = (SELECT o.item FROM slot o WHERE o.id = $1 AND o.project = $2) AND s.state = 0 {{New}} AND {{Lapsed}}
            AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = $3 AND m.item = s.item)
          ORDER BY s.ordinal LIMIT 1 {lock})
        RETURNING id
        """);

    private static readonly Statement Keep = new("""
        INSERT INTO answer (submission, project, slot, person, record, submitted_at)
        SELECT $4, $2, id, $3, $5, $6 FROM slot
        WHERE item = (SELECT o.item FROM slot o WHERE o.id = $1 AND o.project = $2) AND holder = $3 AND answer = $5
        """);

    private static readonly Statement[] Statements = [Before, OnThis, OnAnother, Keep];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        if (statement == Before)
        {
            arguments.Add(submission);
            return;
        }

        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(person);
        arguments.Add(submission);
        arguments.Add(answer);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        if (statement == Before)
        {
            // The answer may have been placed on another slot of the item: the person tells, the slot is not compared.
            Outcome = row.Id(1) == person ? SubmitResult.Repeated : SubmitResult.SubmissionTaken;
            return;
        }

        Outcome = SubmitResult.Submitted;
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
        RETURNING id
        """);

    private static readonly Statement[] ReleaseOnly = [Release];
    private static readonly Statement[] SkipAndRelease = [Skip, Release];

    public override ReadOnlySpan<Statement> Script => skip ? SkipAndRelease : ReleaseOnly;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(person);
        if (statement == Release)
            return;
        arguments.Add(reason);
        arguments.Add(now);
    }

    public override void Read(Statement statement, Row row)
    {
        Outcome = true;
        places.Reopened(project, slot);
        places.Changed(project, person);
    }
}

/// <summary>Reopens every slot whose lease has run out, in all projects.</summary>
internal sealed class ExpireOperation(Places places, DateTimeOffset now) : SlotOperation<int>(0)
{
    private static readonly Statement Remember = new("""
        INSERT INTO lapse (slot, person, lapsed_at)
        SELECT id, holder, $1 FROM slot WHERE state = 1 AND lease_until < $1
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement Reopen = new("""
        UPDATE slot SET state = 0, holder = NULL, lease_until = NULL WHERE state = 1 AND lease_until < $1
        RETURNING id, project
        """);

    private static readonly Statement[] Statements = [Remember, Reopen];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments) => arguments.Add(now);

    public override void Read(Statement statement, Row row)
    {
        Outcome++;
        places.Reopened(row.Id(1), row.Id(0));
    }
}

/// <summary>
/// Gives a reviewer the oldest answer that nobody else is looking at; never one to an item that the reviewer has
/// answered, or is answering: answers to an item are worth something together only where they were given apart.
/// </summary>
internal sealed class ReviewLeaseOperation(Guid project, Guid reviewer, DateTimeOffset now, TimeSpan length) : SlotOperation<ReviewLease?>(null)
{
    private static readonly Statement Take = new("""
        UPDATE slot SET reviewer = $2, review_lease_until = $4
        WHERE id = (SELECT s.id FROM slot s
          WHERE s.project = $1 AND s.state = 2
            AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = $2 AND m.item = s.item)
            AND (s.reviewer IS NULL OR s.reviewer = $2 OR s.review_lease_until < $3)
          ORDER BY s.id LIMIT 1 {lock})
        RETURNING id, item, flipped, guideline_version, form_version, holder, answer, review_lease_until
        """);

    private static readonly Statement[] Statements = [Take];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(project);
        arguments.Add(reviewer);
        arguments.Add(now);
        arguments.Add(now + length);
    }

    public override void Read(Statement statement, Row row) => Outcome = new ReviewLease(
        row.Id(0), row.Id(1), row.Flag(2), (int)row.Number(3), (int)row.Number(4), row.Id(5), row.Id(6), row.Time(7));
}

/// <summary>
/// Notes, before an answer is shown to its reviewer, that the reviewer is never to be given the item as a task. True
/// where that comes too late, because the reviewer has just been given it.
/// </summary>
internal sealed class SeenInReviewOperation(Guid project, Guid slot, Guid reviewer, DateTimeOffset now) : SlotOperation<bool>(false)
{
    // Among the items passed over, which is what leases look at.
    private static readonly Statement Keep = new("""
        INSERT INTO skip (person, item, reason, skipped_at)
        SELECT $3, item, NULL, $4 FROM slot WHERE id = $1 AND project = $2
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement InHand = new("""
        SELECT 1 FROM slot m WHERE m.holder = $3 AND m.item = (SELECT s.item FROM slot s WHERE s.id = $1 AND s.project = $2)
        """);

    private static readonly Statement[] Statements = [Keep, InHand];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(reviewer);
        if (statement == Keep)
            arguments.Add(now);
    }

    public override void Read(Statement statement, Row row) => Outcome = true;
}

/// <summary>Lets an answer that was leased for review go again.</summary>
internal sealed class ReviewReleaseOperation(Guid project, Guid slot, Guid reviewer) : SlotOperation<bool>(false)
{
    private static readonly Statement Release = new("""
        UPDATE slot SET reviewer = NULL, review_lease_until = NULL
        WHERE id = $1 AND project = $2 AND state = 2 AND reviewer = $3
        RETURNING id
        """);

    private static readonly Statement[] Statements = [Release];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(reviewer);
    }

    public override void Read(Statement statement, Row row) => Outcome = true;
}

/// <summary>Accepts an answer, or returns it to its holder with a reason.</summary>
internal sealed class DecideOperation(Guid project, Guid slot, Guid reviewer, bool accept, Guid? reason, DateTimeOffset now) : SlotOperation<DecisionResult>(DecisionResult.NotHeld)
{
    private const string Held = "id = $1 AND project = $2 AND state = 2 AND reviewer = $3 AND holder <> $3";

    private static readonly Statement Keep = new($"""
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, reason, decided_at)
        SELECT $4, project, id, answer, holder, $3, $5, $6, $7 FROM slot WHERE {Held}
        """);

    private static readonly Statement Decide = new(
        $"UPDATE slot SET state = $4, reason = $5, review_lease_until = NULL WHERE {Held} RETURNING id");

    private static readonly Statement[] Statements = [Keep, Decide];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(slot);
        arguments.Add(project);
        arguments.Add(reviewer);
        if (statement == Keep)
        {
            arguments.Add(Guid.CreateVersion7(now));
            arguments.Add(accept);
            arguments.Add(reason);
            arguments.Add(now);
            return;
        }

        arguments.Add((long)(accept ? SlotState.Accepted : SlotState.Returned));
        arguments.Add(reason);
    }

    public override void Read(Statement statement, Row row) => Outcome = DecisionResult.Decided;
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

/// <summary>New slots came to a project: everybody looks from the start.</summary>
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
