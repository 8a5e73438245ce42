using System.Security.Cryptography;
using System.Text;
using Cofferdam.Federation.Signing;
using Cofferdam.Ledger;

namespace Cofferdam.Federation.Keys;

/// <summary>What a key signs with. A key has one algorithm, and no message chooses another.</summary>
public enum KeyAlgorithm : byte
{
    /// <summary>Ed25519 (RFC 8032); <c>EdDSA</c> in a JWS (RFC 8037 §3.1).</summary>
    EdDsa = 1,

    /// <summary>ECDSA on P-256 with SHA-256, the signature as r‖s; <c>ES256</c> in a JWS (RFC 7518 §3.4).</summary>
    Es256 = 2,
}

/// <summary>The public half of a key.</summary>
public sealed class VerifyingKey : IEquatable<VerifyingKey>
{
    private const int CoordinateBytes = 32;

    // Ed25519: the encoded point; P-256: x‖y.
    private readonly byte[] point;

    private VerifyingKey(KeyAlgorithm algorithm, byte[] point)
    {
        Algorithm = algorithm;
        this.point = point;
        Kid = Thumbprint(ToJwk());
    }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>RFC 7638 thumbprint of the key with SHA-256, base64url: 43 characters.</summary>
    public string Kid { get; }

    /// <summary>The 32 bytes of an Ed25519 key, or x‖y of a P-256 key.</summary>
    public ReadOnlyMemory<byte> Point => point;

    /// <summary>Reads a key.</summary>
    /// <returns>Null where it is of another kind, not in canonical base64url, or no point of its curve.</returns>
    public static VerifyingKey? FromJwk(Jwk? jwk) => jwk switch
    {
        { Kty: "OKP", Crv: "Ed25519", Y: null } when StrictBase64Url.Read(jwk.X, CoordinateBytes) is { } x => new VerifyingKey(KeyAlgorithm.EdDsa, x),
        { Kty: "EC", Crv: "P-256" } when StrictBase64Url.Read(jwk.X, CoordinateBytes) is { } x && StrictBase64Url.Read(jwk.Y, CoordinateBytes) is { } y => FromPoint(x, y),
        _ => null,
    };

    internal static VerifyingKey FromEd25519(byte[] publicKey) => new(KeyAlgorithm.EdDsa, publicKey);

    internal static VerifyingKey? FromPoint(byte[] x, byte[] y)
    {
        try
        {
            using var ecdsa = ECDsa.Create(Parameters(x, y));
            return new VerifyingKey(KeyAlgorithm.Es256, [.. x, .. y]);
        }
        catch (CryptographicException)
        {
            // What ECDsa says of coordinates that are not on the curve.
            return null;
        }
    }

    /// <summary>Checks a signature.</summary>
    /// <param name="signature">64 bytes; anything else is false.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 2 * CoordinateBytes)
            return false;
        if (Algorithm is KeyAlgorithm.EdDsa)
            return Ed25519.Verify(point, message, signature);
        using var ecdsa = ECDsa.Create(Parameters(point[..CoordinateBytes], point[CoordinateBytes..]));
        return ecdsa.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public Jwk ToJwk() => Algorithm is KeyAlgorithm.EdDsa
        ? new Jwk("OKP", "Ed25519", StrictBase64Url.Write(point))
        : new Jwk("EC", "P-256", StrictBase64Url.Write(point.AsSpan(0, CoordinateBytes)), StrictBase64Url.Write(point.AsSpan(CoordinateBytes)));

    public bool Equals(VerifyingKey? other) => other is not null && Algorithm == other.Algorithm && point.AsSpan().SequenceEqual(other.point);

    public override bool Equals(object? obj) => Equals(obj as VerifyingKey);

    public override int GetHashCode() => Kid.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Kid;

    private static ECParameters Parameters(byte[] x, byte[] y) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };

    /// <summary>RFC 7638 §3.2: the required members alone, in the order of their names, without spaces.</summary>
    private static string Thumbprint(Jwk jwk)
    {
        var canonical = jwk.Y is null
            ? $$"""{"crv":"{{jwk.Crv}}","kty":"{{jwk.Kty}}","x":"{{jwk.X}}"}"""
            : $$"""{"crv":"{{jwk.Crv}}","kty":"{{jwk.Kty}}","x":"{{jwk.X}}","y":"{{jwk.Y}}"}""";
        return StrictBase64Url.Write(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));
    }
}
