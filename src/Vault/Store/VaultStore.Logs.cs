using Cofferdam.Ledger;

namespace Cofferdam.Vault.Store;

/// <content>Logs: names, keys, leaves, and logs that were closed.</content>
internal abstract partial class VaultStore
{
    /// <summary>Holds a lab's log while its files are written; null where this process has the store to itself.</summary>
    public virtual Task<IAsyncDisposable?> HoldLogAsync(long lab, CancellationToken cancellation) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Names a lab's log and gives it its key.</summary>
    /// <returns>False where it is named already.</returns>
    public bool NameLog(long lab, string slug, string origin, LogKeyRow key)
    {
        if (Write("UPDATE lab SET slug = @slug WHERE number = @lab AND slug IS NULL", ("@slug", slug), ("@lab", lab)) == 0)
            return false;
        Write("UPDATE ledger SET origin = @origin WHERE lab = @lab", ("@origin", origin), ("@lab", lab));
        Write("INSERT INTO log_key (lab, wrapped, public) VALUES (@lab, @wrapped, @public)", ("@lab", lab), ("@wrapped", key.Wrapped), ("@public", key.Public));
        return true;
    }

    public LogKeyRow? LogKey(long lab) => Query(
        "SELECT wrapped, public FROM log_key WHERE lab = @lab", r => new LogKeyRow(ReadBytes(r, 0), ReadBytes(r, 1)), ("@lab", lab)).FirstOrDefault();

    /// <summary>Leaves in order from a sequence number, up to the first that is missing.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Leaves(long lab, long from, int limit)
    {
        var rows = Query(
            "SELECT id, leaf FROM receipt WHERE id >= @low AND id < @high ORDER BY id LIMIT @limit",
            r => (Id: r.GetInt64(0), Leaf: ReadBytes(r, 1)),
            ("@low", ReceiptRow.IdOf(lab, from)), ("@high", ReceiptRow.IdOf(lab + 1, 0)), ("@limit", (long)limit));
        var next = ReceiptRow.IdOf(lab, from);
        return [.. rows.TakeWhile(row => row.Id == next++).Select(row => new ReadOnlyMemory<byte>(row.Leaf))];
    }

    /// <summary>Closes a log: its receipts move to a number of their own, and an empty log takes its place.</summary>
    /// <exception cref="VaultStoreException">Another writer was there: this process must stop.</exception>
    public LedgerRow BeginNewLog(LedgerRow old, string origin, DateTimeOffset now)
    {
        var number = NextNumber();
        Write(
            "INSERT INTO closed_log (number, lab, log, origin, size, frontier, closed_at) VALUES (@number, @lab, @log, @origin, @size, @frontier, @now)",
            ("@number", number), ("@lab", old.Lab), ("@log", old.Log), ("@origin", old.Origin), ("@size", old.Size), ("@frontier", old.Frontier), ("@now", now));
        Write(
            "UPDATE receipt SET id = id + @by WHERE id >= @low AND id < @high",
            ("@by", ReceiptRow.IdOf(number - old.Lab, 0)), ("@low", ReceiptRow.IdOf(old.Lab, 0)), ("@high", ReceiptRow.IdOf(old.Lab + 1, 0)));
        var made = old with { Size = 0, Frontier = new CompactRange().ToBytes(), Log = old.Log + 1, Origin = origin };
        var moved = Write(
            "UPDATE ledger SET size = 0, frontier = @frontier, log = @log, origin = @origin WHERE lab = @lab AND size = @from AND log = @old",
            ("@frontier", made.Frontier), ("@log", made.Log), ("@origin", origin), ("@lab", old.Lab), ("@from", old.Size), ("@old", old.Log));
        return moved == 1 ? made : throw new VaultStoreException("Another vault process writes to this store. This one has stopped.", isFenced: true);
    }

    /// <summary>The lab's logs that no longer grow, oldest first.</summary>
    public IReadOnlyList<ClosedLogRow> ClosedLogs(long lab) => Query(
        "SELECT number, log, origin, size, frontier FROM closed_log WHERE lab = @lab ORDER BY log",
        r => new ClosedLogRow(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt64(3), ReadBytes(r, 4)), ("@lab", lab));

    /// <summary>Numbers begin anew in a new log: the salt keys that there are hold from its first receipt on.</summary>
    public void CarrySaltKeys(long lab) => Write("UPDATE salt_key SET since = 0 WHERE lab = @lab", ("@lab", lab));

    // Ids of receipts begin with it: those of a lab, and those of a closed log, are never the same.
    private long NextNumber() =>
        WriterScalar("SELECT max(number) + 1 FROM (SELECT number FROM lab UNION ALL SELECT number FROM closed_log) AS taken") ?? 1;
}
