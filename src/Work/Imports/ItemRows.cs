using System.Data.Common;
using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Imports;

/// <summary>Rows of items in the database, by the batch. Cost goes with the batch, never with the project.</summary>
internal static class ItemRows
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, IVault.MaxRecordsPerAct).Select(i => $"@i{i}")];
    private static readonly string[] Externals = [.. Enumerable.Range(0, IVault.MaxRecordsPerAct).Select(i => $"@e{i}")];

    /// <summary>Which of these fingerprints the project has already.</summary>
    public static async Task<HashSet<string>> KnownAsync(DbConnection connection, Guid project, IReadOnlyList<byte[]> externals, CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (externals.Count == 0)
            return known;
        await using var command = connection.Command(
            $"SELECT external FROM item WHERE project = @project AND external IN ({string.Join(',', Externals.Take(externals.Count))})",
            ("@project", project));
        for (var i = 0; i < externals.Count; i++)
            command.Bind(Externals[i], externals[i]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            known.Add(Convert.ToHexString((byte[])reader.GetValue(0)));
        return known;
    }

    /// <summary>Adds items, in one statement.</summary>
    /// <returns>Ids of those that were added; the others' external ids came to be known meanwhile.</returns>
    public static async Task<HashSet<Guid>> InsertAsync(
        DbConnection connection, Guid project, Guid import, IReadOnlyList<(Guid Id, byte[]? External)> items, CancellationToken cancellation)
    {
        var sql = new StringBuilder("INSERT INTO item (id, project, import, external) VALUES ");
        for (var i = 0; i < items.Count; i++)
            sql.Append(i == 0 ? "" : ",").Append('(').Append(Ids[i]).Append(",@project,@import,").Append(items[i].External is null ? "NULL" : Externals[i]).Append(')');
        sql.Append(" ON CONFLICT DO NOTHING RETURNING id");
        await using var command = connection.Command(sql.ToString(), ("@project", project), ("@import", import));
        for (var i = 0; i < items.Count; i++)
        {
            command.Bind(Ids[i], items[i].Id);
            if (items[i].External is { } external)
                command.Bind(Externals[i], external);
        }

        var added = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            added.Add(reader.Id(0));
        return added;
    }

    /// <summary>Removes everything that an import brought, from the vault and then from the database.</summary>
    public static async Task DiscardAsync(IVault vault, Store store, LabId lab, ProjectId project, Principal by, Guid import, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        while (true)
        {
            var ids = new List<Guid>(IVault.MaxRecordsPerAct);
            await using (var select = connection.Command(
                $"SELECT id FROM item WHERE import = @import AND batch IS NULL ORDER BY id LIMIT {IVault.MaxRecordsPerAct}", ("@import", import)))
            {
                await using var reader = await select.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                    ids.Add(reader.Id(0));
            }

            if (ids.Count == 0)
                return;
            await vault.RemoveAsync(lab, project, by, [.. ids.Select(id => new RecordRef(RecordKind.Item, new RecordId(id)))], cancellation);
            await using var delete = connection.Command(
                "DELETE FROM item WHERE import = @import AND batch IS NULL AND id <= @last", ("@import", import), ("@last", ids[^1]));
            await delete.ExecuteNonQueryAsync(cancellation);
        }
    }
}
