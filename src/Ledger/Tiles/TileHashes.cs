using System.Numerics;

namespace Cofferdam.Ledger;

/// <summary>Hashes of a tile, one after the other, 32 bytes each.</summary>
internal static class TileHashes
{
    private const int Hash = MerkleTree.HashBytes;

    /// <summary>One hash of a tile.</summary>
    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> hashes, int index) => hashes.Slice(index * Hash, Hash);

    /// <summary>Root of a complete subtree.</summary>
    /// <param name="hashes">A power of two of them, at most 256.</param>
    public static void Root(ReadOnlySpan<byte> hashes, Span<byte> root)
    {
        Span<byte> level = stackalloc byte[TilePath.FullWidth * Hash];
        Span<byte> node = stackalloc byte[1 + (2 * Hash)];
        node[0] = 1;
        hashes.CopyTo(level);
        for (var count = hashes.Length / Hash; count > 1; count /= 2)
        {
            for (var i = 0; i < count; i += 2)
            {
                level.Slice(i * Hash, 2 * Hash).CopyTo(node[1..]);
                TreeHash.Compute(node, level.Slice(i / 2 * Hash, Hash));
            }
        }

        level[..Hash].CopyTo(root);
    }

    /// <summary>Roots of the complete subtrees that a number of hashes makes, largest first.</summary>
    public static IEnumerable<byte[]> Subtrees(ReadOnlyMemory<byte> hashes)
    {
        for (var count = hashes.Length / Hash; count > 0; count = hashes.Length / Hash)
        {
            var largest = 1 << BitOperations.Log2((uint)count);
            var root = new byte[Hash];
            Root(hashes.Span[..(largest * Hash)], root);
            yield return root;
            hashes = hashes[(largest * Hash)..];
        }
    }
}
