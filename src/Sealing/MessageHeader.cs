using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>Salt and commitment before the first chunk, and the key derivation that ties them to key and context.</summary>
/// <remarks>c2sp.org/chunked-encryption, "Key derivation", with SHA-512 and AEAD_AES_256_GCM.</remarks>
internal static class MessageHeader
{
    public const int KeyBytes = 32;
    public const int SaltBytes = 24;
    public const int CommitmentBytes = 32;
    public const int Bytes = SaltBytes + CommitmentBytes;

    private const int NonceBytes = 12;
    private const int HashBytes = HMACSHA512.HashSizeInBytes;

    // Contexts of records and keys are near 100 bytes; longer ones take an array.
    private const int OnStack = 512;

    private static ReadOnlySpan<byte> Prefix => "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"u8;

    /// <summary>Starts a message: fills in a fresh salt and the commitment.</summary>
    /// <param name="header"><see cref="Bytes"/>, written.</param>
    public static ChunkCipher Begin(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, Span<byte> header)
    {
        RandomNumberGenerator.Fill(header[..SaltBytes]);
        return Begin(key, context, header[..SaltBytes], header[SaltBytes..]);
    }

    /// <summary>Starts a message under a salt of the caller's, which must never repeat under one key.</summary>
    public static ChunkCipher Begin(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> salt, Span<byte> commitment)
    {
        Span<byte> derived = stackalloc byte[2 * HashBytes];
        Derive(key, context, salt, derived);
        derived.Slice(KeyBytes + NonceBytes, CommitmentBytes).CopyTo(commitment);
        return Take(derived);
    }

    /// <summary>Checks the commitment before any chunk is touched.</summary>
    /// <returns>False where key or context is not the one that sealed.</returns>
    public static bool TryResume(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> header, [NotNullWhen(true)] out ChunkCipher? cipher)
    {
        Span<byte> derived = stackalloc byte[2 * HashBytes];
        Derive(key, context, header[..SaltBytes], derived);
        if (!CryptographicOperations.FixedTimeEquals(derived.Slice(KeyBytes + NonceBytes, CommitmentBytes), header[SaltBytes..]))
        {
            CryptographicOperations.ZeroMemory(derived);
            cipher = null;
            return false;
        }

        cipher = Take(derived);
        return true;
    }

    private static ChunkCipher Take(Span<byte> derived)
    {
        var cipher = new ChunkCipher(derived[..KeyBytes], derived.Slice(KeyBytes, NonceBytes));
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }

    // HKDF-Expand (RFC 5869 §2.3) written out: HKDF.Expand of the base library refuses a key shorter than the hash.
    // 76 bytes are asked for, so two rounds: T(1) = HMAC(key, info ‖ 1), T(2) = HMAC(key, T(1) ‖ info ‖ 2).
    private static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> salt, Span<byte> derived)
    {
        if (key.Length != KeyBytes)
            throw new ArgumentException($"A sealing key is {KeyBytes} bytes, not {key.Length}.", nameof(key));

        var length = HashBytes + Prefix.Length + SaltBytes + context.Length + 1;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var message = rented is null ? stackalloc byte[OnStack] : rented;
        message = message[..length];

        var info = message[HashBytes..];
        Prefix.CopyTo(info);
        salt.CopyTo(info[Prefix.Length..]);
        context.CopyTo(info[(Prefix.Length + SaltBytes)..]);

        // One instance for both: OpenSSL sets up the key once, which is a quarter of the time.
        using (var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, key))
        {
            message[^1] = 1;
            hmac.AppendData(info);
            hmac.GetHashAndReset(derived);
            derived[..HashBytes].CopyTo(message);
            message[^1] = 2;
            hmac.AppendData(message);
            hmac.GetHashAndReset(derived[HashBytes..]);
        }

        CryptographicOperations.ZeroMemory(message[..HashBytes]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
