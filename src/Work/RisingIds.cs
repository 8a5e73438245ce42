using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Work;

/// <summary>UUIDs of version 7 that rise with every call, so that items lie in the order of their file, and slots are worked on in the order they were made.</summary>
/// <remarks>RFC 9562 §6.2, method 1: time, then a 40-bit counter across rand_a and rand_b; the last 34 bits are random.</remarks>
internal sealed class RisingIds(DateTimeOffset start)
{
    private readonly ulong milliseconds = (ulong)start.ToUnixTimeMilliseconds();
    private ulong count;

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[..8]);
        var random = BinaryPrimitives.ReadUInt64BigEndian(bytes) & ((1UL << 34) - 1);
        var high = (milliseconds << 16) | 0x7000 | ((count >> 28) & 0xFFF);
        var low = (2UL << 62) | ((count & 0xFFF_FFFF) << 34) | random;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        count++;
        return new Guid(bytes, bigEndian: true);
    }
}
