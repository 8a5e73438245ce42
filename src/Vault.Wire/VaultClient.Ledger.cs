using System.Runtime.CompilerServices;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Receipts, and the log that they are in.</content>
public sealed partial class VaultClient
{
    public async Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(ReceiptQuery query, CancellationToken cancellation = default)
    {
        List<ReceiptEntry> receipts = [];
        while (true)
        {
            var page = await AskAsync<ReceiptQuery, ReceiptPage>(bulk, Verb.Receipts, query, cancellation);
            receipts.AddRange(page.Receipts);
            if (page.Last)
                return receipts;
            query = query with { Before = receipts[^1].Sequence, Limit = query.Limit - page.Receipts.Count };
        }
    }

    public Task<ReceiptEntry?> ReceiptAsync(LabId lab, long sequence, CancellationToken cancellation = default) =>
        AskAsync<ReceiptCall, ReceiptEntry?>(bulk, Verb.Receipt, new ReceiptCall(lab, sequence), cancellation);

    public async IAsyncEnumerable<ReceiptEntry> LedgerAsync(LabId lab, long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var page = await AskAsync<ReceiptCall, ReceiptPage>(bulk, Verb.Ledger, new ReceiptCall(lab, from), cancellation);
            foreach (var receipt in page.Receipts)
                yield return receipt;
            if (page.Last)
                yield break;
            from = page.Receipts[^1].Sequence + 1;
        }
    }

    public Task<LedgerHead> HeadAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, LedgerHead>(quick, Verb.Head, new LabCall(lab), cancellation);

    public Task<LogState> LogAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, LogState>(bulk, Verb.Log, new LabCall(lab), cancellation);

    public Task<ReadOnlyMemory<byte>?> LogFileAsync(LabId lab, string path, CancellationToken cancellation = default) =>
        FileAsync(Verb.LogFile, new LogFileCall(lab, path), cancellation);

    public Task<ReadOnlyMemory<byte>?> ProofAsync(LabId lab, long sequence, CancellationToken cancellation = default) =>
        FileAsync(Verb.Proof, new ReceiptCall(lab, sequence), cancellation);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ConsistencyAsync(LabId lab, long from, long to, CancellationToken cancellation = default) =>
        AskAsync<ConsistencyCall, IReadOnlyList<ReadOnlyMemory<byte>>?>(bulk, Verb.Consistency, new ConsistencyCall(lab, from, to), cancellation);

    public Task RebuildIndexAsync(LabId lab, CancellationToken cancellation = default) =>
        TellAsync(bulk, Verb.RebuildIndex, new LabCall(lab), cancellation);
}
