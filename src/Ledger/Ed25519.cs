using System.Security.Cryptography;

namespace Cofferdam.Ledger;

/// <summary>Ed25519 signatures (RFC 8032), computed by OpenSSL's libcrypto: .NET 10 has none of its own.</summary>
/// <remarks>Every method throws <see cref="PlatformNotSupportedException"/>, saying what to install, where libcrypto is missing.</remarks>
public static class Ed25519
{
    /// <summary>Length of a private key (the seed of RFC 8032) in bytes.</summary>
    public const int SeedBytes = 32;

    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeyBytes = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureBytes = 64;

    /// <summary>A fresh private key.</summary>
    public static byte[] GenerateKey() => RandomNumberGenerator.GetBytes(SeedBytes);

    /// <summary>The public key that belongs to a private key.</summary>
    /// <param name="seed">32 bytes.</param>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        Require(seed.Length, SeedBytes, nameof(seed));
        using var key = LibCrypto.PrivateKey(seed);
        return LibCrypto.PublicKey(key);
    }

    /// <summary>Signs a message.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <returns>64 bytes.</returns>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        Require(seed.Length, SeedBytes, nameof(seed));
        using var key = LibCrypto.PrivateKey(seed);
        return LibCrypto.Sign(key, message);
    }

    /// <summary>Checks a signature.</summary>
    /// <returns>False as well where key or signature have the wrong length or are no curve points.</returns>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyBytes || signature.Length != SignatureBytes)
            return false;
        using var key = LibCrypto.PublicKey(publicKey);
        return LibCrypto.Verify(key, message, signature);
    }

    private static void Require(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"An Ed25519 private key is {expected} bytes, not {length}.", name);
    }
}
