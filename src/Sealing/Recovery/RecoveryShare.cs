using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing.Recovery;

/// <summary>One share as people keep it: text that can be copied by hand.</summary>
/// <remarks>
/// <c>CFR1-THRESHOLD-INDEX-FINGERPRINT-PAYLOAD-CHECKSUM</c>: numbers in decimal, 8 bytes in hexadecimal, then 32 and 5
/// bytes in the base 32 of Crockford, in groups of four. The checksum is of SHA-256 over
/// <c>"cofferdam/recovery-share@1" ‖ 0 ‖ threshold u8 ‖ index u8 ‖ fingerprint 8 ‖ payload 32</c>.
/// </remarks>
internal sealed record RecoveryShare(int Threshold, int Index, string Fingerprint, byte[] Payload)
{
    private const string Version = "CFR1";
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int ChecksumBytes = 5;

    public string Write()
    {
        var letters = ToLetters(Payload) + ToLetters(Checksum());
        return string.Create(CultureInfo.InvariantCulture, $"{Version}-{Threshold}-{Index}-{Fingerprint}-{string.Join('-', letters.Chunk(4).Select(group => new string(group)))}");
    }

    /// <returns>Null where this is no share, or one that was mistyped.</returns>
    public static RecoveryShare? Read(string text)
    {
        var parts = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Split('-');
        if (parts.Length < 5
            || !string.Equals(parts[0], Version, StringComparison.OrdinalIgnoreCase)
            || !byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var threshold)
            || !byte.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || threshold is < 2 or > RecoveryShares.Most
            || index is < 1 or > RecoveryShares.Most
            || parts[3].Length != 2 * RecoveryShares.FingerprintBytes
            || !parts[3].All(char.IsAsciiHexDigit))
            return null;

        var letters = string.Concat(parts[4..]);
        var payloadLetters = LettersOf(RecoveryShares.SecretBytes);
        if (letters.Length != payloadLetters + LettersOf(ChecksumBytes)
            || !TryFromLetters(letters[..payloadLetters], RecoveryShares.SecretBytes, out var payload)
            || !TryFromLetters(letters[payloadLetters..], ChecksumBytes, out var checksum))
            return null;
        var share = new RecoveryShare(threshold, index, parts[3].ToLowerInvariant(), payload);
        return share.Checksum().AsSpan().SequenceEqual(checksum) ? share : null;
    }

    private byte[] Checksum() => SHA256.HashData(
        [.. "cofferdam/recovery-share@1\0"u8, (byte)Threshold, (byte)Index, .. Convert.FromHexString(Fingerprint), .. Payload])[..ChecksumBytes];

    private static int LettersOf(int bytes) => ((bytes * 8) + 4) / 5;

    private static string ToLetters(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var value in bytes)
        {
            bits = ((bits & 0x1F) << 8) | value;
            for (held += 8; held >= 5; held -= 5)
                text.Append(Alphabet[(bits >> (held - 5)) & 0x1F]);
        }

        if (held > 0)
            text.Append(Alphabet[(bits << (5 - held)) & 0x1F]);
        return text.ToString();
    }

    private static bool TryFromLetters(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        int bits = 0, held = 0, at = 0;
        foreach (var letter in text)
        {
            // What is easily taken for another is read as that other.
            var value = Alphabet.IndexOf(char.ToUpperInvariant(letter) switch { 'O' => '0', 'I' or 'L' => '1', var plain => plain }, StringComparison.Ordinal);
            if (value < 0)
                return false;
            bits = ((bits << 5) | value) & 0xFFF;
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                bytes[at++] = (byte)(bits >> held);
            }
        }

        return at == length && (bits & ((1 << held) - 1)) == 0;
    }
}
