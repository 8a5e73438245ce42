using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>
/// A P-256 key pair for the day on which a custodian is lost: the vault keeps the public key and wraps the lab key to it;
/// the private key lies in shares with several people, and nowhere else.
/// </summary>
/// <remarks>HPKE in export mode (<see cref="Hpke"/>) gives the key that wraps; the wrapping is key-committing (<see cref="KeyWrap"/>).</remarks>
public static class RecoveryKey
{
    /// <summary>Length of a lab key wrapped to a recovery key.</summary>
    public const int WrappedBytes = Hpke.EncapsulatedBytes + KeyWrap.WrappedBytes;

    private static ReadOnlySpan<byte> Info => "cofferdam/recovery@1"u8;

    /// <summary>Makes a key pair and gives out its private key in shares alone.</summary>
    /// <param name="threshold">Shares that are needed: 2 to <paramref name="count"/>.</param>
    /// <param name="count">Shares to make, at most 16.</param>
    /// <returns>DER SubjectPublicKeyInfo, and the shares as text for people to keep.</returns>
    public static (byte[] PublicKey, IReadOnlyList<string> Shares) Create(int threshold, int count)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = pair.ExportSubjectPublicKeyInfo();
        var secret = pair.ExportParameters(includePrivateParameters: true).D!;
        try
        {
            return (publicKey, RecoveryShares.Split(secret, Fingerprint(publicKey), threshold, count));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>First 8 bytes of SHA-256 of the public key, by which shares are told.</summary>
    public static byte[] Fingerprint(ReadOnlySpan<byte> publicKey) => SHA256.HashData(publicKey)[..RecoveryShares.FingerprintBytes];

    /// <summary>Wraps a key so that the shares together unwrap it.</summary>
    /// <param name="publicKey">DER SubjectPublicKeyInfo.</param>
    /// <param name="context">What the key is for. Unwrapping needs the same bytes.</param>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="CryptographicException">The public key is not one of P-256.</exception>
    public static byte[] Wrap(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> context, ReadOnlySpan<byte> key)
    {
        var (encapsulated, kek) = Hpke.SendExport(publicKey, Info, context, ChunkedEncryption.KeyBytes);
        var wrapped = KeyWrap.Wrap(kek, context, key);
        CryptographicOperations.ZeroMemory(kek);
        return [.. encapsulated, .. wrapped];
    }

    /// <summary>Unwraps a key.</summary>
    /// <param name="privateKey">32 bytes, as <see cref="RecoveryShares.TryCombine"/> returned them.</param>
    /// <returns>False where it was wrapped to another recovery key or for another context, or was edited.</returns>
    /// <exception cref="CryptographicException">The private key is none of P-256.</exception>
    public static bool TryUnwrap(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> context, ReadOnlySpan<byte> wrapped, out byte[] key)
    {
        key = [];
        if (wrapped.Length != WrappedBytes)
            return false;
        using var pair = Import(privateKey);
        if (Hpke.ReceiveExport(wrapped[..Hpke.EncapsulatedBytes], pair, Info, context, ChunkedEncryption.KeyBytes) is not { } kek)
            return false;
        var opened = KeyWrap.TryUnwrap(kek, context, wrapped[Hpke.EncapsulatedBytes..], out key);
        CryptographicOperations.ZeroMemory(kek);
        return opened;
    }

    /// <returns>Whether these 32 bytes are the private key of that fingerprint.</returns>
    internal static bool Fits(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> fingerprint)
    {
        try
        {
            using var pair = Import(privateKey);
            return Fingerprint(pair.ExportSubjectPublicKeyInfo()).AsSpan().SequenceEqual(fingerprint);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // The public point is worked out from the private number.
    private static ECDiffieHellman Import(ReadOnlySpan<byte> privateKey)
    {
        var number = privateKey.ToArray();
        try
        {
            return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(number);
        }
    }
}
