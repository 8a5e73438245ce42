using System.Runtime.CompilerServices;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Index;

namespace Cofferdam.Vault;

/// <content>Receipts, and the log that they are in.</content>
public sealed partial class VaultDoor
{
    public async Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(ReceiptQuery query, CancellationToken cancellation = default)
    {
        var lab = await node.LabAsync(query.Lab, cancellation);
        return new ReceiptSearch(node, lab, query).Run();
    }

    public async Task<ReceiptEntry?> ReceiptAsync(LabId lab, long sequence, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return sequence >= 0 && node.Store.Receipt(owner.Number, sequence) is { } row ? node.Entry(owner, row) : null;
    }

    public async IAsyncEnumerable<ReceiptEntry> LedgerAsync(LabId lab, long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 500;
        var owner = await node.LabAsync(lab, cancellation);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = node.Store.ReceiptsFrom(owner.Number, from, page);
            foreach (var row in rows)
                yield return node.Entry(owner, row);
            if (rows.Count < page)
                yield break;
            from = rows[^1].Sequence + 1;
        }
    }

    public async Task<LedgerHead> HeadAsync(LabId lab, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        var ledger = node.Store.Ledger(owner.Number);
        return new LedgerHead(ledger.Size, CompactRange.Parse(ledger.Frontier).Root());
    }

    public Task<LogState> LogAsync(LabId lab, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<ReadOnlyMemory<byte>?> LogFileAsync(LabId lab, string path, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<ReadOnlyMemory<byte>?> ProofAsync(LabId lab, long sequence, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ConsistencyAsync(LabId lab, long from, long to, CancellationToken cancellation = default) => throw new NotImplementedException();

    public async Task RebuildIndexAsync(LabId lab, CancellationToken cancellation = default) =>
        await node.Indexing.RebuildAsync(await node.LabAsync(lab, cancellation), cancellation);

    /// <summary>What of the index and of the receipts' columns differs from the receipts; empty where nothing does.</summary>
    internal async Task<IReadOnlyList<IndexFinding>> CheckIndexAsync(LabId lab, CancellationToken cancellation = default) =>
        new IndexCheck(node, await node.LabAsync(lab, cancellation)).Run(cancellation);
}
