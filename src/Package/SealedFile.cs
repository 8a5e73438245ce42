using System.Security.Cryptography;
using Cofferdam.Durable;
using Cofferdam.Sealing;

namespace Cofferdam.Package;

/// <summary>A file sealed under a key of its own: how a package that is encrypted to nobody waits on the node until it is fetched.</summary>
public static class SealedFile
{
    private static ReadOnlyMemory<byte> Context { get; } = "cofferdam/package-at-rest@1"u8.ToArray();

    /// <summary>A fresh key, 32 bytes, to be kept secret and used for one file.</summary>
    public static byte[] GenerateKey() => RandomNumberGenerator.GetBytes(ChunkedEncryption.KeyBytes);

    /// <summary>Seals what is written; the file is whole or not there, and replaces one of the same name.</summary>
    /// <param name="write">Writes the content. Where it throws, nothing changes.</param>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> key, Func<Stream, Task> write, CancellationToken cancellation = default) =>
        DurableFile.WriteAsync(path, overwrite: true, async file =>
        {
            await using var sealing = new SealingStream(file, key.Span, Context.Span);
            await write(sealing);
            await sealing.CompleteAsync(cancellation);
        });

    /// <summary>Length of the content of a sealed file.</summary>
    public static long ContentLength(string path) => ChunkedEncryption.PlaintextLength(new FileInfo(path).Length);

    /// <summary>Opens a sealed file as it is read.</summary>
    /// <param name="file">From its first byte. Not disposed with the stream.</param>
    /// <returns>The content. A read throws <see cref="CryptographicException"/> where the file is not as it was written; bytes handed out before are, as far as they go.</returns>
    /// <exception cref="CryptographicException">It does not open under this key.</exception>
    public static async Task<Stream> OpenAsync(Stream file, ReadOnlyMemory<byte> key, CancellationToken cancellation = default) =>
        await OpeningStream.OpenAsync(file, key, Context, cancellation) ?? throw new CryptographicException("The sealed file does not open under this key.");
}
