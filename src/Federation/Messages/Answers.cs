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

/// <summary>The vendor ends an engagement (vendor → lab, <c>POST /federation/engagements/{id}/end</c>). The lab ends one by its terms, or by a work event.</summary>
/// <param name="NoticeAt">When word of it was given; notice runs from then.</param>
/// <param name="EndsAt">From when on nobody works on it.</param>
public sealed record EngagementEndMessage(Guid Engagement, DateTimeOffset NoticeAt, DateTimeOffset EndsAt, EngagementEndReason Reason);

/// <summary>Up to which number the vendor has an engagement's events (its answer to <c>POST /federation/events</c>).</summary>
public sealed record CursorMessage(long Cursor);
