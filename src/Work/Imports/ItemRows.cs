using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Cofferdam.Work.Imports;

/// <summary>An item whose record is sealed and whose row is to be kept.</summary>
/// <param name="Line">Line of its row in the file.</param>
/// <param name="Gold">Record of its known answers.</param>
internal sealed record NewItem(long Line, Guid Id, byte[]? External, Guid? Image, Guid? Gold, IReadOnlyList<(string Facet, string Value)> Facets);

/// <summary>Rows of items in the database, by the batch. Cost goes with the batch, never with the project.</summary>
internal static class ItemRows
{
    /// <summary>Adds items, in one transaction.</summary>
    /// <returns>Those that were not added: their external ids came to be known meanwhile.</returns>
    public static async Task<List<NewItem>> InsertAsync(DbConnection connection, Guid project, Guid import, IReadOnlyList<NewItem> items, CancellationToken cancellation)
    {
        if (items.Count == 0)
            return [];
        await using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(cancellation);
        var late = connection is NpgsqlConnection postgres
            ? await InsertAsync(postgres, project, import, items, cancellation)
            : Insert((SqliteConnection)connection, project, import, items);
        await InsertFacetsAsync(connection, project, items.Except(late), cancellation);
        await transaction.CommitAsync(cancellation);
        return late;
    }

    /// <summary>Keeps what items have of the lab's facets, inside the caller's transaction.</summary>
    public static async Task InsertFacetsAsync(DbConnection connection, Guid project, IEnumerable<NewItem> items, CancellationToken cancellation)
    {
        await using var insert = connection.Command("INSERT INTO item_facet (item, facet, value, project) VALUES (@item, @facet, @value, @project)", ("@project", project));
        foreach (var item in items)
        {
            foreach (var (facet, value) in item.Facets)
            {
                insert.Bind("@item", item.Id);
                insert.Bind("@facet", facet);
                insert.Bind("@value", value);
                await insert.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    /// <summary>Removes everything that an import brought and nobody has a slot of, from the vault and then from the database.</summary>
    public static async Task DiscardAsync(IVault vault, Store store, LabId lab, ProjectId project, Principal by, Guid import, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        while (true)
        {
            // An item and its known answers are two records.
            var ids = new List<Guid>(IVault.MaxRecordsPerAct / 2);
            var records = new List<RecordRef>(IVault.MaxRecordsPerAct);
            await using (var select = connection.Command(
                $"SELECT id, gold FROM item WHERE import = @import AND batch IS NULL ORDER BY id LIMIT {IVault.MaxRecordsPerAct / 2}", ("@import", import)))
            {
                await using var reader = await select.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                {
                    ids.Add(reader.Id(0));
                    records.Add(new RecordRef(RecordKind.Item, new RecordId(ids[^1])));
                    if (!await reader.IsDBNullAsync(1, cancellation))
                        records.Add(new RecordRef(RecordKind.Gold, new RecordId(reader.Id(1))));
                }
            }

            if (ids.Count == 0)
                return;
            await vault.RemoveAsync(lab, project, by, records, cancellation);
            await using var facets = connection.Command(
                "DELETE FROM item_facet WHERE item IN (SELECT id FROM item WHERE import = @import AND batch IS NULL AND id <= @last)", ("@import", import), ("@last", ids[^1]));
            await facets.ExecuteNonQueryAsync(cancellation);
            await using var delete = connection.Command(
                "DELETE FROM item WHERE import = @import AND batch IS NULL AND id <= @last", ("@import", import), ("@last", ids[^1]));
            await delete.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static List<NewItem> Insert(SqliteConnection connection, Guid project, Guid import, IReadOnlyList<NewItem> items)
    {
        var late = new List<NewItem>();
        using var insert = (SqliteCommand)connection.Command(
            "INSERT INTO item (id, project, import, external, image, gold) VALUES (@id, @project, @import, @external, @image, @gold) ON CONFLICT DO NOTHING",
            ("@id", null), ("@project", project), ("@import", import), ("@external", null), ("@image", null), ("@gold", null));
        var (id, external, image, gold) = (insert.Parameters["@id"], insert.Parameters["@external"], insert.Parameters["@image"], insert.Parameters["@gold"]);
        insert.Prepare();
        foreach (var item in items)
        {
            id.Value = item.Id.ToByteArray(bigEndian: true);
            external.Value = item.External ?? (object)DBNull.Value;
            image.Value = item.Image?.ToByteArray(bigEndian: true) ?? (object)DBNull.Value;
            gold.Value = item.Gold?.ToByteArray(bigEndian: true) ?? (object)DBNull.Value;
            if (insert.ExecuteNonQuery() == 0)
                late.Add(item);
        }

        return late;
    }

    private static async Task<List<NewItem>> InsertAsync(NpgsqlConnection connection, Guid project, Guid import, IReadOnlyList<NewItem> items, CancellationToken cancellation)
    {
        await using var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO item (id, project, import, external, image, gold)
            SELECT u.id, @project, @import, u.external, u.image, u.gold FROM unnest(@ids, @externals, @images, @golds) AS u (id, external, image, gold)
            ON CONFLICT DO NOTHING RETURNING id
            """;
        insert.Parameters.AddWithValue("@project", project);
        insert.Parameters.AddWithValue("@import", import);
        insert.Parameters.AddWithValue("@ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid, items.Select(item => item.Id).ToArray());
        insert.Parameters.AddWithValue("@externals", NpgsqlDbType.Array | NpgsqlDbType.Bytea, items.Select(item => item.External).ToArray());
        insert.Parameters.AddWithValue("@images", NpgsqlDbType.Array | NpgsqlDbType.Uuid, items.Select(item => item.Image).ToArray());
        insert.Parameters.AddWithValue("@golds", NpgsqlDbType.Array | NpgsqlDbType.Uuid, items.Select(item => item.Gold).ToArray());
        var added = new HashSet<Guid>(items.Count);
        await using var reader = await insert.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            added.Add(reader.GetGuid(0));
        return [.. items.Where(item => !added.Contains(item.Id))];
    }
}
