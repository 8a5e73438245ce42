using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.ApiClient;

/// <summary>Time-based one-time passwords as authenticator apps make them: RFC 6238 with SHA-1, 30 s, six digits.</summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="secret">Base32 (RFC 4648), upper or lower case, padded or not.</param>
    /// <exception cref="FormatException">Not Base32.</exception>
    public static string Code(string secret, DateTimeOffset now)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / 30);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238: what authenticator apps compute.
        HMACSHA1.HashData(Decode(secret), counter, mac);
#pragma warning restore CA5350
        var at = mac[^1] & 0xF;
        var number = (BinaryPrimitives.ReadUInt32BigEndian(mac[at..]) & 0x7FFF_FFFF) % 1_000_000;
        return number.ToString("D6");
    }

    private static byte[] Decode(string text)
    {
        var letters = text.AsSpan().Trim().TrimEnd('=');
        var bytes = new byte[letters.Length * 5 / 8];
        int bits = 0, held = 0, at = 0;
        foreach (var letter in letters)
        {
            var value = Base32.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException("A TOTP secret is Base32: letters A to Z and digits 2 to 7.");
            held = ((held << 5) | value) & 0xFFF;
            bits += 5;
            if (bits >= 8 && at < bytes.Length)
                bytes[at++] = (byte)(held >> (bits -= 8));
        }

        return bytes;
    }
}
