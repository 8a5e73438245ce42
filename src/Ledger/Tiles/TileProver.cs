using System.Collections.Concurrent;
using System.Numerics;

namespace Cofferdam.Ledger;

/// <summary>Proofs out of the tiles of a log (RFC 6962 §2.1.1 and §2.1.2).</summary>
/// <param name="size">Size of the tree that is proved about; the source has its tiles.</param>
/// <remarks>
/// Tiles of higher levels are used, so that a proof in a log of ten million entries reads six tiles at most. What is read is
/// kept for the next proof, up to <see cref="MaxKept"/> tiles. Tiles are taken as they are: a proof is worth what its
/// verification says.
/// </remarks>
public sealed class TileProver(LogSource source, long size)
{
    /// <summary>Most tiles kept, 8 KiB each.</summary>
    public const int MaxKept = 1024;

    private readonly ConcurrentDictionary<(int Level, long Index), ReadOnlyMemory<byte>> kept = new();

    /// <summary>Size of the tree that is proved about.</summary>
    public long Size { get; } = size;

    /// <summary>Root hash as the tiles have it, 32 bytes.</summary>
    /// <exception cref="MissingTileException">The source lacks a tile.</exception>
    public async Task<byte[]> RootAsync(CancellationToken cancellation = default) =>
        Size == 0 ? MerkleTree.EmptyRoot.ToArray() : await HashAsync(0, Size, cancellation);

    /// <summary>Hash of a leaf as the tiles have it, 32 bytes.</summary>
    /// <param name="index">Zero-based, less than <see cref="Size"/>.</param>
    /// <exception cref="MissingTileException">The source lacks a tile.</exception>
    public Task<byte[]> LeafHashAsync(long index, CancellationToken cancellation = default) => HashAsync(Inside(index), 1, cancellation);

    /// <summary>Proves that a leaf is in the tree.</summary>
    /// <param name="index">Zero-based, less than <see cref="Size"/>.</param>
    /// <returns>At most 63 hashes, leaf side first.</returns>
    /// <exception cref="MissingTileException">The source lacks a tile.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> InclusionAsync(long index, CancellationToken cancellation = default)
    {
        Inside(index);
        var proof = new List<ReadOnlyMemory<byte>>();
        for (var (start, count) = (0L, Size); count > 1;)
        {
            var left = Split(count);
            if (index < start + left)
            {
                proof.Add(await HashAsync(start + left, count - left, cancellation));
                count = left;
            }
            else
            {
                proof.Add(await HashAsync(start, left, cancellation));
                (start, count) = (start + left, count - left);
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Proves that an older tree is the beginning of this one.</summary>
    /// <param name="olderSize">1 to <see cref="Size"/>: nothing proves the empty tree, and nothing has to.</param>
    /// <returns>Empty where the sizes are equal.</returns>
    /// <exception cref="MissingTileException">The source lacks a tile.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ConsistencyAsync(long olderSize, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(olderSize, Size);
        var proof = new List<ReadOnlyMemory<byte>>();

        // Down the tree until the older size ends where a subtree ends; that subtree is known only where it is the whole older tree.
        var (start, count) = (0L, Size);
        while (start + count != olderSize)
        {
            var left = Split(count);
            if (olderSize <= start + left)
            {
                proof.Add(await HashAsync(start + left, count - left, cancellation));
                count = left;
            }
            else
            {
                proof.Add(await HashAsync(start, left, cancellation));
                (start, count) = (start + left, count - left);
            }
        }

        if (start != 0)
            proof.Add(await HashAsync(start, count, cancellation));
        proof.Reverse();
        return proof;
    }

    /// <summary>Reads an entry, unchecked.</summary>
    /// <param name="index">Zero-based, less than <see cref="Size"/>.</param>
    /// <exception cref="MissingTileException">The source lacks its bundle.</exception>
    public async Task<ReadOnlyMemory<byte>> EntryAsync(long index, CancellationToken cancellation = default)
    {
        var tile = TilePath.At(TilePath.EntryLevel, Inside(index) / TilePath.FullWidth, Size);
        var bundle = await source.ReadTileAsync(tile, cancellation) ?? throw new MissingTileException(tile);
        EntryBundle.TryRead(bundle, tile.Width, out var entries);
        return entries[(int)(index % TilePath.FullWidth)];
    }

    // Largest power of two that is smaller.
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    private long Inside(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return index;
    }

    // MTH of RFC 6962 over part of the leaves, cut as its recursion cuts them.
    private async Task<byte[]> HashAsync(long start, long count, CancellationToken cancellation)
    {
        if (long.IsPow2(count))
            return await SubtreeAsync(start, count, cancellation);
        var left = Split(count);
        var complete = await SubtreeAsync(start, left, cancellation);
        var rest = await HashAsync(start + left, count - left, cancellation);
        return MerkleTree.HashNode(complete, rest);
    }

    // A complete subtree is a run of hashes within one tile of the highest level that has them.
    private async Task<byte[]> SubtreeAsync(long start, long count, CancellationToken cancellation)
    {
        var height = BitOperations.Log2((ulong)count);
        var level = height / 8;
        var first = start >> (8 * level);
        var tile = await TileAsync(level, first / TilePath.FullWidth, cancellation);
        var root = new byte[MerkleTree.HashBytes];
        var offset = (int)(first % TilePath.FullWidth) * MerkleTree.HashBytes;
        TileHashes.Root(tile.Span.Slice(offset, (1 << (height % 8)) * MerkleTree.HashBytes), root);
        return root;
    }

    private async ValueTask<ReadOnlyMemory<byte>> TileAsync(int level, long index, CancellationToken cancellation)
    {
        if (kept.TryGetValue((level, index), out var hashes))
            return hashes;
        var tile = TilePath.At(level, index, Size);
        hashes = await source.ReadTileAsync(tile, cancellation) ?? throw new MissingTileException(tile);
        if (kept.Count < MaxKept)
            kept[(level, index)] = hashes;
        return hashes;
    }
}

/// <summary>A log lacks a tile or bundle that its size says it has, or has one of another length.</summary>
public sealed class MissingTileException(TilePath tile) : Exception($"The log has no whole {tile}.")
{
    /// <summary>Which.</summary>
    public TilePath Tile { get; } = tile;
}
