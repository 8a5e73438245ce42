namespace Cofferdam.ApiClient;

/// <param name="Overlap">Slots per item.</param>
/// <param name="Held">Most tasks that one person holds at once.</param>
public sealed record BatchBody(string Name, int Overlap, int LeaseSeconds, int Held) : BatchSettings
{
    /// <summary>Facet to value of the items taken; null: all that are in no batch yet.</summary>
    public IReadOnlyDictionary<string, string>? Filter { get; init; }

    /// <summary>Most items taken.</summary>
    public int? Limit { get; init; }

    /// <summary>Null: the latest.</summary>
    public int? GuidelineVersion { get; init; }

    /// <summary>Null: the latest.</summary>
    public int? FormVersion { get; init; }
}

/// <param name="State"><c>opening</c>, <c>open</c>, <c>paused</c>, <c>closed</c> or <c>cancelled</c>.</param>
public sealed record Batch(
    Guid Id, string Code, string? Name, string State, long Items, int Overlap, int LeaseSeconds, int Held,
    int GuidelineVersion, int FormVersion, DateTimeOffset OpenedAt) : BatchSettings;

/// <summary>How a batch is run; null in a request: the node's own choice.</summary>
public abstract record BatchSettings
{
    /// <summary>One more answer where those wanted disagree.</summary>
    public bool? Adaptive { get; init; }

    /// <summary>0 to 9; 9 goes first.</summary>
    public int? Priority { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Per accepted answer, in minor units of <see cref="Currency"/>.</summary>
    public long? Price { get; init; }

    /// <summary>Most that the batch may cost, in minor units.</summary>
    public long? PriceCap { get; init; }

    public string? Currency { get; init; }

    /// <summary>Most answers of one person in one UTC day.</summary>
    public int? DailyCap { get; init; }

    /// <summary><c>same</c> or <c>another</c> person does returned work.</summary>
    public string? Rework { get; init; }

    /// <summary>Returns before somebody has to decide, 0 to 10.</summary>
    public int? MaxRounds { get; init; }

    /// <summary>0 to 50.</summary>
    public int? GoldPercent { get; init; }

    /// <summary><c>training</c>: the annotator is told; <c>kept</c>: not.</summary>
    public string? GoldFeedback { get; init; }

    /// <summary>Answers that are reviewed, 0 to 100.</summary>
    public int? ReviewPercent { get; init; }

    /// <summary>Of these, reviewed again by somebody who does not know, 0 to 100.</summary>
    public int? SecondReviewPercent { get; init; }

    public SkillList? Requires { get; init; }

    /// <summary>The project's warning comes before the first task.</summary>
    public bool? Warning { get; init; }
}

/// <summary>What a person must have to be given tasks of a batch.</summary>
public sealed record SkillList(IReadOnlyList<string> Skills, IReadOnlyList<string> Languages);
