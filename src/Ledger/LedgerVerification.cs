namespace Cofferdam.Ledger;

/// <summary>One receipt as the ledger hands it out.</summary>
/// <param name="Leaf">Canonical leaf bytes.</param>
/// <param name="Salt">32 bytes; empty where the receipt's person was erased.</param>
public readonly record struct LedgerEntry(
    ReadOnlyMemory<byte> Leaf, ReadOnlyMemory<byte> What, ReadOnlyMemory<byte> Who, ReadOnlyMemory<byte> Salt);

/// <summary>What a check of a whole ledger found: that it is sound, or the first thing that is wrong.</summary>
public abstract record LedgerFinding
{
    private LedgerFinding() { }

    /// <summary>Every leaf is there, every commitment fits, and together they have the expected root.</summary>
    /// <param name="Erased">Receipts of persons erased since, as later receipts say: their leaves are there, and nothing tells any more what they commit to.</param>
    public sealed record Sound(long Size, long Erased = 0) : LedgerFinding;

    /// <summary>An entry is not a leaf of this format.</summary>
    /// <param name="Index">Where it stands.</param>
    public sealed record NotALeaf(long Index) : LedgerFinding;

    /// <summary>A leaf stands where another should: one is missing, doubled or moved.</summary>
    public sealed record OutOfSequence(long Index, long Sequence) : LedgerFinding;

    /// <summary>A leaf does not commit to the receipt shown with it.</summary>
    public sealed record NotCommitted(long Index) : LedgerFinding;

    /// <summary>The ledger ended early, or went on.</summary>
    /// <param name="Found">Leaves seen; one more than expected where it went on.</param>
    public sealed record WrongSize(long Expected, long Found) : LedgerFinding;

    /// <summary>All leaves are well formed, and at least one is not what it was.</summary>
    /// <param name="Found">The root over the leaves as they are, 32 bytes.</param>
    public sealed record WrongRoot(ReadOnlyMemory<byte> Found) : LedgerFinding;
}

/// <summary>Checks a whole ledger against a size and root that were kept elsewhere.</summary>
public static class LedgerVerification
{
    /// <summary>Reads the ledger once, at constant memory.</summary>
    /// <param name="entries">From sequence number 0, in order.</param>
    /// <param name="expectedSize">Number of receipts.</param>
    /// <param name="expectedRoot">RFC 6962 root over their leaves, 32 bytes.</param>
    /// <returns>The first thing wrong, in the order of the ledger.</returns>
    public static async Task<LedgerFinding> VerifyAsync(
        IAsyncEnumerable<LedgerEntry> entries, long expectedSize, ReadOnlyMemory<byte> expectedRoot, CancellationToken cancellation = default)
    {
        var tree = new CompactRange();
        var erased = new ErasedReceipts();
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            if (tree.Size == expectedSize)
                return new LedgerFinding.WrongSize(expectedSize, tree.Size + 1);
            if (!Receipt.TryParseLeaf(entry.Leaf.Span, out var leaf))
                return new LedgerFinding.NotALeaf(tree.Size);
            if (leaf.Sequence != tree.Size)
                return new LedgerFinding.OutOfSequence(tree.Size, leaf.Sequence);
            if (entry.Salt.IsEmpty ? !erased.TryAdd(entry) : !Receipt.Verify(entry.Leaf.Span, entry.What.Span, entry.Who.Span, entry.Salt.Span))
                return new LedgerFinding.NotCommitted(tree.Size);
            erased.Note(leaf, entry);
            tree.Append(MerkleTree.HashLeaf(entry.Leaf.Span));
        }

        if (tree.Size != expectedSize)
            return new LedgerFinding.WrongSize(expectedSize, tree.Size);
        if (erased.FirstUnexplained is { } index)
            return new LedgerFinding.NotCommitted(index);
        var root = tree.Root();
        return expectedRoot.Span.SequenceEqual(root) ? new LedgerFinding.Sound(tree.Size, erased.Count) : new LedgerFinding.WrongRoot(root);
    }
}
