using System.Buffers.Binary;
using System.Text;

namespace Cofferdam.Sealing;

/// <summary>Writes the contents of a backup, one after the other.</summary>
/// <remarks>
/// Before sealing a content is <c>name length u8 ‖ name ‖ pieces ‖ 0 u32</c>, a piece <c>length u32 ‖ bytes</c>, so that a
/// content may come from a pipe; after the last one a name of length 0. Numbers are big-endian.
/// </remarks>
public sealed class BackupWriter : IAsyncDisposable
{
    internal const int MostPiece = 1 << 20;

    private readonly SealingStream body;

    internal BackupWriter(SealingStream body) => this.body = body;

    /// <summary>Adds a content.</summary>
    /// <param name="name">1 to 255 bytes of UTF-8; each name once.</param>
    public async Task AddAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length is < 1 or > byte.MaxValue)
            throw new ArgumentException("A name is 1 to 255 bytes long.", nameof(name));
        await body.WriteAsync(new[] { (byte)bytes.Length }, cancellation);
        await body.WriteAsync(bytes, cancellation);
        var piece = new byte[sizeof(int) + (64 << 10)];
        int read;
        do
        {
            read = await content.ReadAsync(piece.AsMemory(sizeof(int)), cancellation);
            BinaryPrimitives.WriteInt32BigEndian(piece, read);
            await body.WriteAsync(piece.AsMemory(0, sizeof(int) + read), cancellation);
        }
        while (read > 0);
    }

    /// <summary>Ends the backup. Without this it opens nowhere as a whole.</summary>
    public async Task CompleteAsync(CancellationToken cancellation = default)
    {
        await body.WriteAsync(new byte[1], cancellation);
        await body.CompleteAsync(cancellation);
    }

    public ValueTask DisposeAsync() => body.DisposeAsync();
}
