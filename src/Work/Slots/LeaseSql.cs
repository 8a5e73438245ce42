namespace Cofferdam.Work.Slots;

/// <summary>The statements of a lease: of an ordinary slot or of one whose answer is known, with or without each limit.</summary>
/// <remarks>
/// $1 batch, $2 person, $3 place in the batch, $4 now, $5 guideline version that the person may work under, $6 project,
/// $7 tasks held at most, $8 answers a day at most, $9 midnight, $10 id of a new slot, $11 its side.
/// The batch is looked up by the statement itself: once a pause is written, no server leases from it.
/// </remarks>
internal static class LeaseSql
{
    private const string Running = "b.id = $1 AND b.state IN (0, 1) AND b.guideline_version = $5";

    private const string Open = "s.batch = $1 AND s.state = 0 AND s.gold = FALSE AND s.id >= $3";

    private const string UnderHeld = "(SELECT count(*) FROM slot h WHERE h.project = $6 AND h.holder = $2 AND h.state = 1) < $7";

    private const string UnderDaily = """
        (SELECT count(DISTINCT a.slot) FROM answer a JOIN slot t ON t.id = a.slot
            WHERE a.project = $6 AND a.person = $2 AND a.submitted_at >= $9 AND a.corrects IS NULL AND t.batch = $1)
          + (SELECT count(*) FROM slot h WHERE h.project = $6 AND h.holder = $2 AND h.state = 1 AND h.batch = $1) < $8
        """;

    private static readonly string NewSlot = SlotSql.IsNewTo("$2", "s.item");

    private static readonly string NewGold = SlotSql.IsNewTo("$2", "g.id");

    /// <summary>Where <see cref="Scripts"/> keeps the script for these limits.</summary>
    public static int Index(bool held, bool daily) => (held ? 1 : 0) + (daily ? 2 : 0);

    /// <param name="count">What counts the tasks in the person's hand, where that must be known.</param>
    /// <param name="statement">Takes the condition that the limits come to.</param>
    public static Statement[][] Scripts(Statement count, Func<string, string> statement) =>
    [
        [new(statement(""))],
        [count, new(statement($" AND {UnderHeld}"))],
        [new(statement($" AND {UnderDaily}"))],
        [count, new(statement($" AND {UnderHeld} AND {UnderDaily}"))],
    ];

    /// <summary>The slot that an ordinary lease would take.</summary>
    public static string Ahead => $"SELECT s.id FROM slot s WHERE {Open} AND EXISTS (SELECT 1 FROM batch b WHERE {Running}) AND {NewSlot} AND $4 > 0 ORDER BY s.id LIMIT 1";

    public static string Ordinary(string limits) => $$"""
        UPDATE slot SET state = 1, holder = $2, (guideline_version, form_version, lease_until) =
          (SELECT b.guideline_version, b.form_version, $4 + b.lease_seconds * CAST(1000000 AS bigint) FROM batch b WHERE b.id = $1)
        WHERE id = (SELECT s.id FROM slot s
          WHERE {{Open}} AND EXISTS (SELECT 1 FROM batch b WHERE {{Running}}) AND {{NewSlot}}{{limits}}
          ORDER BY s.id LIMIT 1 {lock})
        RETURNING {{SlotLease.Columns}}
        """;

    /// <summary>A slot whose answer is known, given once more to who let it go; $10 is its id.</summary>
    public static string Again(string limits) => $$"""
        UPDATE slot SET state = 1, holder = $2, (guideline_version, form_version, lease_until) =
          (SELECT b.guideline_version, b.form_version, $4 + b.lease_seconds * CAST(1000000 AS bigint) FROM batch b WHERE b.id = $1)
        WHERE id = $10 AND batch = $1 AND state = 0 AND gold = TRUE AND EXISTS (SELECT 1 FROM batch b WHERE {{Running}})
          AND {{SlotSql.IsNewTo("$2", "slot.item")}}{{limits}}
        RETURNING {{SlotLease.Columns}}
        """;

    public static string Gold(string limits) => $$"""
        INSERT INTO slot (id, project, batch, item, ordinal, flipped, guideline_version, form_version, state, holder, lease_until, drafted, gold)
        SELECT $10, b.project, b.id, g.id, -1, $11, b.guideline_version, b.form_version, 1, $2,
          $4 + b.lease_seconds * CAST(1000000 AS bigint), FALSE, TRUE
        FROM batch b JOIN item g ON g.project = b.project AND g.gold IS NOT NULL
        WHERE {{Running}} AND {{NewGold}}{{limits}}
        ORDER BY random() LIMIT 1
        RETURNING {{SlotLease.Columns}}
        """;
}
