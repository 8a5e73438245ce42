using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Statements;

/// <summary>Why a vendor no longer vouches for somebody; a class, never the story.</summary>
[JsonConverter(typeof(Named<WithdrawalReason>))]
public enum WithdrawalReason : byte
{
    /// <summary>The person, or the placement, is at its end.</summary>
    [JsonStringEnumMemberName("ended")] Ended = 1,

    /// <summary>The person asked for it.</summary>
    [JsonStringEnumMemberName("asked")] Asked = 2,

    /// <summary>An agreement or a training is no longer in date.</summary>
    [JsonStringEnumMemberName("lapsed")] Lapsed = 3,

    /// <summary>A conflict of interest.</summary>
    [JsonStringEnumMemberName("conflict")] Conflict = 4,

    /// <summary>Something the person did.</summary>
    [JsonStringEnumMemberName("conduct")] Conduct = 5,

    /// <summary>The person's sign-in or device may be in other hands.</summary>
    [JsonStringEnumMemberName("security")] Security = 6,
}

/// <summary>A vendor takes back its word for a person: a JWS of type <see cref="Type"/>. It holds until a statement that was issued later.</summary>
public sealed record Withdrawal
{
    /// <summary>The type in the header.</summary>
    public const string Type = "cofferdam-withdrawal+jwt";

    /// <summary>Peer id of the vendor's node.</summary>
    [JsonPropertyName("iss")]
    public required Guid Issuer { get; init; }

    /// <summary>Peer id of the lab's node.</summary>
    [JsonPropertyName("aud")]
    public required Guid Audience { get; init; }

    [JsonPropertyName("eng")]
    public required Guid Engagement { get; init; }

    /// <summary>As in the person's statements.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("iat"), JsonConverter(typeof(NumericDate))]
    public required DateTimeOffset IssuedAt { get; init; }

    [JsonPropertyName("jti")]
    public required Guid Id { get; init; }

    public required WithdrawalReason Reason { get; init; }

    /// <summary>Signs it.</summary>
    /// <param name="key">A statement key of the issuer.</param>
    /// <exception cref="ArgumentException">It says what no withdrawal may say.</exception>
    public string Issue(SigningKey key) => Claims.AreSound(this)
        ? Jws.Sign(key, Type, JsonSerializer.SerializeToUtf8Bytes(this, FederationJson.Default.Withdrawal))
        : throw new ArgumentException("A withdrawal must keep to docs/formats/federation.md.", nameof(key));

    /// <summary>Reads one. An old one is taken as well: the vendor's word that somebody is out does not go bad.</summary>
    /// <param name="issuer">Peer id of the vendor's node that it came from.</param>
    /// <param name="audience">Peer id of this node.</param>
    /// <param name="keys">The issuer's keys.</param>
    public static WithdrawalOutcome Read(string? jws, Guid issuer, Guid audience, KeySet keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        switch (Jws.Verify(jws, Type, kid => keys.StatementKey(kid, now)))
        {
            case JwsOutcome.Refused refused:
                return new WithdrawalOutcome.Refused(Claims.FaultOf(refused.Fault));
            case JwsOutcome.Verified verified
                when StrictJson.Read(verified.Payload.Span, FederationJson.Default.Withdrawal) is { } read && Claims.AreSound(read):
                return read.Judge(issuer, audience, now) is { } fault ? new WithdrawalOutcome.Refused(fault) : new WithdrawalOutcome.Taken(read, verified.Key);
            default:
                return new WithdrawalOutcome.Refused(StatementFault.Malformed);
        }
    }

    private StatementFault? Judge(Guid issuer, Guid audience, DateTimeOffset now) =>
        Issuer != issuer ? StatementFault.Issuer
        : Audience != audience ? StatementFault.Audience
        : IssuedAt > now + EngagementStatement.Skew ? StatementFault.NotYet
        : null;
}

/// <summary>What came of reading a withdrawal.</summary>
public abstract record WithdrawalOutcome
{
    private WithdrawalOutcome() { }

    /// <param name="Key">What signed it.</param>
    public sealed record Taken(Withdrawal Withdrawal, VerifyingKey Key) : WithdrawalOutcome;

    public sealed record Refused(StatementFault Fault) : WithdrawalOutcome;
}
