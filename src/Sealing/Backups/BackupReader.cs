using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing;

/// <summary>Reads the contents of a backup, in the order in which they were added.</summary>
public sealed class BackupReader : IAsyncDisposable
{
    private readonly OpeningStream body;
    private PieceStream? current;

    internal BackupReader(OpeningStream body) => this.body = body;

    /// <summary>The next content; the rest of the one before it is passed over.</summary>
    /// <returns>Null after the last one, which is when the backup is known to be whole.</returns>
    /// <exception cref="CryptographicException">The file was edited or cut.</exception>
    public async Task<BackupContent?> NextAsync(CancellationToken cancellation = default)
    {
        if (current is not null)
            await current.CopyToAsync(Stream.Null, cancellation);
        var length = new byte[1];
        await ReadAsync(body, length, cancellation);
        if (length[0] == 0)
            return await body.ReadAsync(length, cancellation) == 0 ? null : throw Broken();
        var name = new byte[length[0]];
        await ReadAsync(body, name, cancellation);
        current = new PieceStream(body);
        return new BackupContent(Encoding.UTF8.GetString(name), current);
    }

    public ValueTask DisposeAsync() => body.DisposeAsync();

    private static CryptographicException Broken() => new("The backup was edited or cut.");

    private static async Task ReadAsync(Stream from, Memory<byte> into, CancellationToken cancellation)
    {
        if (await from.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false, cancellation) < into.Length)
            throw Broken();
    }

    /// <summary>One content, up to its last piece.</summary>
    private sealed class PieceStream(OpeningStream body) : Stream
    {
        private int left;
        private bool ended;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.IsEmpty || ended)
                return 0;
            if (left == 0)
            {
                var length = new byte[sizeof(int)];
                await BackupReader.ReadAsync(body, length, cancellationToken);
                left = BinaryPrimitives.ReadInt32BigEndian(length);
                if (left is < 0 or > BackupWriter.MostPiece)
                    throw Broken();
                ended = left == 0;
                if (ended)
                    return 0;
            }

            var read = await body.ReadAsync(buffer[..Math.Min(buffer.Length, left)], cancellationToken);
            left -= read;
            return read > 0 ? read : throw Broken();
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <param name="Bytes">To be read before the next content is asked for.</param>
public sealed record BackupContent(string Name, Stream Bytes);
