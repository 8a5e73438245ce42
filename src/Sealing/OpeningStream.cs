using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>Opens a sealed message as it is read, at constant memory.</summary>
/// <remarks>
/// Only authenticated bytes are handed out. That the message is whole is known only when a read returns 0; a message
/// that was edited, cut or extended throws <see cref="CryptographicException"/> on that read and on every later one.
/// </remarks>
public sealed class OpeningStream : Stream
{
    private readonly Stream source;
    private readonly ChunkCipher cipher;
    private readonly byte[] plain = new byte[ChunkCipher.ChunkBytes];
    private readonly byte[] sealedChunk = new byte[ChunkCipher.SealedChunkBytes];
    private int at;
    private int filled;
    private long chunk;
    private bool last;
    private bool broken;

    private OpeningStream(Stream source, ChunkCipher cipher)
    {
        this.source = source;
        this.cipher = cipher;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads the header and checks its commitment.</summary>
    /// <param name="source">From the first byte of the message to its end. Not disposed with the stream.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="context">As the message was sealed.</param>
    /// <returns>Null where the message does not open under this key and context, or is shorter than a header.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static async ValueTask<OpeningStream?> OpenAsync(
        Stream source, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var header = new byte[MessageHeader.Bytes];
        var read = await source.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        return read == header.Length && MessageHeader.TryResume(key.Span, context.Span, header, out var cipher)
            ? new OpeningStream(source, cipher)
            : null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (at == filled && !last)
            OpenChunk(await source.ReadAtLeastAsync(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false, cancellationToken));
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (at == filled && !last)
            OpenChunk(source.ReadAtLeast(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false));
        return Take(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            Array.Clear(plain);
        }

        base.Dispose(disposing);
    }

    // Only the last chunk is shorter than a full one, so a short read is the end, and no look-ahead is needed.
    private void OpenChunk(int read)
    {
        var bytes = read - ChunkCipher.TagBytes;
        if (broken || bytes < 0 || !cipher.TryOpen(chunk, sealedChunk.AsSpan(0, read), plain.AsSpan(0, bytes)))
        {
            broken = true;
            throw new CryptographicException("The sealed message was edited or cut.");
        }

        chunk++;
        at = 0;
        filled = bytes;
        last = bytes < ChunkCipher.ChunkBytes;
    }

    private int Take(Span<byte> buffer)
    {
        var bytes = Math.Min(buffer.Length, filled - at);
        plain.AsSpan(at, bytes).CopyTo(buffer);
        at += bytes;
        return bytes;
    }
}
