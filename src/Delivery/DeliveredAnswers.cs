using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Cofferdam.Storage;

namespace Cofferdam.Delivery;

/// <summary>
/// What each item's accepted answers were when a delivery was made, kept for every item of the project whether or not it
/// went into the package: so that a later one can tell what has changed since.
/// </summary>
internal sealed class DeliveredAnswers(Store store, DeliveryRow delivery, bool restricted)
{
    /// <summary>Items kept in one transaction.</summary>
    private const int Together = 2_000;

    /// <summary>Rows of one statement: three parameters each, far below what either database takes.</summary>
    private const int RowsPerStatement = 50;

    private readonly List<(Guid Item, byte[] Answers)> waiting = new(Together);

    /// <summary>Forgets what an earlier attempt at the same delivery kept.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command("DELETE FROM delivered WHERE delivery = @delivery", ("@delivery", delivery.Id));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Items whose accepted answers are others than in the delivery that this one builds on; all where it builds on none.</summary>
    /// <param name="run">In the order of item ids.</param>
    public async Task<IReadOnlyList<AcceptedItem>> ChangedAsync(IReadOnlyList<AcceptedItem> run, CancellationToken cancellation)
    {
        var digests = run.Select(item => item.Digest()).ToList();
        waiting.AddRange(run.Select((item, i) => (item.Id, digests[i])));
        if (waiting.Count >= Together)
            await FlushAsync(cancellation);
        if (delivery.Since is not { } since || run.Count == 0)
            return run;

        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT item, answers FROM delivered WHERE delivery = @since AND item >= @first AND item <= @last",
            ("@since", since), ("@first", run[0].Id), ("@last", run[^1].Id));
        var then = new Dictionary<Guid, byte[]>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            then[reader.Id(0)] = reader.GetFieldValue<byte[]>(1);
        return [.. run.Where((item, i) => !then.TryGetValue(item.Id, out var answers) || !answers.AsSpan().SequenceEqual(digests[i]))];
    }

    /// <summary>Items of the delivery that this one builds on that have no accepted answer any more. To be asked after the last run.</summary>
    public async IAsyncEnumerable<Guid> WithdrawnAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        if (delivery.Since is not { } since)
            yield break;
        var ofBatches = restricted ? "JOIN item i ON i.id = t.item AND i.batch IN (SELECT batch FROM delivery_batch WHERE delivery = @delivery)" : "";
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            $"""
            SELECT t.item FROM delivered t {ofBatches}
            WHERE t.delivery = @since AND NOT EXISTS (SELECT 1 FROM delivered n WHERE n.delivery = @delivery AND n.item = t.item)
            ORDER BY t.item
            """,
            ("@since", since), ("@delivery", delivery.Id));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return reader.Id(0);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return;
        await using var connection = await store.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var rows in waiting.Chunk(RowsPerStatement))
            await InsertAsync(connection, transaction, rows, cancellation);
        await transaction.CommitAsync(cancellation);
        waiting.Clear();
    }

    private async Task InsertAsync(DbConnection connection, DbTransaction transaction, (Guid Item, byte[] Answers)[] rows, CancellationToken cancellation)
    {
        var values = string.Join(", ", Enumerable.Range(0, rows.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"(@delivery, @i{i}, @a{i})")));
        await using var command = connection.Command($"INSERT INTO delivered (delivery, item, answers) VALUES {values}", ("@delivery", delivery.Id));
        command.Transaction = transaction;
        for (var i = 0; i < rows.Length; i++)
        {
            command.Bind($"@i{i}", rows[i].Item);
            command.Bind($"@a{i}", rows[i].Answers);
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
