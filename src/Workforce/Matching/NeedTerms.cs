namespace Cofferdam.Workforce.Matching;

/// <summary>What a need asks of an expert, in codes and numbers. Nothing in it is a lab's content. What is left out asks nothing.</summary>
public sealed record NeedTerms
{
    /// <value>Every one of these must be met; each is met by any one of its alternatives. At most 16.</value>
    public IReadOnlyList<SkillNeed> Skills { get; init; } = [];

    /// <value>Every one of these. At most 8.</value>
    public IReadOnlyList<LanguageNeed> Languages { get; init; } = [];

    /// <value>What an hour may cost at most; null: whatever is asked.</value>
    public RateNeed? Rate { get; init; }

    /// <value>Hours that somebody should have in a week, 1 to 60.</value>
    public int? HoursPerWeek { get; init; }

    /// <value>When people should be awake together.</value>
    public ZoneNeed? Zone { get; init; }

    /// <value>Codes of the classes of content that the work shows; somebody must have opted in to every one. At most 16.</value>
    public IReadOnlyList<string> ContentClasses { get; init; } = [];

    /// <value>Codes of agreements of which somebody must have signed the current version. At most 16.</value>
    public IReadOnlyList<string> Agreements { get; init; } = [];

    /// <value>Codes of training modules that must be in date. At most 16.</value>
    public IReadOnlyList<string> Training { get; init; } = [];

    /// <value>The lab that the work is for, by its node's peer id: whoever worked for one of its rivals within the cool-off time is in conflict. Null: no rule applies.</value>
    public Guid? Lab { get; init; }
}

/// <summary>Skills of which one is enough.</summary>
/// <param name="AnyOf">1 to 8 alternatives.</param>
public sealed record SkillNeed(IReadOnlyList<SkillAtLevel> AnyOf);

/// <param name="Code">Such as <c>law.contracts</c>: 1 to 40 of <c>a-z 0-9 . - _</c>.</param>
/// <param name="Level">The least that will do.</param>
/// <param name="Verified">Whether somebody's own word for it is not enough: a test or a person must have verified it.</param>
public sealed record SkillAtLevel(string Code, SkillLevel Level = SkillLevel.Working, bool Verified = false);

/// <summary>How well somebody can do something. Kept as a number, in order: never change one.</summary>
public enum SkillLevel : byte
{
    /// <summary>Not at all; nobody claims it and no need asks it.</summary>
    None = 0,
    Basic = 1,
    Working = 2,
    Expert = 3,
}

/// <param name="Tag">BCP 47 tag (RFC 5646), such as <c>de</c> or <c>pt-BR</c>. A need for <c>pt</c> is met by <c>pt-BR</c>, not the other way round.</param>
public sealed record LanguageNeed(string Tag, LanguageLevel Level);

/// <summary>Levels of the Common European Framework of Reference for Languages, and native. Kept as a number, in order: never change one.</summary>
public enum LanguageLevel : byte
{
    A1 = 1,
    A2 = 2,
    B1 = 3,
    B2 = 4,
    C1 = 5,
    C2 = 6,
    Native = 7,
}

/// <param name="Currency">ISO 4217, such as <c>EUR</c>.</param>
/// <param name="MaxPerHour">Minor units of the currency, above 0.</param>
public sealed record RateNeed(string Currency, long MaxPerHour);

/// <summary>A part of the day at a place, and how much of it somebody should be awake in: between 07:00 and 23:00 of their own time.</summary>
/// <param name="Zone">IANA name, such as <c>America/New_York</c>.</param>
/// <param name="From">Local time, minutes from midnight, 0 to 1439.</param>
/// <param name="To">Local time, minutes from midnight, 1 to 1440; below <paramref name="From"/>: on the next day.</param>
/// <param name="OverlapHours">1 to 16, and no more than the part of the day has.</param>
public sealed record ZoneNeed(string Zone, int From, int To, int OverlapHours);
