using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Slots;

namespace Cofferdam.Quality.Figures;

/// <summary>What figures need of a batch's row.</summary>
/// <param name="Skills">Codes that a person must have, parted by spaces.</param>
internal sealed record BatchRow(
    Guid Id, string Code, BatchState State, long Items, long Slots, int Overlap, bool Adaptive, DateTimeOffset? Deadline, long? Price, string? Currency,
    int ReviewPercent, string Skills, string Languages, AcceptanceState? Acceptance)
{
    private const string All = """
        SELECT b.id, b.code, b.state, b.items, b.slots, b.overlap, b.adaptive, b.deadline, b.price, b.currency, b.review_percent, b.skills, b.languages,
          (SELECT a.state FROM acceptance a WHERE a.batch = b.id ORDER BY a.number DESC LIMIT 1)
        FROM batch b WHERE b.project = @project ORDER BY b.id
        """;

    public bool SeveralAnswer => Overlap > 1;

    public static async Task<List<BatchRow>> ReadAsync(DbConnection connection, Guid project, CancellationToken cancellation)
    {
        await using var command = connection.Command(All, ("@project", project));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<BatchRow>();
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(new BatchRow(
                row.Id(0), row.GetString(1), (BatchState)row.GetInt16(2), row.GetInt64(3), row.GetInt64(4), row.GetInt32(5), row.GetBoolean(6),
                row.IsDBNull(7) ? null : Commands.FromMicroseconds(row.GetInt64(7)), row.IsDBNull(8) ? null : row.GetInt64(8),
                row.IsDBNull(9) ? null : row.GetString(9), row.GetInt32(10), row.GetString(11), row.GetString(12),
                row.IsDBNull(13) ? null : (AcceptanceState)row.GetInt16(13)));
        }

        return rows;
    }
}

/// <summary>Slots of each batch by state, each state from the index that holds it.</summary>
internal static class BatchReading
{
    private static readonly (int State, string Sql)[] PerBatch =
    [
        (0, "SELECT count(*) FROM slot WHERE batch = @batch AND state = 0 AND gold = FALSE"),
        (3, "SELECT count(*) FROM slot WHERE batch = @batch AND state = 3 AND gold = FALSE"),
        (6, "SELECT count(*) FROM slot WHERE batch = @batch AND state = 6 AND gold = FALSE"),
    ];

    // Each with a partial index of its own.
    private static readonly string[] PerProject =
    [
        "SELECT batch, state, count(*) FROM slot WHERE project = @project AND state = 2 AND gold = FALSE GROUP BY batch, state",
        "SELECT batch, state, count(*) FROM slot WHERE project = @project AND state = 5 AND gold = FALSE GROUP BY batch, state",
    ];

    // In people's hands there are few at a time: sought by whose they are.
    private const string InHand = """
        SELECT batch, state, count(*) FROM slot WHERE project = @project AND holder = @holder AND state = @state AND gold = FALSE GROUP BY batch, state
        """;

    /// <summary>By batch, without agreement.</summary>
    /// <param name="held">States in which each person has slots.</param>
    public static async Task<Dictionary<Guid, BatchFigures>> ReadAsync(
        DbConnection connection, Guid project, IReadOnlyList<BatchRow> rows, IReadOnlyDictionary<Guid, Dictionary<SlotState, long>> held, CancellationToken cancellation)
    {
        var counts = rows.ToDictionary(row => row.Id, _ => new long[7]);
        foreach (var row in rows)
        {
            foreach (var (state, sql) in PerBatch)
            {
                await using var command = connection.Command(sql, ("@batch", row.Id));
                counts[row.Id][state] = Convert.ToInt64(await command.ExecuteScalarAsync(cancellation));
            }
        }

        foreach (var sql in PerProject)
        {
            await using var command = connection.Command(sql, ("@project", project));
            await AddAsync(command, counts, cancellation);
        }

        foreach (var (person, states) in held)
        {
            foreach (var state in states.Keys.Where(state => state is SlotState.Leased or SlotState.Returned))
            {
                await using var command = connection.Command(InHand, ("@project", project), ("@holder", person), ("@state", (long)state));
                await AddAsync(command, counts, cancellation);
            }
        }

        return rows.ToDictionary(row => row.Id, row => View(row, counts[row.Id]));
    }

    private static async Task AddAsync(DbCommand command, Dictionary<Guid, long[]> counts, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            // A batch that was opened a moment ago waits for the next count.
            if (counts.TryGetValue(reader.Id(0), out var states))
                states[reader.GetInt16(1)] += reader.GetInt64(2);
        }
    }

    private static BatchFigures View(BatchRow row, long[] states) => new(
        row.Id, row.Code, row.State, row.Items, row.Overlap, row.Deadline,
        states[0], states[1], states[2], states[3], states[4], states[5], states[6],
        row.Price * states[3], row.Price is null ? null : row.Currency, Agreement: null, row.Acceptance);
}
