using System.Text.Json.Serialization;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Messages;

/// <summary>What one kind of work is paid, in minor units of the currency that is named beside it.</summary>
/// <param name="Each">For one piece, 0 to 1,000,000,000.</param>
/// <param name="Hour">For 3,600 counted seconds, 0 to 1,000,000,000.</param>
public sealed record KindRate(WorkKind Kind, long Each, long Hour);

/// <summary>How an engagement's work is told to the vendor.</summary>
[JsonConverter(typeof(Named<EventDetail>))]
public enum EventDetail : byte
{
    /// <summary>One total per person and day.</summary>
    [JsonStringEnumMemberName("daily")] Daily = 1,

    /// <summary>Each event by itself.</summary>
    [JsonStringEnumMemberName("single")] Single = 2,
}
