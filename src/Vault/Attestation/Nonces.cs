using System.Buffers.Binary;
using System.Security.Cryptography;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Attestation;

/// <summary>Nonces that are their own record: <c>time u64 (µs) ‖ random 8 ‖ first 16 bytes of HMAC-SHA-256(key, "nonce@1" ‖ browser key 16 ‖ time ‖ random)</c>.</summary>
internal static class Nonces
{
    /// <summary>How long one is good for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>How far the clock of another vault process, which gave it, may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private const int TagAt = 16;
    private const int TagBytes = SignedBytes.NonceBytes - TagAt;

    public static byte[] Make(byte[] nonceKey, Guid browserKey, DateTimeOffset now)
    {
        var nonce = new byte[SignedBytes.NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, Micros.Of(now));
        RandomNumberGenerator.Fill(nonce.AsSpan(8, 8));
        Tag(nonceKey, browserKey, nonce, nonce.AsSpan(TagAt));
        return nonce;
    }

    /// <summary>True where this vault's lab gave it for this key, at whatever time.</summary>
    public static bool IsOurs(byte[] nonceKey, Guid browserKey, ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length != SignedBytes.NonceBytes)
            return false;
        Span<byte> tag = stackalloc byte[TagBytes];
        Tag(nonceKey, browserKey, nonce, tag);
        return CryptographicOperations.FixedTimeEquals(tag, nonce[TagAt..]);
    }

    public static bool IsInTime(ReadOnlySpan<byte> nonce, DateTimeOffset now)
    {
        var age = Micros.Of(now) - BinaryPrimitives.ReadInt64BigEndian(nonce);
        return age < (long)Life.TotalMicroseconds && age > -(long)Skew.TotalMicroseconds;
    }

    /// <summary>What sorts after every nonce that is no good any more at a time.</summary>
    public static byte[] Before(DateTimeOffset now)
    {
        var first = new byte[SignedBytes.NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(first, Micros.Of(now - Life));
        return first;
    }

    private static void Tag(byte[] nonceKey, Guid browserKey, ReadOnlySpan<byte> nonce, Span<byte> tag)
    {
        Span<byte> message = stackalloc byte[7 + 16 + TagAt];
        "nonce@1"u8.CopyTo(message);
        browserKey.TryWriteBytes(message[7..], bigEndian: true, out _);
        nonce[..TagAt].CopyTo(message[23..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(nonceKey, message, mac);
        mac[..TagBytes].CopyTo(tag);
    }
}
