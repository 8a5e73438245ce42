using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cofferdam.Server.SignIn;

/// <summary>A secret that is handed out once and kept as a hash alone.</summary>
internal static class SecretToken
{
    /// <summary>Bytes of a secret: 32, so that a plain hash of it cannot be searched.</summary>
    public const int Length = 32;

    public static (string Text, byte[] Hash) Create()
    {
        var secret = RandomNumberGenerator.GetBytes(Length);
        return (Base64Url.EncodeToString(secret), SHA256.HashData(secret));
    }

    /// <summary>The hash that a token is kept under; null where the text cannot be a token.</summary>
    public static byte[]? HashOf(string? text)
    {
        Span<byte> secret = stackalloc byte[Length];
        return text is { Length: 43 } && TryDecode(text, secret) ? SHA256.HashData(secret) : null;
    }

    /// <summary>Decodes base64url into a span of just the right length.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Base64Url.IsValid(text, out var length) && length == bytes.Length
        && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == bytes.Length;
}
