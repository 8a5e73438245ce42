using System.Buffers;

namespace Cofferdam.Ledger;

/// <summary>The right edge of a growing log: the tile of each level that is not full yet.</summary>
/// <remarks>At most 8 tiles of 8 KiB, whatever the log's size. Not safe for use by several threads at once.</remarks>
internal sealed class TileEdge
{
    private readonly List<Edge> levels = [];

    /// <summary>Adds a hash at a level; the level below has none that is not part of a full tile.</summary>
    /// <param name="full">Is told of each tile that this fills, with its hashes.</param>
    public void Add(int level, ReadOnlySpan<byte> hash, Action<TilePath, ReadOnlyMemory<byte>> full)
    {
        var edge = At(level);
        edge.Hashes.Write(hash);
        if (edge.Width < TilePath.FullWidth)
            return;

        var tile = edge.Hashes.WrittenSpan.ToArray();
        full(new TilePath(level, edge.Index, TilePath.FullWidth), tile);
        edge.Index++;
        edge.Hashes.ResetWrittenCount();
        Span<byte> root = stackalloc byte[MerkleTree.HashBytes];
        TileHashes.Root(tile, root);
        Add(level + 1, root, full);
    }

    /// <summary>Puts a tile of a level in its place, as it was when the log stopped growing.</summary>
    public void Restore(TilePath tile, ReadOnlySpan<byte> hashes)
    {
        var edge = At(tile.Level);
        edge.Index = tile.Index;
        edge.Hashes.ResetWrittenCount();
        edge.Hashes.Write(hashes);
    }

    /// <summary>The tiles that are neither full nor empty.</summary>
    public IEnumerable<(TilePath Tile, byte[] Hashes)> Partial() => levels
        .Select((edge, level) => (Tile: new TilePath(level, edge.Index, edge.Width), Hashes: edge.Hashes.WrittenSpan.ToArray()))
        .Where(partial => partial.Tile.Width > 0);

    /// <summary>Root hash over everything added.</summary>
    public byte[] Root()
    {
        // The complete subtrees from right to left: each level's are larger than all of those below it.
        byte[]? root = null;
        foreach (var edge in levels)
        {
            foreach (var subtree in TileHashes.Subtrees(edge.Hashes.WrittenSpan.ToArray()).Reverse())
                root = root is null ? subtree : MerkleTree.HashNode(subtree, root);
        }

        return root ?? MerkleTree.EmptyRoot.ToArray();
    }

    private Edge At(int level)
    {
        while (levels.Count <= level)
            levels.Add(new Edge());
        return levels[level];
    }

    private sealed class Edge
    {
        public long Index { get; set; }

        public ArrayBufferWriter<byte> Hashes { get; } = new(TilePath.FullWidth * MerkleTree.HashBytes);

        public int Width => Hashes.WrittenCount / MerkleTree.HashBytes;
    }
}
