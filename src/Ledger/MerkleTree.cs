using System.Buffers;
using System.Security.Cryptography;

namespace Cofferdam.Ledger;

/// <summary>Hashes of the ledger's Merkle tree (RFC 6962 §2.1, SHA-256) and the checks of its proofs.</summary>
public static class MerkleTree
{
    /// <summary>Length of every hash in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    // Leaves of receipts are near 200 bytes; longer entries take an array.
    private const int OnStack = 1024;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static ReadOnlyMemory<byte> EmptyRoot { get; } = SHA256.HashData([]);

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static byte[] HashLeaf(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[HashBytes];
        HashLeafInto(entry, hash);
        return hash;
    }

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    /// <param name="hash">Takes 32 bytes.</param>
    internal static void HashLeafInto(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        var length = entry.Length + 1;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var message = rented is null ? stackalloc byte[OnStack] : rented;
        message[0] = 0;
        entry.CopyTo(message[1..]);
        TreeHash.Compute(message[..length], hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    /// <param name="left">32 bytes.</param>
    /// <param name="right">32 bytes.</param>
    public static byte[] HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> message = stackalloc byte[1 + (2 * HashBytes)];
        message[0] = 1;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + HashBytes)..]);
        var hash = new byte[HashBytes];
        TreeHash.Compute(message, hash);
        return hash;
    }

    /// <summary>Checks that a leaf is in a tree.</summary>
    /// <param name="index">Zero-based, less than <paramref name="size"/>.</param>
    /// <param name="size">Number of leaves.</param>
    /// <param name="proof">Hashes from the leaf's side to the root's.</param>
    /// <remarks>RFC 9162 §2.1.3.2.</remarks>
    public static bool VerifyInclusion(
        long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<ReadOnlyMemory<byte>> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leafHash.Length != HashBytes || !AllHashes(proof))
            return false;

        var (node, lastNode) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (lastNode == 0)
                return false;
            hash = Climb(ref node, ref lastNode) ? HashNode(sibling.Span, hash) : HashNode(hash, sibling.Span);
        }

        return lastNode == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Checks that an older tree is a prefix of a newer one.</summary>
    /// <param name="size1">Size of the older tree, at least 1: every tree has the empty one as its prefix, and nothing proves it.</param>
    /// <param name="size2">Size of the newer tree.</param>
    /// <param name="proof">Empty where the sizes are equal.</param>
    /// <remarks>RFC 9162 §2.1.4.2.</remarks>
    public static bool VerifyConsistency(
        long size1, long size2, ReadOnlySpan<byte> root1, ReadOnlySpan<byte> root2, IReadOnlyList<ReadOnlyMemory<byte>> proof)
    {
        if (size1 < 1 || size1 > size2 || !AllHashes(proof))
            return false;
        if (size1 == size2)
            return proof.Count == 0 && root1.SequenceEqual(root2);

        // Where the older tree is complete its root is the first hash, and the proof leaves it out.
        var complete = long.IsPow2(size1);
        if (proof.Count == 0 && !complete)
            return false;

        var (node, lastNode) = (size1 - 1, size2 - 1);
        while ((node & 1) == 1)
            (node, lastNode) = (node >> 1, lastNode >> 1);

        var older = complete ? root1.ToArray() : proof[0].ToArray();
        var newer = older;
        for (var i = complete ? 0 : 1; i < proof.Count; i++)
        {
            if (lastNode == 0)
                return false;
            var step = proof[i].Span;
            if (Climb(ref node, ref lastNode))
            {
                older = HashNode(step, older);
                newer = HashNode(step, newer);
            }
            else
            {
                newer = HashNode(newer, step);
            }
        }

        return lastNode == 0 && root1.SequenceEqual(older) && root2.SequenceEqual(newer);
    }

    // Goes up by one hash of a proof. True where that hash stands to the left. A node at the tree's right edge has no
    // sibling to its right on some levels; those are climbed without a hash.
    private static bool Climb(ref long node, ref long lastNode)
    {
        var left = (node & 1) == 1 || node == lastNode;
        if (left)
        {
            while ((node & 1) == 0 && node != 0)
                (node, lastNode) = (node >> 1, lastNode >> 1);
        }

        (node, lastNode) = (node >> 1, lastNode >> 1);
        return left;
    }

    private static bool AllHashes(IReadOnlyList<ReadOnlyMemory<byte>> proof)
    {
        foreach (var hash in proof)
        {
            if (hash.Length != HashBytes)
                return false;
        }

        return true;
    }
}
