using Cofferdam.Durable;

namespace Cofferdam.Ledger;

/// <summary>Puts files into a log's folder, many at a time: whole or not there, and durable once <see cref="SyncFolders"/> returns.</summary>
/// <param name="step">Told after each change of the disk; tests end the process there.</param>
internal sealed class LogFiles(string root, Action<string>? step)
{
    // For the owner and, so that a web server may serve the folder, the group. Leaves give nothing away.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    // Syncs that run together share the journal's commits.
    private const int AtOnce = 16;

    private const string Aside = ".new";

    private readonly HashSet<string> unsynced = new(StringComparer.Ordinal);

    /// <summary>Makes the folder, and takes away what a process that was ended left unfinished.</summary>
    public void Prepare()
    {
        if (!Directory.Exists(root))
        {
            Directory.CreateDirectory(root);
            DurableFolder.Sync(Path.GetDirectoryName(root)!);
        }

        var aside = Path.Combine(root, Aside);
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
    }

    /// <summary>Writes files that nobody reads yet. One that is there already must be the same.</summary>
    /// <exception cref="LogForkException">There is such a file with other content.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task WriteNewAsync(IReadOnlyList<(string Path, ReadOnlyMemory<byte> Content)> files)
    {
        foreach (var (path, _) in files)
            MakeFolder(Path.GetDirectoryName(At(path))!);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForEachAsync(files, options, async (file, _) =>
        {
            if (await IsThereAsync(file.Path, file.Content))
                return;
            await PutAsync(file.Path, file.Content);
        });
    }

    /// <summary>Replaces a file, durably.</summary>
    public async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content)
    {
        await PutAsync(path, content);
        DurableFolder.Sync(root);
        step?.Invoke($"sync {path}");
    }

    /// <summary>Makes the names of all files written so far durable.</summary>
    public void SyncFolders()
    {
        foreach (var folder in unsynced)
        {
            DurableFolder.Sync(folder);
            step?.Invoke($"sync {folder}");
        }

        unsynced.Clear();
    }

    /// <summary>Deletes the partial tiles of a tile that is full and durable.</summary>
    public void DeletePartials(TilePath tile)
    {
        var folder = At(tile.Full + ".p");
        if (!Directory.Exists(folder))
            return;
        Directory.Delete(folder, recursive: true);
        step?.Invoke($"delete {tile.Full}.p");
    }

    private async Task PutAsync(string path, ReadOnlyMemory<byte> content)
    {
        var aside = Path.Combine(root, Aside, Guid.NewGuid().ToString("N"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mode;
        await using (var file = new FileStream(aside, options))
        {
            await file.WriteAsync(content);
            file.Flush(flushToDisk: true);
        }

        step?.Invoke($"write {path}");
        File.Move(aside, At(path), overwrite: true);
        step?.Invoke($"name {path}");
    }

    // Files get their names once they are whole, so one that differs is not half of this one: it is another log's.
    private async Task<bool> IsThereAsync(string path, ReadOnlyMemory<byte> content)
    {
        if (!File.Exists(At(path)))
            return false;
        var there = await File.ReadAllBytesAsync(At(path));
        return content.Span.SequenceEqual(there) ? true : throw new LogForkException($"The log's {path} holds something else.");
    }

    // Up to the log's root, also where a folder is there: a process that was ended may have made it and not synced it.
    private void MakeFolder(string folder)
    {
        if (!unsynced.Add(folder) || folder.Length <= root.Length)
            return;
        MakeFolder(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
    }

    private string At(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));
}

/// <summary>A log's folder and what is to be added to it do not belong together: one of them is of another history.</summary>
public sealed class LogForkException(string message) : Exception(message);
