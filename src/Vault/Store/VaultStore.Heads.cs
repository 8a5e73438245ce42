using System.Data.Common;
using Cofferdam.Vault.Attestation;

namespace Cofferdam.Vault.Store;

/// <content>Versions that records are at. On the writer's connection: within a batch, what it reads is what it acts upon.</content>
internal abstract partial class VaultStore
{
    /// <summary>Versions of a lab's records, those beyond 1, and of its rows on people and keys.</summary>
    public Dictionary<Guid, long> Versions(long lab)
    {
        var versions = WriterQuery(
            "SELECT id, version FROM record WHERE lab = @lab AND version > 1",
            r => (Record: ReadId(r, 0), Version: r.GetInt64(1)), ("@lab", lab)).ToDictionary(row => row.Record, row => row.Version);
        foreach (var row in AttestationRows(lab, after: 0))
            versions[Attestation.AttestationRow.HeadOf(row.Kind, row.Id)] = row.Version;
        return versions;
    }

    /// <summary>Records whose head is no later than what their history has, with both.</summary>
    public IReadOnlyList<(Guid Record, long Version, long Latest)> HeadsBehindHistory(long lab) => WriterQuery(
        """
        SELECT r.id, r.version, max(h.version) FROM record r JOIN record_history h ON h.id = r.id
        WHERE r.lab = @lab GROUP BY r.id, r.version HAVING max(h.version) >= r.version
        """,
        r => (ReadId(r, 0), r.GetInt64(1), r.GetInt64(2)), ("@lab", lab));

    public bool HasReceiptsBeyond(long lab, long size) => WriterScalar(
        "SELECT id FROM receipt WHERE id >= @low AND id < @high LIMIT 1",
        ("@low", ReceiptRow.IdOf(lab, size)), ("@high", ReceiptRow.IdOf(lab + 1, 0))) is not null;

    private List<T> WriterQuery<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = WriterCommand(sql);
        Bind(command, parameters);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
