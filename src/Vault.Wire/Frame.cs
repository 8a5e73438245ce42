using System.Buffers.Binary;

namespace Cofferdam.Vault.Wire;

/// <summary>One request or answer. docs/formats/vault-socket.md.</summary>
/// <remarks>
/// u32 length of what follows ‖ u64 request id ‖ u8 verb or kind of answer ‖ u32 length ‖ header (JSON) ‖
/// (u32 length ‖ attachment)*, numbers big-endian.
/// </remarks>
/// <param name="Id">Chosen by the caller; the answer has the same.</param>
/// <param name="Attachments">Byte strings that the header does not hold: plaintext, files, hashes.</param>
internal readonly record struct Frame(ulong Id, byte Kind, ReadOnlyMemory<byte> Header, IReadOnlyList<ReadOnlyMemory<byte>> Attachments)
{
    /// <summary>Largest value of the length: 64 MiB.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Largest hello: nobody is trusted with more memory before saying who it is.</summary>
    public const int MaxHelloBytes = 4 << 10;

    /// <summary>An attachment of no bytes costs its sender 4, its reader 16.</summary>
    public const int MaxAttachments = 1 << 16;

    /// <summary>Bytes before header and attachments, without the length of the frame.</summary>
    public const int FixedBytes = sizeof(ulong) + sizeof(byte) + sizeof(uint);

    /// <summary>Value of the length of this frame.</summary>
    public long Length => FixedBytes + Header.Length + Attachments.Sum(static attachment => (long)sizeof(uint) + attachment.Length);

    /// <summary>Reads what follows the length.</summary>
    /// <exception cref="WireException">It is not a frame.</exception>
    public static Frame Parse(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < FixedBytes)
            throw new WireException("a frame is too short");
        var header = BinaryPrimitives.ReadUInt32BigEndian(span[9..]);
        if (header > span.Length - FixedBytes)
            throw new WireException("a header is longer than its frame");
        var at = FixedBytes + (int)header;
        return new Frame(BinaryPrimitives.ReadUInt64BigEndian(span), span[8], bytes[FixedBytes..at], ParseAttachments(bytes[at..]));
    }

    /// <summary>Writes the length and everything before the attachments.</summary>
    /// <returns>Bytes written: 17 and the header.</returns>
    public int WriteStart(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to, checked((uint)Length));
        BinaryPrimitives.WriteUInt64BigEndian(to[4..], Id);
        to[12] = Kind;
        BinaryPrimitives.WriteUInt32BigEndian(to[13..], (uint)Header.Length);
        Header.Span.CopyTo(to[17..]);
        return 17 + Header.Length;
    }

    private static List<ReadOnlyMemory<byte>> ParseAttachments(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return [];
        var found = new List<ReadOnlyMemory<byte>>();
        while (!bytes.IsEmpty)
        {
            if (found.Count == MaxAttachments)
                throw new WireException("a frame has too many attachments");
            if (bytes.Length < sizeof(uint))
                throw new WireException("an attachment is cut off");
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span);
            if (length > bytes.Length - sizeof(uint))
                throw new WireException("an attachment is longer than its frame");
            found.Add(bytes.Slice(sizeof(uint), (int)length));
            bytes = bytes[(sizeof(uint) + (int)length)..];
        }

        return found;
    }
}

/// <summary>The other side does not speak this protocol; its connection is closed.</summary>
/// <param name="message">What is wrong with what came, without any of it.</param>
internal sealed class WireException(string message, Exception? inner = null) : Exception(message, inner);
