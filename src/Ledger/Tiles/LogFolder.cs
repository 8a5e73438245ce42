namespace Cofferdam.Ledger;

/// <summary>A log in a local folder.</summary>
public sealed class LogFolder(string folder) : LogSource
{
    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(folder);

    public override ValueTask<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellation = default)
    {
        // Whole small files: asynchronous reads of them cost several times as much.
        try
        {
            using var file = File.OpenHandle(At(path));
            var length = RandomAccess.GetLength(file);
            if (length > maxBytes)
                throw new InvalidDataException($"{path} is longer than {maxBytes} bytes.");
            var bytes = GC.AllocateUninitializedArray<byte>((int)length);
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more)
                read += more;
            return ValueTask.FromResult<byte[]?>(read == bytes.Length ? bytes : bytes[..read]);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(At(path)))
        {
            return ValueTask.FromResult<byte[]?>(null);
        }
    }

    /// <summary>Every file below <c>tile/</c>, as paths below the log's root.</summary>
    public IEnumerable<string> Tiles()
    {
        var tiles = At("tile");
        return Directory.Exists(tiles)
            ? Directory.EnumerateFiles(tiles, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace(System.IO.Path.DirectorySeparatorChar, '/'))
            : [];
    }

    private string At(string path) => System.IO.Path.Combine(Path, path.Replace('/', System.IO.Path.DirectorySeparatorChar));
}
