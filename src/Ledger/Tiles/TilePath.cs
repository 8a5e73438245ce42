using System.Globalization;

namespace Cofferdam.Ledger;

/// <summary>A tile of a log, or a bundle of its entries, by its place (C2SP tlog-tiles).</summary>
/// <param name="Level">0 to 7 for tiles of hashes; <see cref="EntryLevel"/> for a bundle of entries.</param>
/// <param name="Index">From 0, from the left.</param>
/// <param name="Width">Hashes or entries in it: 256 where it is full, 1 to 255 where it is partial.</param>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile, entries in a full bundle.</summary>
    public const int FullWidth = 256;

    /// <summary>The "level" of bundles of entries.</summary>
    public const int EntryLevel = -1;

    /// <summary>Levels that a tree of less than 2^63 entries can have.</summary>
    public const int Levels = 8;

    private const int Bits = 8;

    /// <summary>True for a bundle of entries.</summary>
    public bool IsEntries => Level == EntryLevel;

    /// <summary>The same place, full.</summary>
    public TilePath Full => this with { Width = FullWidth };

    /// <summary>A tile or bundle as it is at a size of the tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is empty at that size.</exception>
    public static TilePath At(int level, long index, long size)
    {
        var width = WidthAt(level, index, size);
        ArgumentOutOfRangeException.ThrowIfZero(width, nameof(size));
        return new TilePath(level, index, width);
    }

    /// <summary>Hashes or entries that a tile has at a size of the tree; 0 where it is empty.</summary>
    public static int WidthAt(int level, long index, long size)
    {
        var width = HashesAt(level, size) - (index * FullWidth);
        return (int)Math.Clamp(width, 0, FullWidth);
    }

    /// <summary>Hashes, or entries, of a level at a size of the tree.</summary>
    public static long HashesAt(int level, long size) => size >> (Bits * Math.Max(level, 0));

    /// <summary>Reads a path below a log's root, such as <c>tile/0/x001/x234/067.p/112</c>.</summary>
    public static bool TryParse(string path, out TilePath tile)
    {
        tile = default;
        var parts = path.Split('/');
        if (parts.Length < 3 || parts[0] != "tile")
            return false;

        var level = EntryLevel;
        if (parts[1] != "entries" && !(parts[1].Length == 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out level) && level < Levels))
            return false;

        var width = FullWidth;
        var last = parts.Length;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width))
                return false;
            parts[^2] = parts[^2][..^2];
            last--;
        }

        var index = 0L;
        foreach (var part in parts[2..last])
        {
            if (!int.TryParse(part.AsSpan(part.Length == 4 ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out var group) || index > long.MaxValue / 1001)
                return false;
            index = (index * 1000) + group;
        }

        // Whatever has another spelling than ours is not a path of this tile.
        tile = new TilePath(level, index, width);
        return width is > 0 and <= FullWidth && tile.ToString() == path;
    }

    /// <summary>The path below a log's root.</summary>
    public override string ToString()
    {
        var path = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
            path = $"x{rest % 1000:000}/{path}";
        var level = IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return Width == FullWidth ? $"tile/{level}/{path}" : $"tile/{level}/{path}.p/{Width}";
    }
}
