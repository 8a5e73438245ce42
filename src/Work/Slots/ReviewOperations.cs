namespace Cofferdam.Work.Slots;

/// <summary>
/// Gives a reviewer the oldest answer that nobody else is looking at; never one to an item that the reviewer has
/// answered, or is answering: answers to an item are worth something together only where they were given apart. A second
/// review goes to somebody else than the first.
/// </summary>
internal sealed class ReviewLeaseOperation(Guid project, Guid reviewer, DateTimeOffset now, TimeSpan length) : SlotOperation<ReviewLease?>(null)
{
    private static readonly Statement Take = new("""
        UPDATE slot SET reviewer = $2, review_lease_until = $4
        WHERE id = (SELECT s.id FROM slot s
          WHERE s.project = $1 AND s.state = 2
            AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = $2 AND m.item = s.item)
            AND (s.reviewer IS NULL OR s.reviewer = $2 OR s.review_lease_until < $3)
            AND NOT EXISTS (SELECT 1 FROM review r WHERE r.id = s.first_review AND r.reviewer = $2)
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
