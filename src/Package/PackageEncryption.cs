using System.Security.Cryptography;
using Cofferdam.Sealing;

namespace Cofferdam.Package;

/// <summary>A package encrypted to one recipient.</summary>
/// <remarks>
/// <c>"CFDP" ‖ version u8 ‖ suite u8 ‖ recipient key id 32 ‖ encapsulated key 65 ‖ body</c>. Suite 1: HPKE (DHKEM P-256,
/// HKDF-SHA256, export only) for the key, <see cref="ChunkedEncryption"/> for the body, which is the tar. The header is
/// the body's context, so that no byte of it can be changed.
/// </remarks>
internal static class PackageEncryption
{
    private const int RecipientAt = 6;
    private const int EncapsulatedAt = RecipientAt + 32;
    private const int HeaderBytes = EncapsulatedAt + Hpke.EncapsulatedBytes;

    public static ReadOnlySpan<byte> Magic => "CFDP"u8;

    private static ReadOnlySpan<byte> Suite => [1, 1];

    private static ReadOnlySpan<byte> Info => "cofferdam/delivery@1"u8;

    private static ReadOnlySpan<byte> KeyLabel => "body key"u8;

    /// <summary>Writes the header; what is written to the stream returned is the body.</summary>
    public static async Task<SealingStream> SealAsync(Stream destination, RecipientKey recipient, CancellationToken cancellation)
    {
        var (encapsulated, key) = Hpke.SendExport(recipient.Spki.Span, Info, KeyLabel, ChunkedEncryption.KeyBytes);
        byte[] header = [.. Magic, .. Suite, .. recipient.Id.Span, .. encapsulated];
        await destination.WriteAsync(header, cancellation);
        var body = new SealingStream(destination, key, header);
        CryptographicOperations.ZeroMemory(key);
        return body;
    }

    /// <summary>Reads the header.</summary>
    /// <returns>The tar, or in words why it cannot be opened.</returns>
    public static async Task<(OpeningStream? Body, string? Finding)> OpenAsync(Stream source, ECDiffieHellman? privateKey, CancellationToken cancellation)
    {
        if (privateKey is null)
            return (null, "the package is encrypted, and no private key was given");

        var header = new byte[HeaderBytes];
        if (await source.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellation) < HeaderBytes)
            return (null, "the package is cut short");
        if (!header.AsSpan().StartsWith(Magic) || !header.AsSpan(Magic.Length, Suite.Length).SequenceEqual(Suite))
            return (null, "the package is of another kind or was made by a newer release");
        if (!RecipientKey.IsP256(privateKey))
            return (null, "the private key given is not one of the curve P-256");
        if (!header.AsSpan(RecipientAt, 32).SequenceEqual(RecipientKey.Of(privateKey).Id.Span))
            return (null, $"the package is encrypted to the key {Convert.ToHexStringLower(header.AsSpan(RecipientAt, 32))}, not to the one given");

        var key = Hpke.ReceiveExport(header.AsSpan(EncapsulatedAt), privateKey, Info, KeyLabel, ChunkedEncryption.KeyBytes);
        var body = key is null ? null : await OpeningStream.OpenAsync(source, key, header, cancellation);
        CryptographicOperations.ZeroMemory(key);
        return body is null ? (null, "the package was edited or cut") : (body, null);
    }
}
