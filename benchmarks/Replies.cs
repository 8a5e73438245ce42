using System.Buffers.Text;
using System.Text;

namespace Cofferdam.Bench;

/// <summary>Reads HTTP/1.1 replies off one keep-alive connection, as little as a load generator needs.</summary>
/// <remarks>RFC 9112: status line, Content-Length, and the chunked coding without trailers or extensions of use.</remarks>
internal sealed class ReplyReader
{
    private readonly byte[] buffer = new byte[1 << 20];
    private int filled;

    /// <summary>Where the next bytes off the socket go.</summary>
    public Span<byte> Free => buffer.AsSpan(filled);

    /// <summary>Bytes so far; whole once <see cref="TryRead"/> says so.</summary>
    public ReadOnlySpan<byte> Reply => buffer.AsSpan(0, filled);

    /// <summary>Takes what was received.</summary>
    /// <returns>True where the reply is whole.</returns>
    /// <exception cref="InvalidDataException">Not a reply this reader knows.</exception>
    public bool TryRead(int received, out int status)
    {
        filled += received;
        status = 0;
        var bytes = Reply;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        if (!bytes.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(bytes.Slice(9, 3), out status, out _))
            throw new InvalidDataException("not an HTTP/1.1 reply");
        var body = bytes[(head + 4)..];
        return status == 204
            || (Length(bytes[..(head + 2)]) is { } length ? body.Length >= length : IsWholeChunked(body));
    }

    /// <summary>The body of a whole reply, put together where it came in chunks.</summary>
    public byte[] Body()
    {
        var bytes = Reply;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        var body = bytes[(head + 4)..];
        if (Length(bytes[..(head + 2)]) is { } length)
            return body[..length].ToArray();
        using var whole = new MemoryStream();
        while (Utf8Parser.TryParse(body, out int size, out var digits, 'x') && size > 0)
        {
            whole.Write(body.Slice(digits + 2, size));
            body = body[(digits + 2 + size + 2)..];
        }

        return whole.ToArray();
    }

    /// <summary>Forgets the reply; the next one follows.</summary>
    public void Clear() => filled = 0;

    /// <summary>The id after <c>"slot":"</c>.</summary>
    public static bool TrySlot(ReadOnlySpan<byte> reply, out Guid slot)
    {
        var key = "\"slot\":\""u8;
        var at = reply.IndexOf(key);
        slot = default;
        return at >= 0 && Utf8Parser.TryParse(reply[(at + key.Length)..], out slot, out _);
    }

    public static string Text(ReadOnlySpan<byte> reply) => Encoding.UTF8.GetString(reply[..Math.Min(reply.Length, 2000)]);

    private static int? Length(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : null;
    }

    private static bool IsWholeChunked(ReadOnlySpan<byte> body)
    {
        while (Utf8Parser.TryParse(body, out int size, out var digits, 'x'))
        {
            var next = digits + 2 + size + 2;
            if (body.Length < next)
                return false;
            if (size == 0)
                return true;
            body = body[next..];
        }

        return false;
    }
}
