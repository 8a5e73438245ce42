using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>Backups: named contents in one file, sealed under a key of the file's own (docs/formats/backup.md).</summary>
/// <remarks>
/// Whoever holds any one of the wraps' keys can open it. A file that ends early never opens as a shorter one: the last
/// chunk says that it is the last, and an end stands after the last content.
/// </remarks>
public static class SealedBackup
{
    private static ReadOnlySpan<byte> WrapLabel => "cofferdam/backup-key@1"u8;

    /// <summary>Begins a backup.</summary>
    /// <param name="destination">Where the file goes; not disposed.</param>
    /// <param name="wrap">Wraps the key, given 32 bytes and the context to wrap them with, in 1 to 255 ways.</param>
    public static async Task<BackupWriter> BeginAsync(
        Stream destination,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ValueTask<IReadOnlyList<BackupWrap>>> wrap,
        CancellationToken cancellation = default)
    {
        var id = Guid.CreateVersion7();
        var key = RandomNumberGenerator.GetBytes(ChunkedEncryption.KeyBytes);
        try
        {
            var wraps = await wrap(key, WrapContext(id));
            if (wraps.Count is < 1 or > byte.MaxValue)
                throw new ArgumentException("A backup's key is wrapped in 1 to 255 ways: one that nobody can open is none.", nameof(wrap));
            var header = new BackupHeader(id, wraps).Write();
            await destination.WriteAsync(header, cancellation);
            return new BackupWriter(new SealingStream(destination, key, BackupHeader.BodyContext(header)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens a backup.</summary>
    /// <param name="source">From its first byte; not disposed.</param>
    /// <param name="unwrap">Unwraps the key by one of the ways, given the context that it was wrapped with; null where it can by none.</param>
    /// <returns>Null where this is no backup, was edited, or cannot be unwrapped.</returns>
    public static async Task<BackupReader?> OpenAsync(
        Stream source, Func<IReadOnlyList<BackupWrap>, ReadOnlyMemory<byte>, ValueTask<byte[]?>> unwrap, CancellationToken cancellation = default)
    {
        if (await BackupHeader.ReadAsync(source, cancellation) is not var (header, bytes))
            return null;
        if (await unwrap(header.Wraps, WrapContext(header.Id)) is not { } key)
            return null;
        var body = await OpeningStream.OpenAsync(source, key, BackupHeader.BodyContext(bytes), cancellation);
        CryptographicOperations.ZeroMemory(key);
        return body is null ? null : new BackupReader(body);
    }

    private static byte[] WrapContext(Guid id) => [.. WrapLabel, .. id.ToByteArray(bigEndian: true)];
}
