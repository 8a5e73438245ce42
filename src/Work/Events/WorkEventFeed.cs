using System.Data.Common;
using Cofferdam.Storage;

namespace Cofferdam.Work.Events;

/// <summary>A work event with its number, as it goes to the vendor.</summary>
/// <param name="Totals">Of a <see cref="WorkEventType.DayTotal"/>; otherwise empty.</param>
public sealed record NumberedEvent(
    long Sequence, WorkEventType Type, WorkKind? Kind, Guid? Person, Guid? Project, Guid? Assignment, double? Seconds, byte? Reason, DateTimeOffset At,
    IReadOnlyList<WorkTotal> Totals);

/// <summary>How often one thing happened in a day, and the time counted on it.</summary>
public sealed record WorkTotal(WorkEventType Type, WorkKind Kind, int Count, double Seconds);

/// <summary>An engagement's work events in the order of their numbers.</summary>
/// <remarks>
/// Numbers are given here and not where events are written: there, every change to a slot of the engagement would wait for
/// the one before, on all servers. What is committed later gets the higher number, and of one assignment that is always what
/// happened later.
/// </remarks>
public sealed class WorkEventFeed(Store store, TimeProvider time)
{
    /// <summary>Rung where something is to be told at once.</summary>
    public Bell Bell { get; } = new();

    private const int MostAtOnce = 10_000;

    // A day is counted when nothing of it is under way any more.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestHeld = TimeSpan.FromDays(7);

    private const string Waiting = "engagement = @engagement AND sequence IS NULL AND total IS NULL AND held = FALSE";

    private const string Day = "at - at % CAST(86400000000 AS bigint)";

    /// <summary>Days that began before this one are over.</summary>
    private long Today
    {
        get
        {
            var now = (time.GetUtcNow() - Grace).ToMicroseconds();
            return now - (now % (24L * 60 * 60 * 1_000_000));
        }
    }

    /// <summary>Numbers what is to be told, in one transaction and under the engagement's row.</summary>
    /// <param name="totals">Work is told as one total per person and day, once the day (UTC) is over; all else at once.</param>
    /// <returns>The last number given, now or before.</returns>
    public async Task<long> NumberAsync(Guid engagement, bool totals, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        // Nothing to do is the rule, and takes no lock.
        if (!await AnyAsync(connection, engagement, totals, cancellation))
            return await LastAsync(connection, engagement, "", cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var last = await LastAsync(connection, engagement, store.IsSqlite ? "" : "FOR UPDATE", cancellation);
        if (totals)
            await TotalAsync(connection, engagement, cancellation);

        await using var numbering = connection.Command(
            $"""
             UPDATE work_event SET sequence = n.number
             FROM (SELECT id AS one, @last + row_number() OVER (ORDER BY id) AS number FROM work_event
               WHERE {Waiting} {(totals ? $"AND type > {(byte)WorkEvent.LastOfWork}" : "")} ORDER BY id LIMIT {MostAtOnce}) n
             WHERE work_event.id = n.one
             """, ("@engagement", engagement), ("@last", last));
        var numbered = await numbering.ExecuteNonQueryAsync(cancellation);
        if (numbered > 0)
        {
            await using var keeping = connection.Command("UPDATE engagement SET last_event = @last WHERE id = @engagement", ("@engagement", engagement), ("@last", last + numbered));
            await keeping.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return last + numbered;
    }

    /// <summary>Tells what was held for longer than a week: nothing of the person's was decided on since.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "UPDATE work_event SET held = FALSE, at = @now WHERE held = TRUE AND at < @before", ("@now", now), ("@before", now - LongestHeld));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Events after a number, in order; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<NumberedEvent>> ReadAsync(Guid engagement, long after, int limit, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        var totals = await TotalsAsync(connection, engagement, after, limit, cancellation);
        await using var command = connection.Command(
            """
            SELECT sequence, type, kind, person, project, assignment, seconds, reason, at, id FROM work_event
            WHERE engagement = @engagement AND sequence > @after AND sequence <= @until ORDER BY sequence
            """, ("@engagement", engagement), ("@after", after), ("@until", after + limit));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<NumberedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(new NumberedEvent(
                reader.GetInt64(0), (WorkEventType)reader.GetInt16(1), reader.IsDBNull(2) ? null : (WorkKind)reader.GetInt16(2),
                IdOrNull(reader, 3), IdOrNull(reader, 4), IdOrNull(reader, 5), reader.IsDBNull(6) ? null : reader.GetDouble(6),
                reader.IsDBNull(7) ? null : (byte)reader.GetInt16(7), Commands.FromMicroseconds(reader.GetInt64(8)),
                totals.GetValueOrDefault(reader.GetInt64(9)) ?? []));
        }

        return events;
    }

    private async Task<bool> AnyAsync(DbConnection connection, Guid engagement, bool totals, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            $"SELECT 1 FROM work_event WHERE {Waiting} AND (@totals = 0 OR type > {(byte)WorkEvent.LastOfWork} OR at < @today) LIMIT 1",
            ("@engagement", engagement), ("@totals", totals ? 1 : 0), ("@today", Today));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private static async Task<long> LastAsync(DbConnection connection, Guid engagement, string hold, CancellationToken cancellation)
    {
        await using var command = connection.Command($"SELECT last_event FROM engagement WHERE id = @engagement {hold}", ("@engagement", engagement));
        return await command.ExecuteScalarAsync(cancellation) is long last ? last : throw new InvalidOperationException("There is no such engagement.");
    }

    // What is committed after its day was counted is counted in another total of the same day: nothing is lost.
    private async Task TotalAsync(DbConnection connection, Guid engagement, CancellationToken cancellation)
    {
        var over = $"{Waiting} AND type <= {(byte)WorkEvent.LastOfWork} AND at < @today";
        await using var making = connection.Command(
            $"""
             INSERT INTO work_event (engagement, type, person, held, at)
             SELECT @engagement, {(byte)WorkEventType.DayTotal}, d.person, FALSE, d.day
             FROM (SELECT DISTINCT person, {Day} AS day FROM work_event WHERE {over}) d ORDER BY d.day, d.person
             """, ("@engagement", engagement), ("@today", Today));
        if (await making.ExecuteNonQueryAsync(cancellation) == 0)
            return;
        await using var counting = connection.Command(
            $"""
             UPDATE work_event SET total = (SELECT t.id FROM work_event t WHERE t.engagement = @engagement AND t.sequence IS NULL AND t.total IS NULL AND t.held = FALSE
               AND t.type = {(byte)WorkEventType.DayTotal} AND t.person = work_event.person AND t.at = work_event.at - work_event.at % CAST(86400000000 AS bigint))
             WHERE {over}
             """, ("@engagement", engagement), ("@today", Today));
        await counting.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Dictionary<long, List<WorkTotal>>> TotalsAsync(DbConnection connection, Guid engagement, long after, int limit, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            """
            SELECT e.total, e.type, e.kind, count(*), COALESCE(sum(e.seconds), 0.0) FROM work_event t JOIN work_event e ON e.total = t.id
            WHERE t.engagement = @engagement AND t.sequence > @after AND t.sequence <= @until AND t.type = 15
            GROUP BY e.total, e.type, e.kind ORDER BY e.total, e.kind, e.type
            """, ("@engagement", engagement), ("@after", after), ("@until", after + limit));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var totals = new Dictionary<long, List<WorkTotal>>();
        while (await reader.ReadAsync(cancellation))
        {
            if (!totals.TryGetValue(reader.GetInt64(0), out var some))
                totals.Add(reader.GetInt64(0), some = []);
            some.Add(new WorkTotal((WorkEventType)reader.GetInt16(1), (WorkKind)reader.GetInt16(2), reader.GetInt32(3), reader.GetDouble(4)));
        }

        return totals;
    }

    private static Guid? IdOrNull(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Id(column);
}
