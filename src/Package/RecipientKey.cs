using System.Security.Cryptography;

namespace Cofferdam.Package;

/// <summary>The P-256 public key of whoever shall be able to open a package.</summary>
public sealed class RecipientKey
{
    private RecipientKey(byte[] spki) => Spki = spki;

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>SHA-256 of <see cref="Spki"/>, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Id => SHA256.HashData(Spki.Span);

    /// <summary>Id as manifests write it: 64 lower-case hexadecimal digits.</summary>
    public string Name => Convert.ToHexStringLower(Id.Span);

    /// <summary>Takes a DER SubjectPublicKeyInfo.</summary>
    /// <returns>Null where it is not a public key of P-256.</returns>
    public static RecipientKey? TryImport(ReadOnlySpan<byte> spki)
    {
        try
        {
            using var key = ECDiffieHellman.Create();
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            return read == spki.Length && IsP256(key) ? Of(key) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The public half of a private key.</summary>
    /// <exception cref="ArgumentException">It is not of P-256.</exception>
    public static RecipientKey Of(ECDiffieHellman key) =>
        IsP256(key) ? new(key.ExportSubjectPublicKeyInfo()) : throw new ArgumentException("A recipient's key is one of the curve P-256.", nameof(key));

    internal static bool IsP256(ECDiffieHellman key) =>
        string.Equals(key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value, "1.2.840.10045.3.1.7", StringComparison.Ordinal);
}
