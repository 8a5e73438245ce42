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

    /// <summary>An id a little above one that <see cref="NextWithGap"/> made; nobody can tell the two apart.</summary>
    public static Guid Between(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        var count = ((high & 0xFFF) << 28) | ((low >> 34) & 0xFFF_FFFF);
        return Id(high >> 16, count + (ulong)RandomNumberGenerator.GetInt32(1, 8));
    }

    private static Guid Id(ulong milliseconds, ulong count)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[..8]);
        var random = BinaryPrimitives.ReadUInt64BigEndian(bytes) & ((1UL << 34) - 1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | ((count >> 28) & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (2UL << 62) | ((count & 0xFFF_FFFF) << 34) | random);
        return new Guid(bytes, bigEndian: true);
    }
}
