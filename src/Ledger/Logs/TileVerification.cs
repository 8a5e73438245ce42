using System.Collections.Concurrent;

namespace Cofferdam.Ledger;

/// <summary>Recomputes every tile of a log from its entries.</summary>
internal sealed class TileVerification(LogSource source, long size, IProgress<long>? progress)
{
    private const int Hash = MerkleTree.HashBytes;

    private readonly ConcurrentBag<LogFinding> findings = [];
    private readonly TileEdge edge = new();
    private readonly List<(TilePath Tile, ReadOnlyMemory<byte> Hashes)> upper = [];
    private long read;

    /// <summary>Root hash over the entries as they are.</summary>
    public byte[] Root { get; private set; } = [];

    /// <summary>The first entry is a leaf of a receipt, so all must be.</summary>
    public bool Receipts { get; private set; }

    /// <summary>In the order of the log.</summary>
    public IEnumerable<LogFinding> Findings => findings.OrderBy(finding => finding.Index ?? long.MaxValue).ThenBy(finding => finding.Where, StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellation)
    {
        Receipts = size > 0 && await FirstIsLeafAsync(cancellation);

        // As many tiles at a time as one of the level above holds.
        var tiles = (size + TilePath.FullWidth - 1) / TilePath.FullWidth;
        var hashes = new ReadOnlyMemory<byte>[TilePath.FullWidth];
        var options = new ParallelOptions { MaxDegreeOfParallelism = source.Parallelism, CancellationToken = cancellation };
        for (var first = 0L; first < tiles; first += TilePath.FullWidth)
        {
            var start = first;
            var count = (int)Math.Min(TilePath.FullWidth, tiles - first);
            await Parallel.ForAsync(0, count, options, async (i, token) => hashes[i] = await LowestAsync(start + i, token));
            for (var i = 0; i < count; i++)
                Rise(new TilePath(0, start + i, TilePath.WidthAt(0, start + i, size)), hashes[i]);
            await UpperAsync(cancellation);
        }

        upper.AddRange(edge.Partial().Where(partial => partial.Tile.Level > 0).Select(partial => (partial.Tile, new ReadOnlyMemory<byte>(partial.Hashes))));
        await UpperAsync(cancellation);
        Root = edge.Root();
    }

    private async Task<bool> FirstIsLeafAsync(CancellationToken cancellation) =>
        await source.ReadTileAsync(TilePath.At(TilePath.EntryLevel, 0, size), cancellation) is { } bundle
        && EntryBundle.TryTake(ref bundle, out var entry)
        && LeafBytes.TryRead(entry.Span, out _);

    // The root of a full tile goes up; a partial one stays where it is.
    private void Rise(TilePath tile, ReadOnlyMemory<byte> hashes)
    {
        if (tile.Width < TilePath.FullWidth)
        {
            edge.Restore(tile, hashes.Span);
            return;
        }

        Span<byte> root = stackalloc byte[Hash];
        TileHashes.Root(hashes.Span, root);
        edge.Add(1, root, (full, content) => upper.Add((full, content)));
    }

    private async Task UpperAsync(CancellationToken cancellation)
    {
        foreach (var (tile, hashes) in upper)
        {
            if (await source.ReadTileAsync(tile, cancellation) is not { } there || !there.Span.SequenceEqual(hashes.Span))
                findings.Add(new LogFinding(LogFault.BadTile, tile.ToString(), null, "the tile does not hold the hashes of the tiles below it"));
        }

        upper.Clear();
    }

    // Hashes of the entries of one bundle, compared with the tile.
    private async Task<ReadOnlyMemory<byte>> LowestAsync(long index, CancellationToken cancellation)
    {
        var tile = TilePath.At(0, index, size);
        var entries = tile with { Level = TilePath.EntryLevel };
        var there = await source.ReadTileAsync(tile, cancellation);
        if (there is null)
            findings.Add(new LogFinding(LogFault.BadTile, tile.ToString(), index * TilePath.FullWidth, "the tile is missing, or not in its form"));

        var hashes = new byte[tile.Width * Hash];
        if (await source.ReadTileAsync(entries, cancellation) is { } bundle)
        {
            Read(entries, bundle, hashes);
            if (there is { } content && !content.Span.SequenceEqual(hashes))
                Differs(tile, content.Span.CommonPrefixLength(hashes) / Hash);
        }
        else
        {
            findings.Add(new LogFinding(LogFault.BadBundle, entries.ToString(), index * TilePath.FullWidth, "the bundle is missing, or not in its form"));
        }

        progress?.Report(Interlocked.Add(ref read, tile.Width));
        return hashes;
    }

    private void Read(TilePath tile, ReadOnlyMemory<byte> bundle, Span<byte> hashes)
    {
        for (var i = 0; EntryBundle.TryTake(ref bundle, out var entry); i++)
        {
            MerkleTree.HashLeafInto(entry.Span, hashes.Slice(i * Hash, Hash));
            if (!Receipts)
                continue;
            var index = (tile.Index * TilePath.FullWidth) + i;
            if (!LeafBytes.TryRead(entry.Span, out var sequence))
                findings.Add(new LogFinding(LogFault.NotALeaf, tile.ToString(), index, $"entry {index} is no leaf of a receipt"));
            else if (sequence != index)
                findings.Add(new LogFinding(LogFault.OutOfSequence, tile.ToString(), index, $"entry {index} is the leaf of receipt {sequence}"));
        }
    }

    private void Differs(TilePath tile, int at)
    {
        var index = (tile.Index * TilePath.FullWidth) + at;
        findings.Add(new LogFinding(LogFault.BadTile, tile.ToString(), index, $"the tile does not hold the hash of entry {index}"));
    }
}
