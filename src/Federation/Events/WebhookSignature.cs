using System.Globalization;
using System.Text;
using Cofferdam.Federation.Keys;

namespace Cofferdam.Federation.Events;

/// <summary>What came of checking a webhook's signature.</summary>
public enum WebhookVerdict : byte
{
    Genuine = 1,

    /// <summary>A header is missing or is not of the form.</summary>
    Malformed = 2,

    /// <summary>Signed too long ago, or in the future.</summary>
    Clock = 3,

    /// <summary>No signature of a key that is known and valid.</summary>
    Signature = 4,
}

/// <summary>
/// Signatures as Standard Webhooks has them, asymmetric (<c>v1a</c>: Ed25519 over <c>id.timestamp.body</c>); while keys
/// overlap there is one of each, separated by spaces.
/// </summary>
/// <remarks>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id", TimestampHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    /// <summary>How far the clocks of two nodes may differ.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Scheme = "v1a,";
    private const int MostSignatures = 16, MostIdCharacters = 64;

    /// <summary>Signs a body.</summary>
    /// <param name="keys">Ed25519, newest first.</param>
    /// <param name="id">Of this message; the same when it is sent again. 1 to 64 visible ASCII characters and no dot.</param>
    /// <returns>What goes into the header <see cref="SignatureHeader"/>.</returns>
    public static string Sign(IReadOnlyList<SigningKey> keys, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!IsId(id) || keys.Count is 0 or > MostSignatures)
            throw new ArgumentException("A webhook has an id without dots, and at least one key.", nameof(id));
        var signed = Signed(id, timestamp.ToUnixTimeSeconds(), body);
        return string.Join(' ', keys.Select(key => key.Algorithm is KeyAlgorithm.EdDsa
            ? Scheme + Convert.ToBase64String(key.Sign(signed))
            : throw new ArgumentException("v1a is Ed25519.", nameof(keys))));
    }

    /// <summary>Checks a body against its headers.</summary>
    /// <param name="keys">Ed25519 keys of the sender that are valid now.</param>
    public static WebhookVerdict Verify(
        IReadOnlyList<VerifyingKey> keys, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!IsId(id) || signatures is null || !TryReadTime(timestamp, out var seconds))
            return WebhookVerdict.Malformed;
        var given = signatures.Split(' ');
        if (given.Length > MostSignatures)
            return WebhookVerdict.Malformed;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > (long)Tolerance.TotalSeconds)
            return WebhookVerdict.Clock;

        var signed = Signed(id!, seconds, body);
        foreach (var one in given)
        {
            // Other schemes may stand beside this one.
            if (!one.StartsWith(Scheme, StringComparison.Ordinal))
                continue;
            var signature = new byte[64];
            if (Convert.TryFromBase64String(one[Scheme.Length..], signature, out var written) && written == signature.Length
                && keys.Any(key => key.Algorithm is KeyAlgorithm.EdDsa && key.Verify(signed, signature)))
                return WebhookVerdict.Genuine;
        }

        return WebhookVerdict.Signature;
    }

    private static byte[] Signed(string id, long seconds, ReadOnlySpan<byte> body) => [.. Encoding.ASCII.GetBytes($"{id}.{seconds}."), .. body];

    private static bool IsId(string? id) => id is { Length: > 0 and <= MostIdCharacters } && id.All(letter => letter is > ' ' and <= '~' and not '.');

    private static bool TryReadTime(string? text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && seconds.ToString(CultureInfo.InvariantCulture) == text;
}
