using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Cofferdam.Vault.Heads;

/// <summary>Hides a <see cref="HeadSum"/> and binds it to lab, size and frontier of the ledger that it stands beside.</summary>
/// <remarks>
/// <c>nonce 16 ‖ sum ⊕ HMAC(key, "m" ‖ nonce) ‖ HMAC(key, "b" ‖ lab 16 ‖ size u64 ‖ nonce ‖ masked sum ‖ frontier)</c>, each
/// HMAC-SHA-256. Written at every commit of the lab, so two HMACs and no more.
/// </remarks>
internal static class HeadSeal
{
    private const int NonceBytes = 16;
    private const int TagAt = NonceBytes + HeadSum.Bytes;
    private const int Bytes = TagAt + HMACSHA256.HashSizeInBytes;

    /// <summary>The key of a lab's sums and seals, from the salt key of its services: that one stays through every rotation.</summary>
    public static byte[] Key(ReadOnlySpan<byte> serviceSaltKey) => HMACSHA256.HashData(serviceSaltKey, "cofferdam/heads@1"u8);

    public static byte[] Seal(byte[] key, Guid lab, long size, ReadOnlySpan<byte> frontier, HeadSum sum)
    {
        var sealedSum = new byte[Bytes];
        RandomNumberGenerator.Fill(sealedSum.AsSpan(0, NonceBytes));
        Mask(key, sealedSum.AsSpan(0, NonceBytes), sum.Value, sealedSum.AsSpan(NonceBytes, HeadSum.Bytes));
        Bind(key, lab, size, frontier, sealedSum.AsSpan(0, TagAt), sealedSum.AsSpan(TagAt));
        return sealedSum;
    }

    /// <returns>False where it was not sealed for this ledger at this size.</returns>
    public static bool TryOpen(byte[] key, Guid lab, long size, ReadOnlySpan<byte> frontier, ReadOnlySpan<byte> sealedSum, [NotNullWhen(true)] out HeadSum? sum)
    {
        sum = null;
        if (sealedSum.Length != Bytes)
            return false;
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Bind(key, lab, size, frontier, sealedSum[..TagAt], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, sealedSum[TagAt..]))
            return false;
        Span<byte> value = stackalloc byte[HeadSum.Bytes];
        Mask(key, sealedSum[..NonceBytes], sealedSum[NonceBytes..TagAt], value);
        sum = HeadSum.Of(value);
        return true;
    }

    private static void Mask(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> value, Span<byte> masked)
    {
        Span<byte> message = stackalloc byte[1 + NonceBytes];
        message[0] = (byte)'m';
        nonce.CopyTo(message[1..]);
        Span<byte> mask = stackalloc byte[HeadSum.Bytes];
        HMACSHA256.HashData(key, message, mask);
        for (var i = 0; i < HeadSum.Bytes; i++)
            masked[i] = (byte)(value[i] ^ mask[i]);
    }

    private static void Bind(byte[] key, Guid lab, long size, ReadOnlySpan<byte> frontier, ReadOnlySpan<byte> masked, Span<byte> tag)
    {
        var message = new byte[1 + 16 + sizeof(long) + TagAt + frontier.Length];
        message[0] = (byte)'b';
        lab.TryWriteBytes(message.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(17), size);
        masked.CopyTo(message.AsSpan(25));
        frontier.CopyTo(message.AsSpan(25 + TagAt));
        HMACSHA256.HashData(key, message, tag);
    }
}
