using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Statements;

/// <summary>What somebody is on an engagement.</summary>
[JsonConverter(typeof(Named<StatementRole>))]
public enum StatementRole : byte
{
    [JsonStringEnumMemberName("expert")] Expert = 1,
    [JsonStringEnumMemberName("lead")] Lead = 2,
}

/// <summary>A skill that the vendor has seen shown.</summary>
/// <param name="Code">1 to 64 of a–z, 0–9, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c></param>
/// <param name="At">The day it was shown.</param>
public sealed record StatedSkill(string Code, DateOnly At);

/// <summary>A qualification test that was passed.</summary>
/// <param name="Score">0 to 100; null where the test has none.</param>
public sealed record StatedQualification(string Code, DateOnly At, int? Score = null);

/// <summary>An agreement that was signed.</summary>
/// <param name="Version">From 1.</param>
public sealed record StatedAgreement(string Code, int Version, DateOnly At);

/// <summary>The key that is to be enrolled (RFC 7800 §3.1, RFC 9449 §6.1).</summary>
/// <param name="Jkt">RFC 7638 thumbprint of the person's browser key, 43 characters.</param>
public sealed record Confirmation(string Jkt);

/// <summary>
/// A vendor's word for a person on an engagement, for at most a day: a JWS of type <see cref="Type"/>. It admits to that
/// engagement alone; who the person is it does not say.
/// </summary>
public sealed record EngagementStatement
{
    /// <summary>The type in the header.</summary>
    public const string Type = "cofferdam-statement+jwt";

    /// <summary>Longest from issue to expiry.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How far the issuer's clock may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Peer id of the vendor's node.</summary>
    [JsonPropertyName("iss")]
    public required Guid Issuer { get; init; }

    /// <summary>Peer id of the lab's node.</summary>
    [JsonPropertyName("aud")]
    public required Guid Audience { get; init; }

    /// <summary>Slug of the lab on that node.</summary>
    public required string Lab { get; init; }

    /// <summary>The person, by 16 random bytes made for this lab's node alone, base64url: 22 characters.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("eng")]
    public required Guid Engagement { get; init; }

    public required StatementRole Role { get; init; }

    /// <summary>At most 50.</summary>
    [JsonPropertyName("skl")]
    public IReadOnlyList<StatedSkill> Skills { get; init; } = [];

    /// <summary>At most 50.</summary>
    [JsonPropertyName("qual")]
    public IReadOnlyList<StatedQualification> Qualifications { get; init; } = [];

    /// <summary>At most 50.</summary>
    [JsonPropertyName("agr")]
    public IReadOnlyList<StatedAgreement> Agreements { get; init; } = [];

    /// <summary>The last day on which the person's training is in date; null: none is asked for.</summary>
    [JsonPropertyName("trn")]
    public DateOnly? TrainedUntil { get; init; }

    [JsonPropertyName("iat"), JsonConverter(typeof(NumericDate))]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>At most <see cref="Longest"/> after <see cref="IssuedAt"/>.</summary>
    [JsonPropertyName("exp"), JsonConverter(typeof(NumericDate))]
    public required DateTimeOffset ExpiresAt { get; init; }

    [JsonPropertyName("jti")]
    public required Guid Id { get; init; }

    /// <summary>Only of a statement that enrols a browser key.</summary>
    [JsonPropertyName("cnf")]
    public Confirmation? Confirmation { get; init; }

    /// <summary>Signs it.</summary>
    /// <param name="key">A statement key of the issuer.</param>
    /// <exception cref="ArgumentException">It says what no statement may say, or is longer than a JWS may be.</exception>
    public string Issue(SigningKey key) => Claims.AreSound(this)
        ? Jws.Sign(key, Type, JsonSerializer.SerializeToUtf8Bytes(this, FederationJson.Default.EngagementStatement))
        : throw new ArgumentException("A statement must keep to docs/formats/federation.md.", nameof(key));

    /// <summary>Reads one and judges all that can be judged without knowing the engagement.</summary>
    /// <param name="issuer">Peer id of the vendor's node that it came from.</param>
    /// <param name="audience">Peer id of this node.</param>
    /// <param name="keys">The issuer's keys.</param>
    public static StatementOutcome Read(string? jws, Guid issuer, Guid audience, KeySet keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        switch (Jws.Verify(jws, Type, kid => keys.StatementKey(kid, now)))
        {
            case JwsOutcome.Refused refused:
                return new StatementOutcome.Refused(Claims.FaultOf(refused.Fault));
            case JwsOutcome.Verified verified
                when StrictJson.Read(verified.Payload.Span, FederationJson.Default.EngagementStatement) is { } read && Claims.AreSound(read):
                return read.Judge(issuer, audience, now) is { } fault ? new StatementOutcome.Refused(fault) : new StatementOutcome.Taken(read, verified.Key);
            default:
                return new StatementOutcome.Refused(StatementFault.Malformed);
        }
    }

    private StatementFault? Judge(Guid issuer, Guid audience, DateTimeOffset now) =>
        Issuer != issuer ? StatementFault.Issuer
        : Audience != audience ? StatementFault.Audience
        : IssuedAt > now + Skew ? StatementFault.NotYet
        : ExpiresAt <= now ? StatementFault.Expired
        : null;
}

/// <summary>Why a statement or a withdrawal was not taken.</summary>
public enum StatementFault : byte
{
    /// <summary>No JWS of the form, or claims that are missing, unknown, twice or out of their range.</summary>
    Malformed = 1,

    /// <summary>Signed for another purpose.</summary>
    Type = 2,

    /// <summary>The issuer has no such key, or it has ended.</summary>
    UnknownKey = 3,
    Signature = 4,

    /// <summary>Of another node than the one that sent it.</summary>
    Issuer = 5,

    /// <summary>For another node.</summary>
    Audience = 6,

    /// <summary>Issued in the future, beyond what clocks may differ.</summary>
    NotYet = 7,
    Expired = 8,
}

/// <summary>What came of reading a statement.</summary>
public abstract record StatementOutcome
{
    private StatementOutcome() { }

    /// <param name="Key">What signed it.</param>
    public sealed record Taken(EngagementStatement Statement, VerifyingKey Key) : StatementOutcome;

    public sealed record Refused(StatementFault Fault) : StatementOutcome;
}
