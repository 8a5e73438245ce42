namespace Cofferdam.Ledger;

/// <summary>Where a log's files are read from.</summary>
public abstract class LogSource
{
    /// <summary>Name of the file with the newest checkpoint.</summary>
    public const string CheckpointName = "checkpoint";

    /// <summary>Name of the file with the policy that a log proposes (C2SP tlog-policy).</summary>
    public const string PolicyName = "policy";

    /// <summary>Reads that are worth making at a time.</summary>
    public virtual int Parallelism => Environment.ProcessorCount;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Below the log's root, with forward slashes.</param>
    /// <param name="maxBytes">A longer file is not read.</param>
    /// <returns>Null where there is no such file.</returns>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="HttpRequestException">The server does not answer, or answers with an error.</exception>
    public abstract ValueTask<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellation = default);

    /// <summary>Reads the newest checkpoint, unchecked.</summary>
    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellation = default) => ReadAsync(CheckpointName, SignedNote.MaxBytes, cancellation);

    /// <summary>Reads a tile or bundle. Where a partial one is gone, the full one has it as its beginning.</summary>
    /// <returns>
    /// The hashes (<see cref="TilePath.Width"/> times 32 bytes), or the bundle, cut to its width; null where it is missing or
    /// has another length than it must have.
    /// </returns>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TilePath tile, CancellationToken cancellation = default)
    {
        var most = tile.IsEntries ? EntryBundle.MaxBytes : TilePath.FullWidth * MerkleTree.HashBytes;
        try
        {
            if (await ReadAsync(tile.ToString(), most, cancellation) is { } bytes)
                return HasForm(bytes, tile) ? bytes : default(ReadOnlyMemory<byte>?);
            if (tile.Width == TilePath.FullWidth || await ReadAsync(tile.Full.ToString(), most, cancellation) is not { } full || !HasForm(full, tile.Full))
                return null;
            return Cut(full, tile);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static bool HasForm(byte[] bytes, TilePath tile) => tile.IsEntries
        ? EntryBundle.IsWhole(bytes, tile.Width)
        : bytes.Length == tile.Width * MerkleTree.HashBytes;

    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> bytes, TilePath tile)
    {
        if (!tile.IsEntries)
            return bytes[..(tile.Width * MerkleTree.HashBytes)];
        var rest = bytes;
        for (var i = 0; i < tile.Width; i++)
            EntryBundle.TryTake(ref rest, out _);
        return bytes[..^rest.Length];
    }
}
