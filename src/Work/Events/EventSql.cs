using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Events;

/// <summary>
/// The statements by which changes to slots are told. Each runs right after the change, in its transaction, and goes by what
/// the slot is now and what was told of it last: nothing is told twice, and nothing that another server has told.
/// </summary>
/// <remarks>Who works under no engagement leaves no event. Gold is nowhere asked for: it is told like any other task.</remarks>
internal static class EventSql
{
    private const string Columns = "INSERT INTO work_event (engagement, type, kind, person, project, assignment, seconds, held, at)";

    /// <summary>What of the project is in the person's hand and not told yet. $1 project, $2 person, $3 now.</summary>
    public static Statement TakenBy { get; } = new($"""
        {Columns}
        SELECT m.engagement, 1, {Kind("$2")}, $2, s.project, s.id, NULL, FALSE, $3
        FROM slot s {Engaged("$2")} WHERE s.project = $1 AND s.holder = $2 AND s.state = 1 AND {Last("$2")} NOT IN (1, 4)
        """);

    /// <summary>The slot is in somebody's hand. $1 slot, $3 now.</summary>
    public static Statement Taken { get; } = new($"""
        {Columns}
        SELECT m.engagement, 1, {Kind("s.holder")}, s.holder, s.project, s.id, NULL, FALSE, $3
        FROM slot s {Engaged("s.holder")} WHERE s.id = $1 AND s.state = 1 AND {Last("s.holder")} NOT IN (1, 4)
        """);

    /// <summary>An answer came to a slot that its maker had lost, or never was told to have. $3 person, $4 submission, $5 answer, $6 now.</summary>
    public static Statement TakenToSubmit { get; } = Answered(1, "NULL", "FALSE", $" AND {Last("$3")} NOT IN (1, 4)");

    /// <summary>As <see cref="TakenToSubmit"/>.</summary>
    public static Statement Submitted { get; } = Answered(2, "a.seconds", "FALSE", "");

    /// <summary>The answer counts without a review; $7 says whether that is told later. Otherwise as <see cref="TakenToSubmit"/>.</summary>
    public static Statement Counted { get; } = Answered(3, "NULL", "$7", " AND s.state = 3");

    /// <summary>The person gave the slot back, or passed its item over. $1 slot, $3 person, $4 now, $5 type.</summary>
    public static Statement LetGo { get; } = new($"""
        {Columns}
        SELECT m.engagement, $5, {Kind("$3")}, $3, s.project, s.id, NULL, FALSE, $4
        FROM slot s {Engaged("$3")} WHERE s.id = $1 AND (s.holder IS NULL OR s.holder <> $3) AND {Last("$3")} IN (1, 4)
        """);

    /// <summary>Leases ran out. $1 now.</summary>
    public static Statement Lapsed { get; } = new($"""
        {Columns}
        SELECT m.engagement, 5, {Kind("l.person")}, l.person, s.project, s.id, NULL, FALSE, $1
        FROM lapse l JOIN slot s ON s.id = l.slot {Engaged("l.person")}
        WHERE l.lapsed_at = $1 AND (s.holder IS NULL OR s.holder <> l.person) AND {Last("l.person")} = 1
        """);

    /// <summary>An answer was decided on. $4 review, $5 now.</summary>
    public static Statement Decided { get; } = new($"""
        {Columns}
        SELECT m.engagement, CASE WHEN s.state = 3 THEN 3 ELSE 4 END, {Kind("r.person")}, r.person, s.project, s.id, NULL, FALSE, $5
        FROM review r JOIN slot s ON s.id = r.slot {Engaged("r.person")} WHERE r.id = $4 AND s.state IN (0, 3, 4)
        """);

    /// <summary>Its reviewer has done work too. As <see cref="Decided"/>.</summary>
    public static Statement Reviewed { get; } = new($"""
        {Columns}
        SELECT m.engagement, 2, 6, r.reviewer, r.project, r.slot, NULL, FALSE, $5
        FROM review r {Engaged("r.reviewer")} WHERE r.id = $4
        """);

    /// <summary>What its maker had submitted before it, and nobody reviews, is told with it. As <see cref="Decided"/>.</summary>
    public static Statement Release { get; } = new("""
        UPDATE work_event SET held = FALSE, at = $5
        WHERE held = TRUE AND (person, project) = (SELECT r.person, r.project FROM review r JOIN slot s ON s.id = r.slot WHERE r.id = $4 AND s.state IN (0, 3, 4))
          AND id <= (SELECT max(e.id) FROM review r JOIN work_event e ON e.assignment = r.slot AND e.person = r.person AND e.type = 2 WHERE r.id = $4)
        """);

    /// <summary>That the slot's answer counted is told before anything else is. $1 slot, $3 now.</summary>
    public static Statement ReleaseOne { get; } = new("UPDATE work_event SET held = FALSE, at = $3 WHERE assignment = $1 AND held = TRUE");

    /// <summary>An accepted or submitted answer was given back by lab staff. $1 slot, $3 now.</summary>
    public static Statement GivenBack { get; } = new($"""
        {Columns}
        SELECT m.engagement, 4, 5, r.person, s.project, s.id, NULL, FALSE, $3
        FROM slot s JOIN review r ON r.slot = s.id AND r.decision = 2 AND r.decided_at = $3 {Engaged("r.person")}
        WHERE s.id = $1 AND s.state IN (0, 4) AND {Last("r.person")} <> 4
        """);

    /// <summary>An operation took the slot out of somebody's hand. $1 slot, $2 operation, $3 now.</summary>
    public static Statement TakenAway { get; } = new($"""
        {Columns}
        SELECT m.engagement, 5, {Kind("k.holder")}, k.holder, s.project, s.id, NULL, FALSE, $3
        FROM operation_slot k JOIN slot s ON s.id = k.slot {Engaged("k.holder")}
        WHERE k.operation = $2 AND k.slot = $1 AND (s.state = 6 OR s.holder IS NULL OR s.holder <> k.holder) AND {Last("k.holder")} IN (1, 4)
        """);

    /// <summary>An undo took it out of the hand that the operation had put it into. As <see cref="TakenAway"/>.</summary>
    public static Statement TakenBack { get; } = new($"""
        {Columns}
        SELECT m.engagement, 5, {Kind("k.holder_after")}, k.holder_after, s.project, s.id, NULL, FALSE, $3
        FROM operation_slot k JOIN slot s ON s.id = k.slot {Engaged("k.holder_after")}
        WHERE k.operation = $2 AND k.slot = $1 AND (s.holder IS NULL OR s.holder <> k.holder_after) AND {Last("k.holder_after")} IN (1, 4)
        """);

    /// <summary>An appeal was upheld. $1 appeal, $3 now.</summary>
    public static Statement Upheld { get; } = CountsAgain("appeal p JOIN slot s ON s.id = p.slot", "p.id = $1 AND p.state = 1");

    /// <summary>What was returned counts again, because the return was undone. $1 slot, $3 now.</summary>
    public static Statement Restored { get; } = CountsAgain("slot s", "s.id = $1");

    private static string Engaged(string person) => $"JOIN member m ON m.pseudonym = {person} AND m.engagement IS NOT NULL";

    private static string Kind(string person) =>
        $"CASE WHEN EXISTS (SELECT 1 FROM review v WHERE v.slot = s.id AND v.person = {person} AND v.decision = 2) THEN 5 ELSE 1 END";

    // Of what happens to an assignment; 0 for nothing yet.
    private static string Last(string person) => $"""
        COALESCE((SELECT e.type FROM work_event e WHERE e.assignment = s.id AND e.person = {person} AND e.type <= 7 AND e.kind <> 6 ORDER BY e.id DESC LIMIT 1), 0)
        """;

    private static Statement CountsAgain(string from, string where) => new($"""
        {Columns}
        SELECT m.engagement, 3, {Kind("s.holder")}, s.holder, s.project, s.id, NULL, FALSE, $3
        FROM {from} {Engaged("s.holder")} WHERE {where} AND s.state = 3 AND {Last("s.holder")} = 4
        """);

    private static Statement Answered(int type, string seconds, string held, string where) => new($"""
        {Columns}
        SELECT m.engagement, {type}, {Kind("$3")}, $3, s.project, s.id, {seconds}, {held}, $6
        FROM answer a JOIN slot s ON s.id = a.slot {Engaged("$3")}
        WHERE a.submission = $4 AND a.record = $5 AND a.person = $3{where}
        """);
}
