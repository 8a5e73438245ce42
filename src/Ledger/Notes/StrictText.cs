using System.Globalization;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>Text with one spelling for one value, so that no byte of what was read can differ unnoticed.</summary>
internal static class StrictText
{
    /// <summary>UTF-8 that refuses what is none.</summary>
    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Base64 with padding (RFC 4648 §4), without white space and with its unused bits zero.</summary>
    public static bool TryBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var written))
            return false;
        bytes = bytes[..written];
        return text.SequenceEqual(Convert.ToBase64String(bytes));
    }

    /// <summary>A hash: base64 of 32 bytes.</summary>
    public static bool TryHash(ReadOnlySpan<char> text, out byte[] hash) => TryBase64(text, out hash) && hash.Length == MerkleTree.HashBytes;

    /// <summary>A number in decimal digits without leading zeros, at most 2^63 − 1.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && (text.Length == 1 || text[0] != '0')
        && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>UTF-8 text without control characters below U+0020 other than newlines.</summary>
    public static bool TryLines(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        foreach (var one in bytes)
        {
            if (one < 0x20 && one != (byte)'\n')
                return false;
        }

        try
        {
            text = Utf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
