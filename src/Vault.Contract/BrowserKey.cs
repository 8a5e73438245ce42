using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Vault.Contract;

/// <summary>Public keys of P-256 as 0x04 ‖ x ‖ y, 65 bytes.</summary>
public static class BrowserKey
{
    /// <summary>A key to verify with.</summary>
    /// <returns>Null where the bytes are no point of the curve.</returns>
    public static ECDsa? Import(ReadOnlySpan<byte> point)
    {
        if (point.Length != SignedBytes.PublicKeyBytes || point[0] != 4)
            return null;
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
            });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the bytes are a point of the curve.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        using var key = Import(point);
        return key is not null;
    }

    /// <summary>Checks an ECDSA signature with SHA-256, r ‖ s.</summary>
    /// <returns>False as well where the point is none or the signature has the wrong length.</returns>
    public static bool Verify(ReadOnlySpan<byte> point, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = Import(point);
        return key is not null && signature.Length == SignedBytes.SignatureBytes
            && key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>RFC 7638: SHA-256 of the JWK's required members in their order, 32 bytes. In base64url it is <c>cnf.jkt</c>.</summary>
    /// <param name="point">65 bytes.</param>
    public static byte[] Thumbprint(ReadOnlySpan<byte> point) => SHA256.HashData(Encoding.ASCII.GetBytes(
        $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point[1..33])}}","y":"{{Base64Url.EncodeToString(point[33..])}}"}"""));
}
