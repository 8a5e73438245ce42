using Cofferdam.Ledger;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>Whether the ledger begins with a tree that somebody remembers.</summary>
internal static class LogHistory
{
    private const int Page = 4_096;

    /// <param name="remembered">Of a size from 1 to the ledger's.</param>
    public static async Task<bool> BeginsWithAsync(LabLog log, VaultStore store, LedgerRow head, Checkpoint remembered, CancellationToken cancellation)
    {
        if (remembered.Size == head.Size)
            return remembered.Root.Span.SequenceEqual(CompactRange.Parse(head.Frontier).Root());

        // The folder was compared with the receipts when it was opened; a proof out of its tiles costs no reading of all of them.
        if (log.Published?.Checkpoint is { } published && published.Size >= remembered.Size)
        {
            try
            {
                var proof = await log.Prover(published.Size).ConsistencyAsync(remembered.Size, cancellation);
                if (MerkleTree.VerifyConsistency(remembered.Size, published.Size, remembered.Root.Span, published.Root.Span, proof))
                    return true;
            }
            catch (MissingTileException)
            {
                // The receipts tell.
            }
        }

        return Root(store, log.Lab, remembered.Size)?.AsSpan().SequenceEqual(remembered.Root.Span) == true;
    }

    private static byte[]? Root(VaultStore store, long lab, long size)
    {
        var tree = new CompactRange();
        while (tree.Size < size)
        {
            var leaves = store.Leaves(lab, tree.Size, (int)Math.Min(Page, size - tree.Size));
            if (leaves.Count == 0)
                return null;
            foreach (var leaf in leaves)
                tree.Append(MerkleTree.HashLeaf(leaf.Span));
        }

        return tree.Root();
    }
}
