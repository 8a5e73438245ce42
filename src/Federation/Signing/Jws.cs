using System.Text;
using Cofferdam.Federation.Keys;

namespace Cofferdam.Federation.Signing;

/// <summary>Why a JWS was not taken.</summary>
public enum JwsFault : byte
{
    /// <summary>Longer than <see cref="Jws.MaxLength"/>, not three parts of strict base64url, or no such header.</summary>
    Malformed = 1,

    /// <summary>It is something else, signed for another purpose.</summary>
    Type = 2,

    /// <summary>Nobody who may sign this has the key that it names.</summary>
    UnknownKey = 3,

    /// <summary>The header's algorithm is not the key's.</summary>
    Algorithm = 4,
    Signature = 5,
}

/// <summary>What came of checking a JWS.</summary>
public abstract record JwsOutcome
{
    private JwsOutcome() { }

    /// <param name="Payload">As it was signed.</param>
    /// <param name="Key">The key that signed it.</param>
    public sealed record Verified(ReadOnlyMemory<byte> Payload, VerifyingKey Key) : JwsOutcome;

    public sealed record Refused(JwsFault Fault) : JwsOutcome;
}

/// <summary>
/// JSON Web Signatures in compact form (RFC 7515 §7.1), as narrow as two nodes need them: ES256 and EdDSA; a header of
/// <c>alg</c>, <c>kid</c> and <c>typ</c> and nothing else (RFC 8725 §3: no <c>none</c>, no key from the message, no
/// <c>crit</c>, the type is checked, the algorithm is the key's).
/// </summary>
public static class Jws
{
    /// <summary>Most characters of one.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>Signs.</summary>
    /// <param name="typ">What it is, such as <c>cofferdam-statement+jwt</c>.</param>
    /// <exception cref="ArgumentException">It would be longer than <see cref="MaxLength"/>.</exception>
    public static string Sign(SigningKey key, string typ, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Written by hand: a serializer would spell the plus of a type "\u002B", which other readers may take for another type.
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"{{NameOf(key.Algorithm)}}","kid":"{{key.Kid}}","typ":"{{typ}}"}""");
        var signed = $"{StrictBase64Url.Write(header)}.{StrictBase64Url.Write(payload)}";
        var jws = $"{signed}.{StrictBase64Url.Write(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
        return jws.Length <= MaxLength ? jws : throw new ArgumentException($"A JWS has at most {MaxLength} characters, not {jws.Length}.", nameof(payload));
    }

    /// <summary>Checks who signed it and as what; what it says is for the caller to judge.</summary>
    /// <param name="typ">What it must be.</param>
    /// <param name="keyOf">The key of an id, where it may sign this now.</param>
    public static JwsOutcome Verify(string? jws, string typ, Func<string, VerifyingKey?> keyOf)
    {
        ArgumentNullException.ThrowIfNull(keyOf);
        if (Parts.Of(jws) is not { } parts || parts.ReadHeader() is not { } header)
            return new JwsOutcome.Refused(JwsFault.Malformed);
        if (header.Typ != typ)
            return new JwsOutcome.Refused(JwsFault.Type);
        if (keyOf(header.Kid) is not { } key || key.Kid != header.Kid)
            return new JwsOutcome.Refused(JwsFault.UnknownKey);
        if (header.Alg != NameOf(key.Algorithm))
            return new JwsOutcome.Refused(JwsFault.Algorithm);
        return key.Verify(parts.Signed, parts.Signature)
            ? new JwsOutcome.Verified(parts.Payload, key)
            : new JwsOutcome.Refused(JwsFault.Signature);
    }

    private static string NameOf(KeyAlgorithm algorithm) => algorithm is KeyAlgorithm.EdDsa ? "EdDSA" : "ES256";

    /// <param name="Signed">ASCII of the first two parts and the dot between them (RFC 7515 §5.1).</param>
    internal sealed record Parts(byte[] Header, byte[] Payload, byte[] Signature, byte[] Signed)
    {
        public static Parts? Of(string? jws)
        {
            if (jws is null || jws.Length > MaxLength)
                return null;
            var first = jws.IndexOf('.', StringComparison.Ordinal);
            var last = jws.LastIndexOf('.');
            return first > 0 && last > first
                && StrictBase64Url.Read(jws.AsSpan(0, first)) is { } header
                && StrictBase64Url.Read(jws.AsSpan(first + 1, last - first - 1)) is { } payload
                && StrictBase64Url.Read(jws.AsSpan(last + 1)) is { } signature
                ? new Parts(header, payload, signature, Encoding.ASCII.GetBytes(jws, 0, last))
                : null;
        }

        public JwsHeader? ReadHeader() => StrictJson.Read(Header, FederationJson.Default.JwsHeader);
    }
}

/// <summary>The protected header; any other member is refused, and so is one that comes twice.</summary>
internal sealed record JwsHeader(string Alg, string Kid, string Typ);
