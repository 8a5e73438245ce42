using Cofferdam.Ledger;

namespace Cofferdam.Cli;

/// <summary>Copies a published log, as of one checkpoint, file by file.</summary>
internal static class LogCopy
{
    /// <param name="note">The checkpoint that the copy ends with, as it was signed.</param>
    /// <param name="size">Its size.</param>
    /// <param name="folder">Where the copy goes; there is no log in it.</param>
    /// <exception cref="CliException">The log lacks a file.</exception>
    public static async Task WriteAsync(LogSource log, ReadOnlyMemory<byte> note, long size, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var options = new ParallelOptions { MaxDegreeOfParallelism = log.Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Tiles(size), options, async (tile, token) =>
        {
            var content = await log.ReadTileAsync(tile, token)
                ?? throw new CliException(ExitCode.NotTrue, "log-incomplete", $"the log has no whole {tile}", "whoever publishes it has to mend it");
            var path = Path.Combine(folder, tile.ToString().Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, content, token);
        });
        if (await log.ReadAsync(LogSource.PolicyName, WitnessPolicy.MaxBytes, cancellation) is { } policy)
            await File.WriteAllBytesAsync(Path.Combine(folder, LogSource.PolicyName), policy, cancellation);

        // Last, so that a copy that broke off is none.
        await File.WriteAllBytesAsync(Path.Combine(folder, LogSource.CheckpointName), note, cancellation);
    }

    /// <summary>Tiles and bundles of a log of a size, full ones and the partial ones at its edge.</summary>
    private static IEnumerable<TilePath> Tiles(long size)
    {
        for (var level = TilePath.EntryLevel; level < TilePath.Levels; level++)
        {
            for (var index = 0L; TilePath.WidthAt(level, index, size) > 0; index++)
                yield return TilePath.At(level, index, size);
        }
    }
}
