using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Cofferdam.Vault.Wire;

/// <summary>Puts frames on a connection: anybody adds, one loop sends all that waits in as few writes as fit.</summary>
internal sealed class FrameWriter
{
    private const int BufferBytes = 64 << 10;

    private readonly Socket socket;
    private readonly Channel<(Frame Frame, Action? Sent)> waiting = Channel.CreateUnbounded<(Frame, Action?)>(new() { SingleReader = true });
    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly List<Action> sent = [];
    private int filled;

    public FrameWriter(Socket socket)
    {
        this.socket = socket;
        Ended = RunAsync();
    }

    /// <summary>Ends after <see cref="Complete"/> once everything is sent, or when the connection breaks. Never fails.</summary>
    public Task Ended { get; }

    /// <summary>Adds a frame. After the end it is passed over, and <paramref name="sent"/> called at once.</summary>
    /// <param name="sent">Called once the frame is with the kernel or cannot be sent any more.</param>
    public void Add(Frame frame, Action? sent = null)
    {
        if (!waiting.Writer.TryWrite((frame, sent)))
            sent?.Invoke();
    }

    /// <summary>No more frames.</summary>
    public void Complete() => waiting.Writer.TryComplete();

    private async Task RunAsync()
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync())
            {
                while (waiting.Reader.TryRead(out var next))
                {
                    if (next.Sent is not null)
                        sent.Add(next.Sent);
                    await PutAsync(next.Frame);
                }

                await FlushAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reader of the same connection meets it too, and says so.
        }

        waiting.Writer.TryComplete();
        Tell();
        while (waiting.Reader.TryRead(out var left))
            left.Sent?.Invoke();
    }

    private async ValueTask PutAsync(Frame frame)
    {
        var start = sizeof(uint) + Frame.FixedBytes + frame.Header.Length;
        if (start > BufferBytes - filled)
            await FlushAsync();
        if (start > BufferBytes)
        {
            var large = new byte[start];
            frame.WriteStart(large);
            await SendAsync(large);
        }
        else
        {
            filled += frame.WriteStart(buffer.AsSpan(filled));
        }

        // By index: to enumerate through the interface would allocate for each frame.
        for (var i = 0; i < frame.Attachments.Count; i++)
            await PutAsync(frame.Attachments[i]);
    }

    private async ValueTask PutAsync(ReadOnlyMemory<byte> attachment)
    {
        if (sizeof(uint) > BufferBytes - filled)
            await FlushAsync();
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(filled), (uint)attachment.Length);
        filled += sizeof(uint);
        if (attachment.Length <= BufferBytes - filled)
        {
            attachment.Span.CopyTo(buffer.AsSpan(filled));
            filled += attachment.Length;
            return;
        }

        await FlushAsync(tell: false);
        await SendAsync(attachment);
    }

    private async ValueTask FlushAsync(bool tell = true)
    {
        await SendAsync(buffer.AsMemory(0, filled));
        filled = 0;
        if (tell)
            Tell();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    private void Tell()
    {
        foreach (var action in sent)
            action();
        sent.Clear();
    }
}
