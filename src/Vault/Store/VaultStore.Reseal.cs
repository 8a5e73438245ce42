using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <content>Records by the key that they are sealed under.</content>
internal abstract partial class VaultStore
{
    // Kept only while something is resealed: it would cost every seal.
    private static readonly string[] KeyIndexes = ["record", "record_history"];

    public void IndexKeys()
    {
        foreach (var table in KeyIndexes)
            Write($"CREATE INDEX IF NOT EXISTS {table}_key ON {table} (key, id)");
    }

    public void DropKeyIndex()
    {
        if (WriterScalar("SELECT count(*) FROM project_key WHERE retired = 1") > 0)
            return;
        foreach (var table in KeyIndexes)
            Write($"DROP INDEX IF EXISTS {table}_key");
    }

    public long CountUnderKey(long lab, Guid project, Guid key) => WriterScalar(
        """
        SELECT (SELECT count(*) FROM record WHERE key = @key AND lab = @lab AND project = @project)
            + (SELECT count(*) FROM record_history h JOIN record r ON r.id = h.id WHERE h.key = @key AND r.lab = @lab AND r.project = @project)
        """,
        ("@key", key), ("@lab", lab), ("@project", project)) ?? 0;

    /// <summary>Records and earlier versions of records that are sealed under a key, with their bytes.</summary>
    /// <param name="bytes">About how many plaintext bytes at most, and one record at least.</param>
    public IReadOnlyList<UnderKeyRow> UnderKey(long lab, Guid project, Guid key, int records, long bytes)
    {
        List<UnderKeyRow> rows = [];
        long sum = 0;
        foreach (var (id, version, history, length) in Versions(lab, project, key, records))
        {
            sum += length;
            if (rows.Count > 0 && sum > bytes)
                break;
            if (Version(id, version, history) is { } head)
                rows.Add(new UnderKeyRow(head, history));
        }

        return rows;
    }

    /// <summary>Puts other sealed bytes in the place of those under an old key.</summary>
    /// <returns>False where they are not there any more: another version is, or the record was removed.</returns>
    public bool Reseal(UnderKeyRow row, Guid oldKey, Guid key, byte[] contentId, byte[] sealedBytes) => Write(
        $"""
        UPDATE {(row.History ? "record_history" : "record")} SET key = @key, content_id = @content, sealed = @sealed
        WHERE id = @id AND version = @version AND key = @old
        """,
        ("@key", key), ("@content", contentId), ("@sealed", sealedBytes), ("@id", row.Head.Id), ("@version", row.Head.Version), ("@old", oldKey)) == 1;

    private List<(Guid Id, long Version, bool History, long Bytes)> Versions(long lab, Guid project, Guid key, int limit) => Query(
        """
        SELECT id, version, 0, bytes FROM record WHERE key = @key AND lab = @lab AND project = @project
        UNION ALL
        SELECT h.id, h.version, 1, h.bytes FROM record_history h JOIN record r ON r.id = h.id WHERE h.key = @key AND r.lab = @lab AND r.project = @project
        LIMIT @limit
        """,
        r => (ReadId(r, 0), r.GetInt64(1), Convert.ToInt64(r.GetValue(2), null) != 0, r.GetInt64(3)),
        ("@key", key), ("@lab", lab), ("@project", project), ("@limit", (long)limit));

    private HeadRow? Version(Guid id, long version, bool history) => Query(
        history
            ? """
              SELECT r.lab, r.project, r.kind, h.version, h.key, h.content_id, h.bytes, h.sealed
              FROM record_history h JOIN record r ON r.id = h.id WHERE h.id = @id AND h.version = @version
              """
            : "SELECT lab, project, kind, version, key, content_id, bytes, sealed FROM record WHERE id = @id AND version = @version",
        r => new HeadRow(
            id, r.GetInt64(0), ReadId(r, 1), (RecordKind)r.GetInt64(2), r.GetInt64(3), ReadId(r, 4), ReadBytes(r, 5), r.GetInt64(6), ReadBytes(r, 7)),
        ("@id", id), ("@version", version)).FirstOrDefault();
}

/// <param name="History">It lies among the earlier versions.</param>
internal sealed record UnderKeyRow(HeadRow Head, bool History);
