using System.Text.Json.Serialization;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Events;

/// <summary>What counts as work, and is paid.</summary>
[JsonConverter(typeof(Named<WorkKind>))]
public enum WorkKind : byte
{
    [JsonStringEnumMemberName("task")] Task = 1,

    /// <summary>Reading guidelines.</summary>
    [JsonStringEnumMemberName("reading")] Reading = 2,
    [JsonStringEnumMemberName("qualification")] Qualification = 3,

    /// <summary>Asking a question, from inside a task.</summary>
    [JsonStringEnumMemberName("question")] Question = 4,

    /// <summary>A task that came back.</summary>
    [JsonStringEnumMemberName("rework")] Rework = 5,

    /// <summary>A lead looks at answers of others.</summary>
    [JsonStringEnumMemberName("review")] Review = 6,
}

/// <summary>What a work event says beyond who and when.</summary>
/// <param name="Assignment">The slot, by an id that says nothing.</param>
/// <param name="Project">The project, by an id that says nothing.</param>
/// <param name="Seconds">Counted seconds of work, 0 to 86,400.</param>
/// <param name="Reason">A class of reasons, 1 to 64 of a–z and <c>-</c>; never words that somebody wrote.</param>
/// <param name="Totals">Of a <see cref="WorkEventTypes.DayTotal"/>, whose time is the beginning of the day; at most 60.</param>
public sealed record WorkEventData(
    Guid? Assignment = null, Guid? Project = null, WorkKind? Kind = null, int? Seconds = null, string? Reason = null, IReadOnlyList<DayCount>? Totals = null);

/// <summary>How often one thing happened in a person's day.</summary>
/// <param name="Type">One of <see cref="WorkEventTypes"/>: what an event of its own would have said.</param>
/// <param name="Count">From 1.</param>
/// <param name="Seconds">Counted seconds of work, all together.</param>
public sealed record DayCount(string Type, WorkKind Kind, int Count, int Seconds);

/// <summary>
/// What a lab tells a vendor of work on an engagement: a CloudEvents 1.0 event in JSON. Ids, states, times and counts; gold
/// and ordinary tasks look alike.
/// </summary>
/// <param name="Id">To tell repeats by.</param>
/// <param name="Source"><c>/labs/{slug}/engagements/{id}</c>; see <see cref="SourceOf"/>.</param>
/// <param name="Type">One of <see cref="WorkEventTypes"/>.</param>
/// <param name="Time">UTC.</param>
/// <param name="Sequence">Per engagement, from 1, without gaps, to 2,147,483,647: the extension attribute <c>cfdseq</c>.</param>
/// <param name="Subject">Pseudonym at the lab of whom it is about; null where it is of the engagement or a project.</param>
public sealed record WorkEvent(
    Guid Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    [property: JsonPropertyName("cfdseq")] long Sequence,
    Guid? Subject = null,
    WorkEventData? Data = null)
{
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion"), JsonPropertyOrder(-1), JsonRequired]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>The source of an engagement's events.</summary>
    public static string SourceOf(string lab, Guid engagement) => $"/labs/{lab}/engagements/{engagement}";
}

/// <summary>The types of work events.</summary>
public static class WorkEventTypes
{
    public const string
        AssignmentStarted = "cofferdam.assignment.started",
        AssignmentSubmitted = "cofferdam.assignment.submitted",
        AssignmentAccepted = "cofferdam.assignment.accepted",
        AssignmentReturned = "cofferdam.assignment.returned",
        AssignmentExpired = "cofferdam.assignment.expired",
        AssignmentSkipped = "cofferdam.assignment.skipped",
        EngagementSuspended = "cofferdam.engagement.suspended",
        EngagementResumed = "cofferdam.engagement.resumed",
        EngagementEnded = "cofferdam.engagement.ended",
        ProjectPaused = "cofferdam.project.paused",
        ProjectResumed = "cofferdam.project.resumed",
        ProjectEnded = "cofferdam.project.ended",
        DayTotal = "cofferdam.day.total",
        ReadingDone = "cofferdam.reading.done",
        QuestionAsked = "cofferdam.question.asked";
}
