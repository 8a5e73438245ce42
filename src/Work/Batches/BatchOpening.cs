using System.Data.Common;
using System.Security.Cryptography;
using Cofferdam.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Cofferdam.Work.Batches;

/// <summary>Makes the slots of a batch: every item that is in none yet, item by item, so that the queue goes through items in order.</summary>
/// <remarks>
/// Runs in steps that commit by themselves: work on the first slots can begin while the last are made, other writers
/// get their turn, and a stop in between leaves whole items only, to be gone on with.
/// </remarks>
internal sealed class BatchOpening(Store store, TimeProvider time)
{
    private const int ItemsPerStep = 10_000;

    private const string Columns = "id, project, batch, item, ordinal, flipped, guideline_version, form_version, state, drafted";

    /// <summary>Makes the slots that are still missing and marks the batch open.</summary>
    /// <returns>Items in the batch.</returns>
    public async Task<long> FillAsync(Batch batch, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        var ids = new RisingIds(time.GetUtcNow());
        while (await StepAsync(connection, batch, ids, cancellation))
        {
        }

        await using var done = connection.Command("UPDATE batch SET state = CASE state WHEN 0 THEN 1 ELSE state END WHERE id = @id RETURNING items", ("@id", batch.Id));
        return Convert.ToInt64(await done.ExecuteScalarAsync(cancellation));
    }

    private static async Task<bool> StepAsync(DbConnection connection, Batch batch, RisingIds ids, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Imports that are done, and only those that were done when the batch was opened: a later one waits for the next batch.
        var items = new List<Guid>(ItemsPerStep);
        // Items whose answer is known are shown now and then, and never have slots to be counted.
        await using (var select = connection.Command(
            $"""
             SELECT i.id FROM import f JOIN item i ON i.import = f.id AND i.batch IS NULL
             WHERE f.project = @project AND f.state = 2 AND f.ended_at <= @opened AND i.gold IS NULL{FacetFilter.Condition(batch.Filter)}
             ORDER BY f.id, i.id LIMIT @step
             """, [.. FacetFilter.Values(batch.Filter), ("@project", batch.Project), ("@opened", batch.OpenedAt), ("@step", await StepOfAsync(connection, batch, cancellation))]))
        {
            await using var reader = await select.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                items.Add(reader.Id(0));
        }

        if (items.Count > 0)
        {
            if (connection is NpgsqlConnection postgres)
                await CopyAsync(postgres, batch, items, ids, cancellation);
            else
                Insert((SqliteConnection)connection, batch, items, ids);
            await using var count = connection.Command(
                "UPDATE batch SET items = items + @count, slots = slots + @slots WHERE id = @id",
                ("@count", items.Count), ("@slots", (long)items.Count * batch.Overlap), ("@id", batch.Id));
            await count.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return items.Count > 0;
    }

    private static async Task<long> StepOfAsync(DbConnection connection, Batch batch, CancellationToken cancellation)
    {
        if (batch.MostItems is not { } most)
            return ItemsPerStep;
        await using var taken = connection.Command("SELECT items FROM batch WHERE id = @id", ("@id", batch.Id));
        return Math.Min(ItemsPerStep, most - Convert.ToInt64(await taken.ExecuteScalarAsync(cancellation)));
    }

    private static void Insert(SqliteConnection connection, Batch batch, List<Guid> items, RisingIds ids)
    {
        using var insert = (SqliteCommand)connection.Command(
            $"INSERT INTO slot ({Columns}) VALUES (@id, @project, @batch, @item, @ordinal, @flipped, @guidelines, @form, 0, 0)",
            ("@id", Guid.Empty), ("@project", batch.Project), ("@batch", batch.Id), ("@item", Guid.Empty), ("@ordinal", 0), ("@flipped", 0),
            ("@guidelines", batch.GuidelineVersion), ("@form", batch.FormVersion));
        using var mark = (SqliteCommand)connection.Command("UPDATE item SET batch = @batch WHERE id = @item", ("@batch", batch.Id), ("@item", Guid.Empty));
        var (id, item, ordinal, flipped) = (insert.Parameters["@id"], insert.Parameters["@item"], insert.Parameters["@ordinal"], insert.Parameters["@flipped"]);
        insert.Prepare();
        mark.Prepare();
        foreach (var one in items)
        {
            var bytes = one.ToByteArray(true);
            mark.Parameters["@item"].Value = item.Value = bytes;
            mark.ExecuteNonQuery();
            var left = Left();
            for (var k = 0; k < batch.Overlap; k++)
            {
                id.Value = ids.NextWithGap().ToByteArray(true);
                ordinal.Value = k;
                flipped.Value = Flipped(left, k) ? 1 : 0;
                insert.ExecuteNonQuery();
            }
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, Batch batch, List<Guid> items, RisingIds ids, CancellationToken cancellation)
    {
        await using (var mark = connection.Command("UPDATE item SET batch = @batch WHERE id = ANY(@items)", ("@batch", batch.Id), ("@items", items.ToArray())))
            await mark.ExecuteNonQueryAsync(cancellation);
        await using var copy = await connection.BeginBinaryImportAsync($"COPY slot ({Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var item in items)
        {
            var left = Left();
            for (var k = 0; k < batch.Overlap; k++)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(ids.NextWithGap(), NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(batch.Project, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(batch.Id, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(item, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(k, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(Flipped(left, k), NpgsqlDbType.Boolean, cancellation);
                await copy.WriteAsync(batch.GuidelineVersion, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(batch.FormVersion, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync((short)0, NpgsqlDbType.Smallint, cancellation);
                await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellation);
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    // A coin per item, then turn about: over an item's slots each response is on the left as often as the other,
    // give or take one, and nobody can tell which one is.
    private static int Left() => RandomNumberGenerator.GetInt32(2);

    private static bool Flipped(int left, int ordinal) => ((left + ordinal) & 1) == 1;
}
