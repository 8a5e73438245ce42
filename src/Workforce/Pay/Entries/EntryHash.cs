using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Storage;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>What an entry's hash is taken over: docs/formats/pay.md, "Hash chain".</summary>
public static class EntryHash
{
    /// <summary>The hash before the first entry: 32 zero bytes.</summary>
    public static ReadOnlySpan<byte> Start => new byte[SHA256.HashSizeInBytes];

    /// <param name="previous">Hash of the entry before; <see cref="Start"/> for the first.</param>
    public static byte[] Of(ReadOnlySpan<byte> previous, PayEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("cofferdam/pay-entry@1\n"u8);
        hash.AppendData(previous);
        Number(hash, entry.Sequence);
        Number(hash, (byte)entry.Kind);
        Id(hash, entry.Expert);
        Id(hash, entry.Engagement);
        Text(hash, entry.Currency);
        Number(hash, entry.Amount);
        Number(hash, entry.Carry);
        Number(hash, entry.At.ToMicroseconds());
        Number(hash, entry.Day.DayNumber);
        Text(hash, entry.Place);
        Number(hash, entry.MadeAt.ToMicroseconds());
        Id(hash, entry.By);
        Number(hash, entry.Event);
        Number(hash, entry.Part);
        Id(hash, entry.Assignment);
        Number(hash, (byte?)entry.Paid);
        Number(hash, (byte?)entry.Act);
        Number(hash, entry.Pieces);
        Number(hash, entry.Seconds);
        Number(hash, entry.Counted);
        Id(hash, entry.Card);
        Number(hash, entry.Each);
        Number(hash, entry.Hour);
        Number(hash, entry.Refers);
        Number(hash, (byte?)entry.Reason);
        Id(hash, entry.Words);
        return hash.GetHashAndReset();
    }

    // One byte says whether a value follows, so that no two entries give the same bytes.
    private static void Number(IncrementalHash hash, long? value)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = value is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value ?? 0);
        hash.AppendData(value is null ? bytes[..1] : bytes);
    }

    private static void Id(IncrementalHash hash, Guid? value)
    {
        Span<byte> bytes = stackalloc byte[17];
        bytes[0] = value is null ? (byte)0 : (byte)1;
        (value ?? Guid.Empty).TryWriteBytes(bytes[1..], bigEndian: true, out _);
        hash.AppendData(value is null ? bytes[..1] : bytes);
    }

    private static void Text(IncrementalHash hash, string? value)
    {
        Number(hash, value is null ? null : Encoding.UTF8.GetByteCount(value));
        if (value is not null)
            hash.AppendData(Encoding.UTF8.GetBytes(value));
    }
}
