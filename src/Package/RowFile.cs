using System.Security.Cryptography;
using Cofferdam.Sealing;

namespace Cofferdam.Package;

/// <summary>A file of rows, or of text, on its way into a package. Dispose it when all of it is written.</summary>
/// <remarks>
/// It waits in a temporary file that has no name and is sealed under a key that only this object holds: nothing of a
/// delivery is on disk in clear, and nothing is left of it when the process dies.
/// </remarks>
public sealed class RowFile : IAsyncDisposable
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    private readonly string name;
    private readonly bool hasRows;
    private readonly FileStream spool;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(ChunkedEncryption.KeyBytes);
    private readonly SealingStream sealing;
    private readonly RowDigest digest = new();

    internal RowFile(string name, string folder, bool hasRows)
    {
        this.name = name;
        this.hasRows = hasRows;
        var path = Path.Combine(folder, $".{Guid.NewGuid():N}.spool");
        spool = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        sealing = new SealingStream(spool, key, []);
    }

    /// <summary>The file as the manifest will list it; null while rows may still be written.</summary>
    internal PackageFile? Finished { get; private set; }

    /// <summary>Writes one row and its line feed.</summary>
    /// <param name="row">UTF-8, not empty, without a line feed.</param>
    /// <exception cref="ArgumentException">The row is empty or has a line feed.</exception>
    /// <exception cref="InvalidOperationException">It is a file of text.</exception>
    public async ValueTask WriteRowAsync(ReadOnlyMemory<byte> row, CancellationToken cancellation = default)
    {
        if (!hasRows)
            throw new InvalidOperationException("A file of text has no rows.");
        if (row.IsEmpty || row.Span.Contains((byte)'\n'))
            throw new ArgumentException("A row is one line and not empty.", nameof(row));
        digest.Append(row.Span);
        digest.Append(LineFeed);
        await sealing.WriteAsync(row, cancellation);
        await sealing.WriteAsync(LineFeed, cancellation);
    }

    /// <summary>Writes some bytes of a file of text.</summary>
    /// <exception cref="InvalidOperationException">It is a file of rows.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation = default)
    {
        if (hasRows)
            throw new InvalidOperationException("A file of rows is written row by row.");
        digest.Append(text.Span);
        await sealing.WriteAsync(text, cancellation);
    }

    /// <summary>Ends the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Finished is not null)
            return;
        await sealing.CompleteAsync();
        await sealing.DisposeAsync();
        Finished = digest.Finish(name, hasRows);
        digest.Dispose();
    }

    /// <summary>Reads the rows back.</summary>
    internal async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        spool.Position = 0;
        return await OpeningStream.OpenAsync(spool, key, ReadOnlyMemory<byte>.Empty, cancellation)
            ?? throw new IOException("The temporary file of a delivery is not as it was written.");
    }

    /// <summary>Lets go of everything, finished or not.</summary>
    internal async ValueTask DiscardAsync()
    {
        CryptographicOperations.ZeroMemory(key);
        digest.Dispose();
        await sealing.DisposeAsync();
        await spool.DisposeAsync();
    }
}
