namespace Cofferdam.Vault.Contract;

public partial interface IVault
{
    /// <summary>Receipts, newest first, found through an index; each is read from the receipts themselves.</summary>
    Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(ReceiptQuery query, CancellationToken cancellation = default);

    /// <summary>One receipt; null where there is none of that number.</summary>
    Task<ReceiptEntry?> ReceiptAsync(LabId lab, long sequence, CancellationToken cancellation = default);

    /// <summary>The whole ledger in order, from a sequence number.</summary>
    IAsyncEnumerable<ReceiptEntry> LedgerAsync(LabId lab, long from = 0, CancellationToken cancellation = default);

    /// <summary>Size and root of what is committed; at most a second ahead of the log's checkpoint.</summary>
    Task<LedgerHead> HeadAsync(LabId lab, CancellationToken cancellation = default);

    /// <summary>How the lab's log stands: its key, newest checkpoint, witnesses.</summary>
    Task<LogState> LogAsync(LabId lab, CancellationToken cancellation = default);

    /// <summary>A file of the lab's log: <c>checkpoint</c>, <c>policy</c>, <c>tile/…</c> (C2SP tlog-tiles).</summary>
    /// <returns>Null where the log has no such file.</returns>
    Task<ReadOnlyMemory<byte>?> LogFileAsync(LabId lab, string path, CancellationToken cancellation = default);

    /// <summary>A receipt's <c>.tlog-proof</c> under the newest checkpoint; null where no checkpoint covers it yet.</summary>
    Task<ReadOnlyMemory<byte>?> ProofAsync(LabId lab, long sequence, CancellationToken cancellation = default);

    /// <summary>Hashes that show that the log of one size is a prefix of the log of another.</summary>
    /// <returns>Null where the sizes are not those of this log up to its newest checkpoint.</returns>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ConsistencyAsync(LabId lab, long from, long to, CancellationToken cancellation = default);

    /// <summary>Empties the index of receipts and makes it anew from them.</summary>
    Task RebuildIndexAsync(LabId lab, CancellationToken cancellation = default);
}
