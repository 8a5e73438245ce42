using System.Buffers.Binary;
using System.Numerics;

namespace Cofferdam.Ledger;

/// <summary>A Merkle tree that is only appended to, held as the roots of its complete subtrees (at most 63 hashes).</summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class CompactRange
{
    private readonly List<byte[]> subtrees;

    /// <summary>A tree without leaves.</summary>
    public CompactRange() => subtrees = [];

    private CompactRange(long size, List<byte[]> subtrees)
    {
        Size = size;
        this.subtrees = subtrees;
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Appends a leaf by its hash (<see cref="MerkleTree.HashLeaf"/>).</summary>
    /// <param name="leafHash">32 bytes.</param>
    /// <exception cref="ArgumentException">The hash has another length.</exception>
    public void Append(ReadOnlySpan<byte> leafHash)
    {
        if (leafHash.Length != MerkleTree.HashBytes)
            throw new ArgumentException($"A leaf hash is {MerkleTree.HashBytes} bytes, not {leafHash.Length}.", nameof(leafHash));

        // Every trailing one bit of the size is a subtree that the new leaf completes into the next larger one.
        var hash = leafHash.ToArray();
        for (var bits = Size; (bits & 1) == 1; bits >>= 1)
        {
            hash = MerkleTree.HashNode(subtrees[^1], hash);
            subtrees.RemoveAt(subtrees.Count - 1);
        }

        subtrees.Add(hash);
        Size++;
    }

    /// <summary>Root hash over all leaves, 32 bytes.</summary>
    public byte[] Root()
    {
        if (subtrees.Count == 0)
            return MerkleTree.EmptyRoot.ToArray();

        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--)
            root = MerkleTree.HashNode(subtrees[i], root);
        return subtrees.Count == 1 ? [.. root] : root;
    }

    /// <summary>Everything needed to go on appending later: <c>size u64 ‖ hashes</c>, largest subtree first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(long) + (subtrees.Count * MerkleTree.HashBytes)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < subtrees.Count; i++)
            subtrees[i].CopyTo(bytes, sizeof(long) + (i * MerkleTree.HashBytes));
        return bytes;
    }

    /// <summary>Takes up what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a compact range.</exception>
    public static CompactRange Parse(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length < sizeof(long) ? -1 : BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (size < 0 || bytes.Length != sizeof(long) + (BitOperations.PopCount((ulong)size) * MerkleTree.HashBytes))
            throw new FormatException("These are not the bytes of a compact range.");

        var roots = new List<byte[]>();
        for (var rest = bytes[sizeof(long)..]; !rest.IsEmpty; rest = rest[MerkleTree.HashBytes..])
            roots.Add(rest[..MerkleTree.HashBytes].ToArray());
        return new CompactRange(size, roots);
    }
}
