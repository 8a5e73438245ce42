using System.Buffers.Binary;
using System.Net.Sockets;

namespace Cofferdam.Vault.Wire;

/// <summary>Takes frames off a connection. For one reader at a time.</summary>
internal sealed class FrameReader(Socket socket)
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Memory that a frame has before its bytes are there; it grows with them.</summary>
    private const int FirstBytes = 1 << 20;

    private readonly byte[] buffer = new byte[BufferBytes];
    private int start;
    private int end;

    /// <summary>Longest frame that is taken.</summary>
    public int MaxBytes { get; set; } = Frame.MaxBytes;

    /// <summary>The next frame, in memory of its own; null where the other side has ended between two frames.</summary>
    /// <exception cref="WireException">What came is not a frame, or is too long.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellation)
    {
        while (end - start < sizeof(uint))
        {
            if (!await FillAsync(cancellation))
                return start == end ? null : throw new WireException("the connection ended within a frame");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(start));
        if (length < Frame.FixedBytes)
            throw new WireException("a frame is too short");
        if (length > MaxBytes)
            throw new WireException("a frame is too long");
        start += sizeof(uint);
        return Frame.Parse(await TakeAsync((int)length, cancellation));
    }

    private async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int length, CancellationToken cancellation)
    {
        // The frame is handed on whole, so its bytes are copied once, from here, and never again.
        var frame = GC.AllocateUninitializedArray<byte>(Math.Min(length, FirstBytes));
        var taken = Math.Min(end - start, frame.Length);
        buffer.AsSpan(start, taken).CopyTo(frame);
        start += taken;
        while (taken < length)
        {
            if (taken == frame.Length)
                Array.Resize(ref frame, (int)Math.Min(length, frame.Length * 2L));
            var received = await socket.ReceiveAsync(frame.AsMemory(taken), cancellation);
            if (received == 0)
                throw new WireException("the connection ended within a frame");
            taken += received;
        }

        return frame;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        var received = await socket.ReceiveAsync(buffer.AsMemory(end), cancellation);
        end += received;
        return received > 0;
    }
}
