using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cofferdam.Server.SignIn;

/// <summary>A secret that is handed out once and kept as a hash alone.</summary>
internal static class SecretToken
{
    /// <summary>Bytes of a secret: 32, so that a plain hash of it cannot be searched.</summary>
    public const int Length = 32;

    private const int IdLength = 16;

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

    /// <summary>A secret that is found by an id: both, as one text.</summary>
    public static (string Text, byte[] Secret) CreateFor(Guid id)
    {
        var both = new byte[IdLength + Length];
        id.TryWriteBytes(both, bigEndian: true, out _);
        RandomNumberGenerator.Fill(both.AsSpan(IdLength));
        return (Base64Url.EncodeToString(both), both[IdLength..]);
    }

    /// <summary>Takes such a text apart; false where it is none.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out Guid id, out byte[] secret)
    {
        Span<byte> both = stackalloc byte[IdLength + Length];
        var read = TryDecode(text, both);
        (id, secret) = read ? (new Guid(both[..IdLength], bigEndian: true), both[IdLength..].ToArray()) : (Guid.Empty, []);
        return read;
    }

    /// <summary>Decodes base64url into a span of just the right length.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Base64Url.IsValid(text, out var length) && length == bytes.Length
        && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == bytes.Length;
}
