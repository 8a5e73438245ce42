namespace Cofferdam.Sealing;

/// <summary>Seals what is written to it, at constant memory.</summary>
/// <remarks>
/// The message is whole only after <see cref="CompleteAsync"/>. Disposed without it, what was written so far is a
/// truncated message that opens nowhere as a whole: a writer that fails halfway cannot leave a short but valid one.
/// </remarks>
public sealed class SealingStream : Stream
{
    private readonly Stream destination;
    private readonly ChunkCipher cipher;
    private readonly byte[] header = new byte[MessageHeader.Bytes];
    private readonly byte[] plain = new byte[ChunkCipher.ChunkBytes];
    private readonly byte[] sealedChunk = new byte[ChunkCipher.SealedChunkBytes];
    private int filled;
    private long chunk;
    private bool completed;

    /// <param name="destination">Where sealed bytes go. Not disposed with this stream.</param>
    /// <param name="key">32 uniformly random bytes.</param>
    /// <param name="context">What the message is. Opening needs the same bytes.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public SealingStream(Stream destination, ReadOnlySpan<byte> key, ReadOnlySpan<byte> context)
    {
        this.destination = destination;
        cipher = MessageHeader.Begin(key, context, header);
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => !completed;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        while (!buffer.IsEmpty)
        {
            var bytes = Math.Min(buffer.Length, plain.Length - filled);
            buffer.Span[..bytes].CopyTo(plain.AsSpan(filled));
            buffer = buffer[bytes..];
            filled += bytes;
            if (filled == plain.Length)
                await destination.WriteAsync(await NextAsync(cancellationToken), cancellationToken);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        while (!buffer.IsEmpty)
        {
            var bytes = Math.Min(buffer.Length, plain.Length - filled);
            buffer[..bytes].CopyTo(plain.AsSpan(filled));
            buffer = buffer[bytes..];
            filled += bytes;
            if (filled < plain.Length)
                continue;
            if (chunk == 0)
                destination.Write(header);
            destination.Write(SealChunk().Span);
        }
    }

    /// <summary>Seals the last chunk. Nothing can be written afterwards.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        await destination.WriteAsync(await NextAsync(cancellation), cancellation);
        completed = true;
        await destination.FlushAsync(cancellation);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Flushes the destination; a chunk that is not full stays here.</summary>
    public override void Flush() => destination.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => destination.FlushAsync(cancellationToken);
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            completed = true;
            cipher.Dispose();
            Array.Clear(plain);
        }

        base.Dispose(disposing);
    }

    private async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellation)
    {
        if (chunk == 0)
            await destination.WriteAsync(header, cancellation);
        return SealChunk();
    }

    private ReadOnlyMemory<byte> SealChunk()
    {
        var result = sealedChunk.AsMemory(0, filled + ChunkCipher.TagBytes);
        cipher.Seal(chunk++, plain.AsSpan(0, filled), result.Span);
        filled = 0;
        return result;
    }
}
