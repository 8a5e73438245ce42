namespace Cofferdam.Vault.Contract;

/// <summary>What bounds readers at a lab. Weights are per record; a first read costs its weight, a read again nothing.</summary>
/// <param name="Weights">0 to 1,000 by kind; kinds that are not named have their default. A guideline section may have a weight of its own (<see cref="SealItem.Weight"/>).</param>
/// <param name="PersonPerHour">Weight that one person may be shown for the first time in a clock hour.</param>
/// <param name="EngagementPerHour">The same for all people of one engagement together.</param>
/// <param name="ProcessPerHour">The same for all that one server process asks for.</param>
/// <param name="HostPerHour">The same for all server processes of one host together.</param>
/// <param name="PersonTotal">Weight that one person may ever be shown; null: not bounded.</param>
/// <param name="EngagementTotal">The same for one engagement; null: not bounded.</param>
/// <param name="RereadsPerMinute">Records that one person may read again in a clock minute.</param>
/// <param name="ShredDelay">Between the approval of shredding and its effect: 0 to 30 days.</param>
/// <param name="TwoToResume">Lifting any suspension takes two people.</param>
public sealed record Policy(
    IReadOnlyDictionary<RecordKind, int> Weights,
    long PersonPerHour,
    long EngagementPerHour,
    long ProcessPerHour,
    long HostPerHour,
    long? PersonTotal,
    long? EngagementTotal,
    int RereadsPerMinute,
    TimeSpan ShredDelay,
    bool TwoToResume);

public abstract record PolicyOutcome
{
    private PolicyOutcome() { }

    /// <summary>In force.</summary>
    public sealed record Set(long Receipt) : PolicyOutcome;

    /// <summary>Waits for a second person.</summary>
    public sealed record Proposed(Proposal Proposal) : PolicyOutcome;

    /// <summary>A limit or weight is out of its range.</summary>
    /// <param name="Field">Which.</param>
    public sealed record Invalid(string Field, string Sentence) : PolicyOutcome;
}

public enum BudgetKind : byte
{
    Person = 1,
    Engagement = 2,
    Process = 3,
    Host = 4,
}

/// <param name="Subject">Pseudonym, engagement, process, or for a host the first 16 bytes of SHA-256 of its name.</param>
/// <param name="Name">Name of the host; null for the others.</param>
/// <param name="Hour">Weight spent in this clock hour.</param>
/// <param name="Total">Weight ever spent.</param>
public sealed record BudgetUse(BudgetKind Kind, Guid Subject, string? Name, long Hour, long HourLimit, long Total, long? TotalLimit);

/// <summary>What a project's methodology weighs, and how much of it principals could have assembled.</summary>
/// <param name="Weight">Of all records that count: guideline sections, forms, gold.</param>
/// <param name="Persons">By person, most first.</param>
/// <param name="Engagements">By engagement: the union of what its people were shown.</param>
/// <param name="Hosts">By host: the union of what its processes were handed.</param>
/// <param name="Coalitions">The most that any t people together were shown, t = 1, 2, …: an upper bound by greedy choice and by the sum, see docs.</param>
public sealed record ShareFigures(
    long Weight, IReadOnlyList<Share> Persons, IReadOnlyList<Share> Engagements, IReadOnlyList<Share> Hosts, IReadOnlyList<CoalitionShare> Coalitions);

/// <param name="Shown">Weight shown at least once.</param>
/// <param name="Records">How many records.</param>
public sealed record Share(Guid Subject, string? Name, long Shown, int Records);

/// <param name="People">How many people together: t.</param>
/// <param name="Shown">Weight that the greedy choice of t people covers; at least 63 % of the most possible.</param>
/// <param name="AtMost">No t people can have more.</param>
public sealed record CoalitionShare(int People, long Shown, long AtMost);
