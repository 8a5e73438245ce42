namespace Cofferdam.Durable;

/// <summary>Writes files that are either whole or not there, whenever the power goes.</summary>
public static class DurableFile
{
    /// <summary>Mode of every file written here: for its owner alone.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes aside, syncs, gives the file its name, and syncs the folder.</summary>
    /// <param name="path">In a folder that exists. What stands there is replaced only where <paramref name="overwrite"/> is set.</param>
    /// <param name="write">Writes the content. Where it throws, nothing changes.</param>
    /// <exception cref="IOException">The disk is full or broken, or there is such a file and it may not be replaced.</exception>
    public static async Task WriteAsync(string path, bool overwrite, Func<Stream, Task> write)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
        var aside = Path.Combine(folder, $".{Guid.NewGuid():N}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mode;
        try
        {
            await using (var file = new FileStream(aside, options))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite);
            DurableFolder.Sync(folder);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
