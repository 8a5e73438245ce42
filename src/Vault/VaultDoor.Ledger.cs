using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Index;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Logs;
using Cofferdam.Vault.Sequencing;

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

    public async Task<LogState> LogAsync(LabId lab, CancellationToken cancellation = default)
    {
        var open = await LogOfAsync(lab, cancellation);
        var log = open.Log;
        return new LogState(
            log.Origin, log.Signer.Verifier.ToString(), await LogReading.CheckpointAsync(log, cancellation), log.Standing, [.. open.Witnesses.Select(w => w.State)], open.IsQuorum());
    }

    public async Task<ReadOnlyMemory<byte>?> LogFileAsync(LabId lab, string path, CancellationToken cancellation = default) =>
        await LogReading.FileAsync((await LogOfAsync(lab, cancellation)).Log, path, cancellation);

    public async Task<ReadOnlyMemory<byte>?> ProofAsync(LabId lab, long sequence, CancellationToken cancellation = default) =>
        await LogReading.ProofAsync((await LogOfAsync(lab, cancellation)).Log, sequence, cancellation);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ConsistencyAsync(LabId lab, long from, long to, CancellationToken cancellation = default) =>
        await LogReading.ConsistencyAsync((await LogOfAsync(lab, cancellation)).Log, from, to, cancellation);

    public async Task RebuildIndexAsync(LabId lab, CancellationToken cancellation = default) =>
        await node.Indexing.RebuildAsync(await node.LabAsync(lab, cancellation), cancellation);

    /// <summary>What of the index and of the receipts' columns differs from the receipts; empty where nothing does.</summary>
    internal async Task<IReadOnlyList<IndexFinding>> CheckIndexAsync(LabId lab, CancellationToken cancellation = default) =>
        new IndexCheck(node, await node.LabAsync(lab, cancellation)).Run(cancellation);

    /// <summary>Closes a log whose newest leaves are lost, and begins another that names it and the gap. Two people's act.</summary>
    /// <param name="approvedBy">The second of the two; named by a receipt of its own, so that either may be erased.</param>
    /// <returns>Sequence number of the receipt, in the new log: 0.</returns>
    /// <exception cref="InvalidOperationException">The log may grow: there is no reason for another.</exception>
    internal async Task<long> StartNewLogAsync(LabKeys lab, Principal by, Principal approvedBy)
    {
        var log = node.Logs.Find(lab.Number)?.Log;
        if (log is not { Standing: LogStanding.Behind or LogStanding.Forked })
            throw new InvalidOperationException("The log may grow: there is no reason for another.");
        var remembered = Math.Max(log.Remembered, log.Published?.Checkpoint.Size ?? 0);
        var receipt = (long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                lab,
                batch =>
                {
                    var old = batch.BeginNewLog(lab);
                    var first = AppendAct(batch, lab, Act.NewLog, ProjectId.None, by, facts => facts with
                    {
                        Particulars =
                        [
                            new("oldOrigin", old.Origin!),
                            new("oldSize", $"{old.Size}"),
                            new("oldRoot", Convert.ToBase64String(CompactRange.Parse(old.Frontier).Root())),
                            new("witnessedSize", $"{remembered}"),
                            new("gap", $"{Math.Max(remembered - old.Size, 0)}"),
                        ],
                    });
                    AppendAct(batch, lab, Act.Approve, ProjectId.None, approvedBy, facts => facts);
                    return first;
                },
                _ =>
                {
                    node.Logs.Replace(lab);
                    node.Suspensions.Restart(lab.Id);
                    node.DropKeys();
                },
                mendsLog: true),
            CancellationToken.None);
        await node.Logs.WritePolicyAsync(node.Logs.Find(lab.Number)!.Log, CancellationToken.None);
        await NoteProcessAsync(lab.Id, Act.Start, CancellationToken.None);
        return receipt;
    }

    private async Task NameLogAsync(LabId lab, string slug, CancellationToken cancellation)
    {
        CheckSlug(lab, slug);
        var owner = await node.LabAsync(lab, cancellation);
        var named = (bool)await node.Sequencer.SubmitAsync(
            new ControlCommand<bool>(owner, batch =>
                // Wrapped here, between rotations.
                batch.Store.NameLog(owner.Number, slug, node.Logs.OriginOf(slug), LogKeys.New(owner, node.Keys.Fresh(owner).Key))), cancellation);
        await node.Logs.OpenAsync(owner, isNew: named, cancellation);
    }

    internal async Task<OpenLog> LogOfAsync(LabId lab, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return node.Logs.Find(owner.Number) ?? throw new InvalidOperationException("The lab has no log yet; name it first.");
    }

    private void CheckSlug(LabId lab, string slug)
    {
        if (!Slug.IsMatch(slug))
            throw new ArgumentException("A lab's name in addresses is 1 to 40 of a-z, 0-9 and '-'.", nameof(slug));
        if (node.Store.Labs().Any(other => other.Slug == slug && other.Id != lab.Value))
            throw new ArgumentException("Another lab of this vault has that name in addresses, and its log is named by it.", nameof(slug));
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}\\z")]
    private static partial Regex Slug { get; }
}
