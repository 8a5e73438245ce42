using System.Data.Common;
using Cofferdam.Storage;

namespace Cofferdam.Quality.Figures;

/// <summary>What one pass over a project's answers and one over the decisions on them come to. Both are read once, row by row.</summary>
internal sealed class AnswerPass
{
    // Answers that a reviewer wrote in the place of somebody's are no work of that reviewer's.
    private const string Answers = "SELECT person, submitted_at, seconds, correct FROM answer WHERE project = @project AND corrects IS NULL";

    // The last decision on an answer is the one that stands: a second reviewer's, a batch's, an appeal's.
    private const string Decisions = """
        SELECT r.person, r.decided_at, r.decision FROM review r
        WHERE r.project = @project AND NOT EXISTS (SELECT 1 FROM review l WHERE l.answer = r.answer AND l.id > r.id)
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

        public List<float> Seconds { get; } = [];

        public double? Median()
        {
            if (Seconds.Count == 0)
                return null;
            Seconds.Sort();
            var middle = Seconds.Count / 2;
            return Seconds.Count % 2 == 1 ? Seconds[middle] : (Seconds[middle - 1] + (double)Seconds[middle]) / 2;
        }
    }

    public IReadOnlyDictionary<Guid, Tally> People => people;

    public IReadOnlyList<DayFigures> Days =>
        [.. days.Select(day => new DayFigures(DateOnly.FromDateTime(Commands.FromMicroseconds(day.Key * Day).UtcDateTime), day.Value.Submitted, day.Value.Accepted))];

    /// <param name="unseen">Batches that take some answers without a review.</param>
    public static async Task<AnswerPass> ReadAsync(DbConnection connection, Guid project, IEnumerable<Guid> unseen, CancellationToken cancellation)
    {
        var pass = new AnswerPass();
        await using (var command = connection.Command(Answers, ("@project", project)))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                pass.Answer(reader);
        }

        await using (var command = connection.Command(Decisions, ("@project", project)))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                pass.Decision(reader.Id(0), reader.GetInt64(1), reader.GetInt16(2));
        }

        foreach (var batch in unseen)
        {
            await using var command = connection.Command(Unseen, ("@batch", batch));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                pass.Count(reader.GetInt64(0), 0, 1);
        }

        return pass;
    }

    private void Answer(DbDataReader row)
    {
        var person = Of(row.Id(0));
        if (!row.IsDBNull(2))
            person.Seconds.Add((float)row.GetDouble(2));
        if (row.IsDBNull(3))
        {
            person.Submitted++;
            Count(row.GetInt64(1), 1, 0);
            return;
        }

        person.Known++;
        person.Right += row.GetBoolean(3) ? 1 : 0;
    }

    private void Decision(Guid whose, long at, int decision)
    {
        // As in Work's Decision: 1 accept, 3 correct. A corrected answer is delivered, but was not right as it was given.
        var person = Of(whose);
        person.Decided++;
        if (decision == 1)
            person.Accepted++;
        if (decision is 1 or 3)
            Count(at, 0, 1);
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
