using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Work;

/// <summary>UUIDs of version 7 that rise with every call, so that items lie in the order of their file, and slots are worked on in the order they were made.</summary>
/// <remarks>RFC 9562 §6.2, method 1: time, then a 40-bit counter across rand_a and rand_b; the last 34 bits are random.</remarks>
internal sealed class RisingIds(DateTimeOffset start)
{
    private readonly ulong milliseconds = (ulong)start.ToUnixTimeMilliseconds();
    private ulong count;

    public Guid Next() => Id(milliseconds, count++);

    /// <summary>As <see cref="Next"/>, but leaves a gap of up to fifteen, in which <see cref="Between"/> finds room.</summary>
    public Guid NextWithGap()
    {
        count += (ulong)RandomNumberGenerator.GetInt32(16);
        return Next();
    }

    /// <summary>An id anywhere between two that <see cref="NextWithGap"/> made one after the other: the ids alone do not tell which came later.</summary>
    public static Guid Between(Guid low, Guid high)
    {
        var (from, to) = (Place(low), Place(high));
        // One that came back to where it was looked from: a little below will do.
        if (from + 1 >= to)
            from = to - ((UInt128)1 << 37);
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var place = from + 1 + (BinaryPrimitives.ReadUInt128BigEndian(random) % (to - from - 1));
        return Id((ulong)(place >> 74), (ulong)(place >> 34) & 0xFF_FFFF_FFFF, (ulong)place & ((1UL << 34) - 1));
    }

    /// <summary>An id a little above another.</summary>
    public static Guid Above(Guid low)
    {
        var place = Place(low);
        return Between(low, Id((ulong)(place >> 74), ((ulong)(place >> 34) & 0xFF_FFFF_FFFF) + 16, 0));
    }

    // Time, counter and random bits as one number, without the bits that are the same in all.
    private static UInt128 Place(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return ((UInt128)(((high >> 16) << 12) | (high & 0xFFF)) << 62) | (low & ((1UL << 62) - 1));
    }

    private static Guid Id(ulong milliseconds, ulong count)
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return Id(milliseconds, count, BinaryPrimitives.ReadUInt64BigEndian(bytes) & ((1UL << 34) - 1));
    }

    private static Guid Id(ulong milliseconds, ulong count, ulong random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | ((count >> 28) & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (2UL << 62) | ((count & 0xFFF_FFFF) << 34) | random);
        return new Guid(bytes, bigEndian: true);
    }
}
