using System.Buffers;
using System.Buffers.Text;

namespace Cofferdam.Federation.Signing;

/// <summary>
/// base64url as RFC 7515 §2 has it: no padding, no white space, no bits to spare. Bytes have one spelling, so that two
/// texts that differ are two messages.
/// </summary>
internal static class StrictBase64Url
{
    public static string Write(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <returns>Null where the text is not what <see cref="Write"/> writes.</returns>
    public static byte[]? Read(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) is not OperationStatus.Done)
            return null;
        Array.Resize(ref bytes, written);
        // The decoder is lenient; what it let pass shows here.
        return text.SequenceEqual(Write(bytes)) ? bytes : null;
    }

    /// <returns>Null as well where it is not that many bytes.</returns>
    public static byte[]? Read(string? text, int length) => text is not null && Read(text.AsSpan()) is { } bytes && bytes.Length == length ? bytes : null;
}
