using System.Text.Json.Serialization;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Messages;

/// <summary>A vendor's answer to terms (vendor → lab, <c>POST /federation/engagements/{id}/answer</c>).</summary>
/// <param name="Revision">The terms that it answers; the lab refuses an answer to terms that it has changed since.</param>
public sealed record TermsAnswerMessage(Guid Engagement, long Revision, bool Accepted);

/// <summary>Why a side ends an engagement; a class, never the story.</summary>
[JsonConverter(typeof(Named<EngagementEndReason>))]
public enum EngagementEndReason : byte
{
    /// <summary>The work is done, or its last day has come.</summary>
    [JsonStringEnumMemberName("done")] Done = 1,

    /// <summary>A side gave notice.</summary>
    [JsonStringEnumMemberName("notice")] Notice = 2,

    /// <summary>A side broke the terms.</summary>
    [JsonStringEnumMemberName("breach")] Breach = 3,

    /// <summary>A side can no longer vouch for its node.</summary>
    [JsonStringEnumMemberName("security")] Security = 4,
}

/// <summary>One side ends an engagement (both ways, <c>POST /federation/engagements/{id}/end</c>).</summary>
/// <param name="NoticeAt">When word of it was given; notice runs from then.</param>
/// <param name="EndsAt">From when on nobody works on it.</param>
public sealed record EngagementEndMessage(Guid Engagement, DateTimeOffset NoticeAt, DateTimeOffset EndsAt, EngagementEndReason Reason);

/// <summary>Statements or withdrawals (vendor → lab, <c>POST /federation/statements</c> and <c>/withdrawals</c>).</summary>
/// <param name="Signed">1 to <see cref="Most"/> JWS in compact form.</param>
public sealed record SignedMessage(IReadOnlyList<string> Signed)
{
    /// <summary>Most of one message.</summary>
    public const int Most = 100;
}

/// <summary>What became of one statement or withdrawal at the lab.</summary>
[JsonConverter(typeof(Named<SignedVerdict>))]
public enum SignedVerdict : byte
{
    /// <summary>In force.</summary>
    [JsonStringEnumMemberName("taken")] Taken = 1,

    /// <summary>Sound, and waits for somebody at the lab.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting = 2,
    [JsonStringEnumMemberName("refused")] Refused = 3,
}

/// <param name="Fault">Of a refused one: 1 to 64 of a–z and <c>-</c>, such as <c>headcount</c> or <c>unknown-key</c>.</param>
public sealed record SignedAnswer(SignedVerdict Verdict, string? Fault = null);

/// <summary>One answer for each that was sent, in their order.</summary>
public sealed record SignedAnswersMessage(IReadOnlyList<SignedAnswer> Answers);

/// <summary>Up to which number the vendor has an engagement's events (its answer to <c>POST /federation/events</c>).</summary>
public sealed record CursorMessage(long Cursor);
