namespace Cofferdam.Vault.Contract;

/// <summary>What bounds readers at a lab. Weights are per record; a first read costs its weight, a read again nothing.</summary>
/// <param name="Weights">0 to 1,000 by kind; kinds that are not named have their default. A record may weigh more than its kind (<see cref="SealItem.Weight"/>).</param>
/// <param name="PersonPerHour">Weight that one person may be shown for the first time in a clock hour.</param>
/// <param name="EngagementPerHour">The same for all people of one engagement together.</param>
/// <param name="ProcessPerHour">The same for all that one server process asks for.</param>
/// <param name="HostPerHour">The same for all server processes of one host together.</param>
/// <param name="PersonTotal">Weight that one person may ever be shown; null: not bounded.</param>
/// <param name="EngagementTotal">The same for one engagement; null: not bounded.</param>
/// <param name="RereadsPerMinute">Records that one person may read again in a clock minute.</param>
/// <param name="ShredDelay">Between the approval of shredding and its effect: 0 to 30 days.</param>
/// <param name="TwoToResume">Lifting any suspension takes two people.</param>
/// <param name="UnsignedStaff">The lab's own people open on the server's word, as long as they have no enrolled key. False: every person signs.</param>
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
    bool TwoToResume,
    bool UnsignedStaff = true)
{
    /// <summary>Largest weight.</summary>
    public const int MostWeight = 1_000;

    /// <summary>Largest limit.</summary>
    public const long MostLimit = 1_000_000_000_000;

    /// <summary>Longest <see cref="ShredDelay"/>.</summary>
    public static readonly TimeSpan MostShredDelay = TimeSpan.FromDays(30);

    /// <summary>What holds for a lab that has set nothing: room for ordinary work, and a stop for somebody who reads everything (docs/operations/budgets.md).</summary>
    public static Policy Default { get; } = new(
        new Dictionary<RecordKind, int>
        {
            [RecordKind.GuidelineDraft] = 10,
            [RecordKind.GuidelineSection] = 10,
            [RecordKind.Form] = 10,
            [RecordKind.Gold] = 10,
            [RecordKind.Project] = 1,
            [RecordKind.Item] = 1,
            [RecordKind.Answer] = 1,
            [RecordKind.Reason] = 1,
            [RecordKind.Delivery] = 1,
            [RecordKind.Image] = 1,
            [RecordKind.Search] = 1,
            [RecordKind.AskedQuestion] = 1,
            // A person's own typing, names, what was counted, and the node's own secrets tell nothing of a method.
            [RecordKind.Draft] = 0,
            [RecordKind.Import] = 0,
            [RecordKind.Batch] = 0,
            [RecordKind.Secret] = 0,
            [RecordKind.Address] = 0,
            [RecordKind.Sample] = 0,
            [RecordKind.Figures] = 0,
            // A vendor node's own: there each person's data is a project, and who reads it is what counts.
            [RecordKind.Profile] = 1,
            [RecordKind.Interview] = 1,
            [RecordKind.Agreement] = 1,
            [RecordKind.PayDetails] = 10,
            [RecordKind.Check] = 1,
            [RecordKind.Engagement] = 0,
            [RecordKind.Brief] = 0,
        },
        PersonPerHour: 5_000,
        EngagementPerHour: 1_000_000,
        ProcessPerHour: 10_000_000,
        HostPerHour: 20_000_000,
        PersonTotal: null,
        EngagementTotal: null,
        RereadsPerMinute: 6_000,
        ShredDelay: TimeSpan.FromHours(24),
        TwoToResume: false);

    /// <summary>What a first read of a record of this kind costs.</summary>
    public int WeightOf(RecordKind kind) => Weights.TryGetValue(kind, out var weight) ? weight : Default.Weights.GetValueOrDefault(kind, 1);
}

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

    /// <summary>It takes a signature of an enrolled staff key of this person, and there is none that fits.</summary>
    public sealed record NotSigned : PolicyOutcome;
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
/// <param name="Weight">Of all records that count: guidelines (sections of every version, and the draft), forms, gold.</param>
/// <param name="Persons">By person, most first.</param>
/// <param name="Engagements">By engagement: the union of what people were shown while they worked under it.</param>
/// <param name="Hosts">By host: the union of what its processes were handed.</param>
/// <param name="Coalitions">The most that any t people together were shown, t = 1 to 10: what a greedy choice finds, and a bound that none exceeds.</param>
public sealed record ShareFigures(
    long Weight, IReadOnlyList<Share> Persons, IReadOnlyList<Share> Engagements, IReadOnlyList<Share> Hosts, IReadOnlyList<CoalitionShare> Coalitions);

/// <param name="Shown">Weight shown at least once.</param>
/// <param name="Records">How many records.</param>
public sealed record Share(Guid Subject, string? Name, long Shown, int Records);

/// <param name="People">How many people together: t.</param>
/// <param name="Shown">Weight that the greedy choice of t people covers; at least 63 % of the most possible.</param>
/// <param name="AtMost">No t people were shown more: the sum of the t largest shares, or the union of all people's where that is less.</param>
public sealed record CoalitionShare(int People, long Shown, long AtMost);
