using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Cofferdam.Vault.Attestation;

/// <summary>A vendor's statement or withdrawal as it stands in its JWS, before anybody checked whose it is.</summary>
/// <remarks>docs/formats/attestation.md. What the vault does not need of a statement (skills, qualifications, agreements) it does not look at.</remarks>
/// <param name="Signed">What the signature is over: header and payload as they came.</param>
/// <param name="Signature">64 bytes.</param>
/// <param name="Role">Empty in a withdrawal.</param>
/// <param name="Issued">Seconds since 1970.</param>
/// <param name="Expires">The same; 0 in a withdrawal.</param>
/// <param name="BrowserKey"><c>cnf.jkt</c>; null where it names none.</param>
internal sealed record Statement(
    string Algorithm, string KeyId, byte[] Signed, byte[] Signature, Guid Vendor, Guid Node, string? Lab, Guid Engagement, string Subject, string Role, long Issued,
    long Expires, string StatementId, string? BrowserKey)
{
    /// <summary>Longest JWS.</summary>
    public const int MostCharacters = 8 << 10;

    private const string StatementType = "cofferdam-statement+jwt";
    private const string WithdrawalType = "cofferdam-withdrawal+jwt";
    private const int MostText = 100;

    private static readonly SearchValues<char> Base64UrlLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <returns>Null where it is not one.</returns>
    public static Statement? Parse(string jws) => Parse(jws, StatementType);

    /// <inheritdoc cref="Parse(string)"/>
    public static Statement? ParseWithdrawal(string jws) => Parse(jws, WithdrawalType);

    private static Statement? Parse(string jws, string type)
    {
        if (jws.Length > MostCharacters || jws.Split('.') is not [var first, var second, var third]
            || Bytes(first) is not { } header || Bytes(second) is not { } payload || Bytes(third) is not { Length: 64 } signature)
        {
            return null;
        }

        try
        {
            using var head = JsonDocument.Parse(header, Strict);
            using var body = JsonDocument.Parse(payload, Strict);
            // These three and no more: what else a header may hold (crit, jwk, jku, x5c) is a way to be talked into something.
            if (head.RootElement is not { ValueKind: JsonValueKind.Object } said || said.EnumerateObject().Count() != 3
                || Text(said, "typ") != type || Text(said, "alg") is not { } algorithm || Text(said, "kid") is not { } kid)
            {
                return null;
            }

            var signed = Encoding.ASCII.GetBytes($"{first}.{second}");
            return body.RootElement.ValueKind == JsonValueKind.Object ? Read(body.RootElement, type, algorithm, kid, signed, signature) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Statement? Read(JsonElement claims, string type, string algorithm, string kid, byte[] signed, byte[] signature)
    {
        if (Id(claims, "iss") is not { } vendor || Id(claims, "aud") is not { } node || Id(claims, "eng") is not { } engagement
            || Text(claims, "sub") is not { } subject || Bytes(subject) is not { Length: 16 } || Text(claims, "jti") is not { } id || Seconds(claims, "iat") is not { } issued)
        {
            return null;
        }

        if (type == WithdrawalType)
            return new(algorithm, kid, signed, signature, vendor, node, Lab: null, engagement, subject, "", issued, 0, id, BrowserKey: null);
        string? browserKey = null;
        if (claims.TryGetProperty("cnf", out var confirmation)
            && (confirmation.ValueKind != JsonValueKind.Object || (browserKey = Text(confirmation, "jkt")) is null || Bytes(browserKey) is not { Length: 32 }))
        {
            return null;
        }

        return Text(claims, "lab") is { } lab && Text(claims, "role") is "expert" or "lead" && Seconds(claims, "exp") is { } expires
            ? new(algorithm, kid, signed, signature, vendor, node, lab, engagement, subject, Text(claims, "role")!, issued, expires, id, browserKey)
            : null;
    }

    // The decoder forgives white space, padding and left-over bits; a signature is over one spelling.
    private static byte[]? Bytes(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(Base64UrlLetters) || text.Length % 4 == 1)
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MostText } text ? text : null;

    private static Guid? Id(JsonElement of, string name) => Guid.TryParseExact(Text(of, name), "D", out var id) ? id : null;

    // Until the year 9999: what is beyond is nobody's clock.
    private static long? Seconds(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? seconds
            : null;
}
