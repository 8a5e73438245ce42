using System.Runtime.CompilerServices;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault.Logs;

/// <summary>Gives a store that was restored from a backup the leaves that were published since.</summary>
/// <remarks>
/// The ledger is whole again, and says of each receipt taken that it was, when, and of what act. What it said besides is
/// lost with the store: a published leaf holds only commitments to it.
/// </remarks>
public static class LogRecovery
{
    // Leaves in one commit.
    private const int Page = 512;

    /// <summary>Takes the missing leaves of a lab from its published log. The node must not be running.</summary>
    /// <param name="slug">The lab's name in addresses.</param>
    /// <param name="published">The log's folder, or where it is served.</param>
    /// <exception cref="VaultInUseException">The node is running.</exception>
    /// <exception cref="IOException">The published log cannot be read.</exception>
    /// <exception cref="HttpRequestException">Its server does not answer.</exception>
    public static async Task<LogRecoveryOutcome> TakeLeavesAsync(VaultOptions options, string slug, LogSource published, CancellationToken cancellation = default)
    {
        await using var node = await VaultNode.OpenAsync(options, cancellation);
        if (node.Store.Labs().FirstOrDefault(lab => lab.Slug == slug) is not { } row)
            return new LogRecoveryOutcome.Refused("The vault's store has no lab of this name.");
        var lab = await node.LabAsync(new LabId(row.Id), cancellation);
        var log = node.Logs.Find(lab.Number)!.Log;
        if (await published.ReadCheckpointAsync(cancellation) is not { } note)
            return new LogRecoveryOutcome.Refused("There is no checkpoint in the published log.");
        if (Checkpoint.Open(note, log.Signer.Verifier) is not CheckpointOpening.Opened { Checkpoint: var checkpoint })
            return new LogRecoveryOutcome.Refused("The checkpoint is not this log's, or its signature is false.");

        var ledger = node.Store.Ledger(lab.Number);
        if (checkpoint.Size <= ledger.Size)
            return new LogRecoveryOutcome.NothingMissing(ledger.Size);
        try
        {
            // All are read and checked before the first is believed.
            var tree = CompactRange.Parse(ledger.Frontier);
            List<byte[]> hashes = [];
            await foreach (var leaf in LeavesAsync(checkpoint.Size, ledger.Size, published, cancellation))
            {
                if (!IsLeaf(leaf, tree.Size, out _))
                    return new LogRecoveryOutcome.Refused($"Entry {tree.Size} of the published log is no leaf of a receipt.");
                hashes.Add(MerkleTree.HashLeaf(leaf.Span));
                tree.Append(hashes[^1]);
            }

            if (!checkpoint.Root.Span.SequenceEqual(tree.Root()))
                return new LogRecoveryOutcome.Refused("The published log does not begin with the receipts of this store, or was changed: another log has to be started.");
            await AppendAsync(node, lab, published, ledger.Size, hashes, cancellation);
            return new LogRecoveryOutcome.Taken(ledger.Size, checkpoint.Size);
        }
        catch (MissingTileException missing)
        {
            return new LogRecoveryOutcome.Refused($"The published log lacks {missing.Tile}.");
        }
    }

    private static async Task AppendAsync(
        VaultNode node, LabKeys lab, LogSource published, long from, List<byte[]> hashes, CancellationToken cancellation)
    {
        var next = from;
        await foreach (var leaves in LeavesAsync(from + hashes.Count, from, published, cancellation).Chunk(Page).WithCancellation(cancellation))
        {
            var first = next;
            next += leaves.Length;
            await node.Sequencer.SubmitAsync(
                new ControlCommand<int>(
                    lab,
                    batch =>
                    {
                        for (var i = 0; i < leaves.Length; i++)
                        {
                            if (!hashes[(int)(first - from) + i].AsSpan().SequenceEqual(MerkleTree.HashLeaf(leaves[i].Span)) || !IsLeaf(leaves[i], first + i, out var facts))
                                throw new IOException("The published log changed while it was read.");
                            batch.AppendTaken(lab, leaves[i].Span, facts);
                        }

                        return leaves.Length;
                    },
                    mendsLog: true),
                cancellation);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> LeavesAsync(
        long size, long from, LogSource published, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var index = from / TilePath.FullWidth; index * TilePath.FullWidth < size; index++)
        {
            var tile = TilePath.At(TilePath.EntryLevel, index, size);
            var bundle = await published.ReadTileAsync(tile, cancellation) ?? throw new MissingTileException(tile);
            EntryBundle.TryRead(bundle, tile.Width, out var entries);
            foreach (var entry in entries.Skip((int)Math.Max(from - (index * TilePath.FullWidth), 0)))
                yield return entry;
        }
    }

    private static bool IsLeaf(ReadOnlyMemory<byte> leaf, long sequence, out LeafFacts facts) =>
        Receipt.TryParseLeaf(leaf.Span, out facts) && facts.Sequence == sequence;
}

/// <summary>What came of taking leaves from a published log.</summary>
public abstract record LogRecoveryOutcome
{
    private LogRecoveryOutcome() { }

    /// <summary>The ledger is as long as the published log.</summary>
    /// <param name="From">Sequence number of the first receipt taken.</param>
    /// <param name="To">Size of the ledger now.</param>
    public sealed record Taken(long From, long To) : LogRecoveryOutcome;

    /// <summary>The store has all that was published.</summary>
    public sealed record NothingMissing(long Size) : LogRecoveryOutcome;

    /// <summary>Nothing was taken.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Refused(string Why) : LogRecoveryOutcome;
}
