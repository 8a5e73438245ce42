using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>
/// Agrees on a key with somebody of whom only a public key is known: HPKE (RFC 9180) in base mode with
/// DHKEM(P-256, HKDF-SHA256) and HKDF-SHA256, export only.
/// </summary>
/// <remarks>Base mode says nothing about who sent it; whoever needs that signs what is inside.</remarks>
public static class Hpke
{
    /// <summary>Length of the encapsulated key in bytes: an uncompressed point.</summary>
    public const int EncapsulatedBytes = 65;

    /// <summary>AEAD id of the export-only suite (RFC 9180 §7.3).</summary>
    internal const ushort ExportOnly = 0xFFFF;

    private const int HashBytes = SHA256.HashSizeInBytes;
    private const ushort Kem = 0x0010;
    private const ushort Kdf = 0x0001;

    private static byte[] KemSuite { get; } = [.. "KEM"u8, 0x00, 0x10];

    /// <summary>Makes a secret that only the recipient can derive as well.</summary>
    /// <param name="recipientSpki">The recipient's P-256 public key, DER SubjectPublicKeyInfo.</param>
    /// <param name="info">What this is for; both sides use the same bytes.</param>
    /// <param name="exporterContext">Which secret of this agreement; both sides use the same bytes.</param>
    /// <param name="length">Length of the secret in bytes.</param>
    /// <returns>What to send the recipient (<see cref="EncapsulatedBytes"/>) and the secret.</returns>
    /// <exception cref="CryptographicException">The public key is not one of P-256.</exception>
    public static (byte[] Encapsulated, byte[] Secret) SendExport(
        ReadOnlySpan<byte> recipientSpki, ReadOnlySpan<byte> info, ReadOnlySpan<byte> exporterContext, int length)
    {
        using var recipient = ECDiffieHellman.Create();
        recipient.ImportSubjectPublicKeyInfo(recipientSpki, out var read);
        if (read != recipientSpki.Length)
            throw new CryptographicException("There is more after the end of the recipient's public key.");
        RequireP256(recipient);

        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var (encapsulated, shared) = Encapsulate(ephemeral, recipient);
        return (encapsulated, Export(shared, info, exporterContext, length, ExportOnly));
    }

    /// <summary>Derives the secret that the sender made.</summary>
    /// <param name="encapsulated">What the sender sent.</param>
    /// <param name="recipient">The recipient's private key, of P-256.</param>
    /// <returns>The secret: the sender's only if key, info and context are the same. Null where <paramref name="encapsulated"/> is no point of the curve.</returns>
    /// <exception cref="CryptographicException">The private key is not one of P-256.</exception>
    public static byte[]? ReceiveExport(
        ReadOnlySpan<byte> encapsulated, ECDiffieHellman recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> exporterContext, int length)
    {
        RequireP256(recipient);
        var shared = Decapsulate(encapsulated, recipient);
        return shared is null ? null : Export(shared, info, exporterContext, length, ExportOnly);
    }

    /// <remarks>RFC 9180 §4.1, Encap, with the ephemeral key given.</remarks>
    internal static (byte[] Encapsulated, byte[] Shared) Encapsulate(ECDiffieHellman ephemeral, ECDiffieHellman recipient)
    {
        var encapsulated = Point(ephemeral);
        return (encapsulated, SharedSecret(ephemeral, recipient, [.. encapsulated, .. Point(recipient)]));
    }

    /// <remarks>RFC 9180 §4.1, Decap.</remarks>
    internal static byte[]? Decapsulate(ReadOnlySpan<byte> encapsulated, ECDiffieHellman recipient)
    {
        if (encapsulated.Length != EncapsulatedBytes || encapsulated[0] != 4)
            return null;

        using var sender = ECDiffieHellman.Create();
        try
        {
            sender.ImportParameters(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = encapsulated[1..33].ToArray(), Y = encapsulated[33..].ToArray() },
            });
        }
        catch (CryptographicException)
        {
            return null;
        }

        return SharedSecret(recipient, sender, [.. encapsulated, .. Point(recipient)]);
    }

    /// <remarks>RFC 9180 §5.1 (key schedule, base mode) and §5.3 (export).</remarks>
    internal static byte[] Export(byte[] shared, ReadOnlySpan<byte> info, ReadOnlySpan<byte> exporterContext, int length, ushort aead)
    {
        byte[] suite = [.. "HPKE"u8, .. U16(Kem), .. U16(Kdf), .. U16(aead)];
        const byte baseMode = 0;
        byte[] context = [baseMode, .. LabeledExtract(suite, [], "psk_id_hash"u8, []), .. LabeledExtract(suite, [], "info_hash"u8, info)];
        var secret = LabeledExtract(suite, shared, "secret"u8, []);
        var exporter = LabeledExpand(suite, secret, "exp"u8, context, HashBytes);
        return LabeledExpand(suite, exporter, "sec"u8, exporterContext, length);
    }

    private static byte[] SharedSecret(ECDiffieHellman own, ECDiffieHellman other, byte[] context)
    {
        using var publicKey = other.PublicKey;
        var secret = LabeledExtract(KemSuite, [], "eae_prk"u8, own.DeriveRawSecretAgreement(publicKey));
        return LabeledExpand(KemSuite, secret, "shared_secret"u8, context, HashBytes);
    }

    // RFC 9180 §4.
    private static byte[] LabeledExtract(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> material)
    {
        var pseudorandom = new byte[HashBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. label, .. material], salt, pseudorandom);
        return pseudorandom;
    }

    private static byte[] LabeledExpand(ReadOnlySpan<byte> suite, byte[] pseudorandom, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, int length)
    {
        var output = new byte[length];
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, output, [.. U16((ushort)length), .. "HPKE-v1"u8, .. suite, .. label, .. info]);
        return output;
    }

    private static byte[] Point(ECDiffieHellman key)
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    private static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private static void RequireP256(ECDiffieHellman key)
    {
        if (!string.Equals(key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value, "1.2.840.10045.3.1.7", StringComparison.Ordinal))
            throw new CryptographicException("The recipient's key must be one of the curve P-256.");
    }
}
