using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Work.Slots;

namespace Cofferdam.Quality.Figures;

/// <summary>What a project's answers and the decisions on them come to. Read in the order of indexes that hold all that is counted, so that rows need not be looked up.</summary>
internal sealed class AnswerPass
{
    private const string Answers = "SELECT person, submitted_at FROM answer WHERE project = @project ORDER BY project, person, submitted_at";

    // Taken off again: answers to known items, and those that a reviewer wrote in the place of somebody's, which are no work of that reviewer's.
    private const string Apart = """
        SELECT person, submitted_at, correct FROM answer WHERE project = @project AND (correct IS NOT NULL OR corrects IS NOT NULL)
        """;

    private const string Seconds = """
        SELECT seconds FROM answer WHERE project = @project AND person = @person AND seconds IS NOT NULL ORDER BY submitted_at DESC LIMIT 200
        """;

    private const string Decisions = "SELECT person, decided_at, decision FROM review WHERE project = @project ORDER BY project, person, decided_at";

    // Taken off again: the last decision on an answer is the one that stands, a second reviewer's, a batch's, an appeal's.
    private const string Superseded = """
        SELECT r.person, r.decided_at, r.decision
        FROM (SELECT project, answer FROM review WHERE project = @project GROUP BY project, answer HAVING count(*) > 1) d
        JOIN review r ON r.project = d.project AND r.answer = d.answer
        WHERE EXISTS (SELECT 1 FROM review l WHERE l.project = d.project AND l.answer = r.answer AND l.id > r.id)
        """;

    // Taken as they were, without anybody's decision.
    private const string Unseen = "SELECT submitted_at FROM slot WHERE batch = @batch AND state = 3 AND gold = FALSE AND reviewer IS NULL";

    private const long Day = 86_400_000_000;

    private readonly SortedDictionary<long, (long Submitted, long Accepted)> days = [];
    private readonly Dictionary<Guid, Tally> people = [];

    /// <summary>Counts of one person.</summary>
    public sealed class Tally
    {
        public long Submitted { get; set; }

        public long Right { get; set; }

        public long Known { get; set; }

        public long Accepted { get; set; }

        public long Decided { get; set; }

        public List<double> Seconds { get; } = [];

        public double? Median()
        {
            if (Seconds.Count == 0)
                return null;
            Seconds.Sort();
            var middle = Seconds.Count / 2;
            return Seconds.Count % 2 == 1 ? Seconds[middle] : (Seconds[middle - 1] + Seconds[middle]) / 2;
        }
    }

    public IReadOnlyDictionary<Guid, Tally> People => people;

    public IReadOnlyList<DayFigures> Days =>
        [.. days.Where(day => day.Value is not (0, 0)).Select(day => new DayFigures(DateOnly.FromDateTime(Commands.FromMicroseconds(day.Key * Day).UtcDateTime), day.Value.Submitted, day.Value.Accepted))];

    /// <param name="unseen">Batches that take some answers without a review.</param>
    public static async Task<AnswerPass> ReadAsync(DbConnection connection, Guid project, IEnumerable<Guid> unseen, CancellationToken cancellation)
    {
        var pass = new AnswerPass();
        (string, object?) which = ("@project", project);
        await ReadAsync(connection, Answers, row => pass.Answer(row.Id(0), row.GetInt64(1), 1), cancellation, which);
        await ReadAsync(connection, Apart, pass.SetApart, cancellation, which);
        await ReadAsync(connection, Decisions, row => pass.Decide(row, 1), cancellation, which);
        await ReadAsync(connection, Superseded, row => pass.Decide(row, -1), cancellation, which);
        foreach (var batch in unseen)
            await ReadAsync(connection, Unseen, row => pass.Count(row.GetInt64(0), 0, 1), cancellation, ("@batch", batch));
        foreach (var (person, tally) in pass.people)
            await ReadAsync(connection, Seconds, row => tally.Seconds.Add(row.GetDouble(0)), cancellation, which, ("@person", person));
        return pass;
    }

    private static async Task ReadAsync(
        DbConnection connection, string sql, Action<DbDataReader> row, CancellationToken cancellation, params (string, object?)[] values)
    {
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            row(reader);
    }

    private void Answer(Guid whose, long at, int count)
    {
        Of(whose).Submitted += count;
        Count(at, count, 0);
    }

    private void SetApart(DbDataReader row)
    {
        Answer(row.Id(0), row.GetInt64(1), -1);
        if (row.IsDBNull(2))
            return;
        var person = Of(row.Id(0));
        person.Known++;
        person.Right += row.GetBoolean(2) ? 1 : 0;
    }

    private void Decide(DbDataReader row, int count)
    {
        var (person, decision) = (Of(row.Id(0)), (Decision)row.GetInt16(2));
        person.Decided += count;
        // A corrected answer is delivered, but was not right as it was given.
        if (decision is Decision.Accept)
            person.Accepted += count;
        if (decision is Decision.Accept or Decision.Correct)
            Count(row.GetInt64(1), 0, count);
    }

    private void Count(long at, long submitted, long accepted)
    {
        var day = days.GetValueOrDefault(at / Day);
        days[at / Day] = (day.Submitted + submitted, day.Accepted + accepted);
    }

    private Tally Of(Guid person)
    {
        if (!people.TryGetValue(person, out var tally))
            people.Add(person, tally = new Tally());
        return tally;
    }
}
