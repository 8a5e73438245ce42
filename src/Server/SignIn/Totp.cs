using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Server.SignIn;

/// <summary>Time-based one-time passwords as authenticator apps make them: RFC 6238 with SHA-1, 30 s steps, six digits.</summary>
internal static class Totp
{
    /// <summary>Bytes of a secret (RFC 4226 §4 R6).</summary>
    public const int SecretLength = 20;

    private const int StepSeconds = 30;
    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step whose code this is: the present one or a neighbour (RFC 6238 §5.2); null where it is none.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Code(secret, step))))
                found = step;
        return found;
    }

    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238: what authenticator apps compute; HMAC does not rest on SHA-1's collision resistance.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var offset = mac[^1] & 0xF;
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The secret as authenticator apps take it by hand: Base32 (RFC 4648 §6); 20 bytes need no padding.</summary>
    public static string Base32(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder(secret.Length * 8 / 5);
        int held = 0, bits = 0;
        foreach (var value in secret)
        {
            held = (held << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Base32Alphabet[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Base32"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static byte[] FromBase32(string text)
    {
        var secret = new byte[text.Length * 5 / 8];
        int held = 0, bits = 0, at = 0;
        foreach (var letter in text)
        {
            var value = Base32Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException("Not Base32.");
            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                secret[at++] = (byte)(held >> bits);
                held &= (1 << bits) - 1;
            }
        }

        return secret;
    }

    /// <summary>The secret as authenticator apps take it from a QR code.</summary>
    public static string Uri(string issuer, string name, string base32) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(name)}"
        + $"?secret={base32}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period={StepSeconds}";
}
