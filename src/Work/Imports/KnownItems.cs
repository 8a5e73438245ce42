using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Work.Imports;

/// <summary>An item that the project has already.</summary>
/// <param name="Gold">Record of its known answers.</param>
/// <param name="Taken">Somebody works on it or has answered it.</param>
internal sealed record KnownItem(Guid Id, Guid? Gold, bool Taken);

/// <summary>Items found again by their external ids, and given a new version.</summary>
internal static class KnownItems
{
    private static readonly string[] Names = [.. Enumerable.Range(0, IVault.MaxRecordsPerAct).Select(i => $"@e{i}")];

    /// <summary>Which of these fingerprints the project has, by their hexadecimal digits.</summary>
    /// <param name="externals">At most <see cref="IVault.MaxRecordsPerAct"/>.</param>
    public static async Task<Dictionary<string, KnownItem>> FindAsync(DbConnection connection, Guid project, IReadOnlyList<byte[]> externals, CancellationToken cancellation)
    {
        var known = new Dictionary<string, KnownItem>(StringComparer.Ordinal);
        if (externals.Count == 0)
            return known;
        await using var command = connection.Command(
            $"""
             SELECT i.external, i.id, i.gold, EXISTS (SELECT 1 FROM slot s WHERE s.item = i.id AND s.state NOT IN (0, 6))
             FROM item i WHERE i.project = @project AND i.external IN ({string.Join(',', Names.Take(externals.Count))})
             """,
            ("@project", project));
        for (var i = 0; i < externals.Count; i++)
            command.Add(Names[i], externals[i]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            known[Convert.ToHexString((byte[])reader.GetValue(0))] = new KnownItem(
                reader.Id(1), await reader.IsDBNullAsync(2, cancellation) ? null : reader.Id(2), Convert.ToBoolean(reader.GetValue(3)));
        }

        return known;
    }

    /// <summary>Changes the rows of items whose records have a new version.</summary>
    public static async Task UpdateAsync(DbConnection connection, Guid project, IReadOnlyList<NewItem> items, CancellationToken cancellation)
    {
        if (items.Count == 0)
            return;
        await using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(cancellation);
        foreach (var item in items)
        {
            await using var update = connection.Command("UPDATE item SET image = @image, gold = @gold WHERE id = @id", ("@id", item.Id));
            BindId(update, "@image", item.Image);
            BindId(update, "@gold", item.Gold);
            await update.ExecuteNonQueryAsync(cancellation);
            await using var facets = connection.Command("DELETE FROM item_facet WHERE item = @id", ("@id", item.Id));
            await facets.ExecuteNonQueryAsync(cancellation);
        }

        await ItemRows.InsertFacetsAsync(connection, project, items, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // PostgreSQL must be told the type of a null.
    private static void BindId(DbCommand command, string name, Guid? id)
    {
        command.Bind(name, id);
        if (id is null && command is Npgsql.NpgsqlCommand postgres)
            postgres.Parameters[name].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid;
    }
}
