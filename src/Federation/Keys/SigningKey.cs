using System.Security.Cryptography;
using Cofferdam.Ledger;

namespace Cofferdam.Federation.Keys;

/// <summary>A key with its private half, which leaves this object only to be sealed.</summary>
public sealed class SigningKey
{
    // Ed25519: the seed of RFC 8032; P-256: the private scalar, big-endian.
    private readonly byte[] secret;

    private SigningKey(KeyAlgorithm algorithm, byte[] secret)
    {
        this.secret = secret;
        if (algorithm is KeyAlgorithm.EdDsa)
        {
            Public = VerifyingKey.FromEd25519(Ed25519.PublicKey(secret));
            return;
        }

        using var ecdsa = ECDsa.Create(Parameters);
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        Public = VerifyingKey.FromPoint(point.X!, point.Y!)!;
    }

    public VerifyingKey Public { get; }

    public KeyAlgorithm Algorithm => Public.Algorithm;

    public string Kid => Public.Kid;

    /// <summary>32 bytes, to be sealed and nothing else.</summary>
    internal ReadOnlyMemory<byte> Secret => secret;

    private ECParameters Parameters => new() { Curve = ECCurve.NamedCurves.nistP256, D = secret };

    /// <summary>A fresh key.</summary>
    public static SigningKey Generate(KeyAlgorithm algorithm)
    {
        if (algorithm is KeyAlgorithm.EdDsa)
            return new SigningKey(algorithm, Ed25519.GenerateKey());
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(algorithm, ecdsa.ExportParameters(includePrivateParameters: true).D!);
    }

    /// <summary>The key of a private half that was sealed.</summary>
    /// <param name="secret">32 bytes.</param>
    /// <exception cref="CryptographicException">It is no private key of that algorithm.</exception>
    internal static SigningKey FromSecret(KeyAlgorithm algorithm, ReadOnlySpan<byte> secret) => new(algorithm, secret.ToArray());

    /// <summary>Signs a message.</summary>
    /// <returns>64 bytes. The same each time of Ed25519, another each time of P-256.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        if (Algorithm is KeyAlgorithm.EdDsa)
            return Ed25519.Sign(secret, message);
        using var ecdsa = ECDsa.Create(Parameters);
        return ecdsa.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override string ToString() => Kid;
}
