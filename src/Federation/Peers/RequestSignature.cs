using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Peers;

/// <summary>
/// The header under which one node asks another: who asks whom, when, and a signature over that, the method, the target
/// and the body.
/// </summary>
/// <param name="Key">Id of the sender's federation key.</param>
/// <param name="Pairing">Which pairing speaks.</param>
/// <param name="From">The sender's peer id.</param>
/// <param name="To">The receiver's peer id, so that nobody else can be sent it; all zeros where a pairing begins and it is not known yet.</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Nonce">16 random bytes, base64url.</param>
/// <param name="Signature">64 bytes, base64url.</param>
internal sealed record RequestSignature(string Key, Guid Pairing, Guid From, Guid To, long Created, string Nonce, string Signature)
{
    public const string Header = "Cofferdam-Signature";

    public const int NonceBytes = 16;

    /// <summary>How far the clocks of two nodes may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly string[] Names = ["key", "pairing", "from", "to", "created", "nonce", "sig"];

    /// <summary>Signs a request.</summary>
    /// <param name="target">Path and query as they go over the wire.</param>
    public static RequestSignature Sign(
        SigningKey key, Guid pairing, Guid from, Guid to, DateTimeOffset now, string method, string target, ReadOnlySpan<byte> body)
    {
        var unsigned = new RequestSignature(
            key.Kid, pairing, from, to, now.ToUnixTimeSeconds(), StrictBase64Url.Write(RandomNumberGenerator.GetBytes(NonceBytes)), Signature: "");
        return unsigned with { Signature = StrictBase64Url.Write(key.Sign(unsigned.SignedBytes(method, target, body))) };
    }

    /// <returns>Null where the header is not just as <see cref="ToString"/> writes it.</returns>
    public static RequestSignature? Parse(string? header)
    {
        if (header is not { Length: > 0 and <= 512 } || header.Split(", ") is not { } parts || parts.Length != Names.Length)
            return null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!parts[i].StartsWith(Names[i], StringComparison.Ordinal) || parts[i].Length <= Names[i].Length || parts[i][Names[i].Length] != '=')
                return null;
            parts[i] = parts[i][(Names[i].Length + 1)..];
        }

        return Guid.TryParseExact(parts[1], "D", out var pairing) && Guid.TryParseExact(parts[2], "D", out var from) && Guid.TryParseExact(parts[3], "D", out var to)
            && long.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            && StrictBase64Url.Read(parts[5], NonceBytes) is not null && StrictBase64Url.Read(parts[6], Ledger.Ed25519.SignatureBytes) is not null
            && new RequestSignature(parts[0], pairing, from, to, created, parts[5], parts[6]) is var read && read.ToString() == header
            ? read
            : null;
    }

    public bool IsBy(VerifyingKey key, string method, string target, ReadOnlySpan<byte> body) =>
        key.Kid == Key && key.Algorithm is KeyAlgorithm.EdDsa && key.Verify(SignedBytes(method, target, body), StrictBase64Url.Read(Signature, Ledger.Ed25519.SignatureBytes));

    public bool IsInTime(DateTimeOffset now) => Math.Abs(now.ToUnixTimeSeconds() - Created) <= (long)Skew.TotalSeconds;

    public override string ToString() => $"key={Key}, pairing={Pairing}, from={From}, to={To}, created={Created}, nonce={Nonce}, sig={Signature}";

    /// <summary>One line for each thing, so that none runs into the next; no line can hold a line break.</summary>
    internal byte[] SignedBytes(string method, string target, ReadOnlySpan<byte> body) => Encoding.UTF8.GetBytes(
        $"cofferdam/request@1\n{method}\n{target}\n{Convert.ToHexStringLower(SHA256.HashData(body))}\n{Key}\n{Pairing}\n{From}\n{To}\n{Created}\n{Nonce}\n");
}
