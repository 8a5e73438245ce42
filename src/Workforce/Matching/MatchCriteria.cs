using System.Globalization;

namespace Cofferdam.Workforce.Matching;

/// <summary>Whether somebody meets a criterion.</summary>
public enum CriterionState
{
    Met,
    NotMet,

    /// <summary>Nothing is known of it; counts as not met.</summary>
    Unknown,
}

/// <summary>What a criterion is about.</summary>
public enum CriterionKind
{
    Skill,
    Language,
    Rate,
    Hours,
    Zone,
    ContentClass,
    Agreement,
    Training,
    Conflict,
}

/// <param name="Reason">In words, with both sides: "Speaks de at C1; the need asks B2."</param>
/// <param name="Gate">Nobody can be placed without it, whatever anybody says.</param>
public sealed record Criterion(CriterionKind Kind, CriterionState State, string Reason, bool Gate = false);

/// <summary>Says of a person and a need, criterion by criterion, what is met, what is not, and why.</summary>
internal static class MatchCriteria
{
    /// <summary>Skills first, then in the order of the query's criteria.</summary>
    public static IReadOnlyList<Criterion> Of(MatchTerms terms, PersonFacts person) =>
    [
        .. terms.Need.Skills.Select(skill => Skill(skill, person, terms.Now)),
        .. terms.Need.Languages.Select(language => Language(language, person)),
        .. terms.Need.Rate is { } rate ? [Rate(rate, person)] : (Criterion[])[],
        .. terms.Need.HoursPerWeek is { } hours ? [Hours(hours, person)] : (Criterion[])[],
        .. terms.Need.Zone is { } zone ? [Zone(zone, person, terms.Now)] : (Criterion[])[],
        .. terms.Need.ContentClasses.Select(content => person.ContentClasses.Contains(content)
            ? Met(CriterionKind.ContentClass, $"Has agreed to see content of the class {content}.")
            : Not(CriterionKind.ContentClass, $"Has not agreed to see content of the class {content}; nobody is asked to without having said so.", gate: true)),
        .. terms.Agreements.Select(agreement => Agreement(agreement, person)),
        .. terms.Unknown.Select(code => Not(CriterionKind.Agreement, $"The need asks for the agreement {code}, which the vendor has not published.", gate: true)),
        .. terms.Need.Training.Select(module => Training(module, person, terms.Now)),
        .. terms.Rivals.Count > 0 ? [Conflict(terms, person)] : (Criterion[])[],
    ];

    private static Criterion Skill(SkillNeed need, PersonFacts person, DateTimeOffset now)
    {
        List<string> misses = [];
        foreach (var asked in need.AnyOf)
        {
            var has = person.Skills.FirstOrDefault(row => row.Skill == asked.Code);
            var verified = has?.VerifiedUntil > now ? has.VerifiedLevel : SkillLevel.None;
            var asks = asked.Verified ? $"verified {Word(asked.Level)}" : Word(asked.Level);
            if (verified >= asked.Level)
                return Met(CriterionKind.Skill, $"{asked.Code}: verified at {Word(verified)} until {Day(has!.VerifiedUntil!.Value)}; the need asks {asks}.");
            if (!asked.Verified && has?.Level >= asked.Level)
                return Met(CriterionKind.Skill, $"{asked.Code}: {Word(has.Level)} by their own word; the need asks {asks}.");
            misses.Add(has is null || (has.Level is SkillLevel.None && verified is SkillLevel.None) ? $"{asked.Code}: not named; the need asks {asks}"
                : verified is SkillLevel.None && has.VerifiedUntil is { } ended ? $"{asked.Code}: the mark ended on {Day(ended)}; the need asks {asks}"
                : asked.Verified && verified is SkillLevel.None ? $"{asked.Code}: {Word(has.Level)} by their own word only; the need asks {asks}"
                : $"{asked.Code}: {Word(verified > has.Level ? verified : has.Level)}; the need asks {asks}");
        }

        return person.Skills.Count == 0
            ? Unknown(CriterionKind.Skill, "Has named no skills.")
            : Not(CriterionKind.Skill, $"{string.Join("; or ", misses)}.");
    }

    private static Criterion Language(LanguageNeed need, PersonFacts person)
    {
        var has = person.Languages.FirstOrDefault(row => row.Tag == need.Tag);
        return person.Languages.Count == 0 ? Unknown(CriterionKind.Language, $"Has named no languages; the need asks {need.Tag} at {need.Level}.")
            : has is null ? Not(CriterionKind.Language, $"Does not name {need.Tag}; the need asks {need.Level}.")
            : has.Level >= need.Level ? Met(CriterionKind.Language, $"Speaks {need.Tag} at {has.Level}; the need asks {need.Level}.")
            : Not(CriterionKind.Language, $"Speaks {need.Tag} at {has.Level}; the need asks {need.Level}.");
    }

    private static Criterion Rate(RateNeed need, PersonFacts person) =>
        person.Rates.FirstOrDefault(row => row.Currency == need.Currency) is not { } asks
            ? Unknown(CriterionKind.Rate, $"Has named no rate in {need.Currency}; the need pays up to {Money(need.MaxPerHour)}.")
            : asks.PerHour <= need.MaxPerHour
                ? Met(CriterionKind.Rate, $"Asks {need.Currency} {Money(asks.PerHour)} an hour in minor units; the need pays up to {Money(need.MaxPerHour)}.")
                : Not(CriterionKind.Rate, $"Asks {need.Currency} {Money(asks.PerHour)} an hour in minor units; the need pays up to {Money(need.MaxPerHour)}.");

    private static Criterion Hours(int need, PersonFacts person) =>
        person.Expert is not { } expert ? Unknown(CriterionKind.Hours, $"Has not said how many hours; the need asks {need} a week.")
        : expert.Hours >= need ? Met(CriterionKind.Hours, $"Has {expert.Hours} hours a week; the need asks {need}.")
        : Not(CriterionKind.Hours, $"Has {expert.Hours} hours a week; the need asks {need}.");

    private static Criterion Zone(ZoneNeed need, PersonFacts person, DateTimeOffset now)
    {
        if (person.Expert is not { } expert)
            return Unknown(CriterionKind.Zone, "Has named no time zone.");
        var overlap = ZoneOverlap.Hours(need, expert.Zone, now);
        var words = $"Lives by {expert.Zone}: {overlap.ToString("0.#", CultureInfo.InvariantCulture)} hours between 07:00 and 23:00 there fall into {Clock(need.From)} to {Clock(need.To)} of {need.Zone}; the need asks {need.OverlapHours}.";
        return overlap >= need.OverlapHours ? Met(CriterionKind.Zone, words) : Not(CriterionKind.Zone, words);
    }

    private static Criterion Agreement(AgreementAsked asked, PersonFacts person)
    {
        var signed = person.Signed[asked.Code].DefaultIfEmpty().Max();
        return signed == asked.Version ? Met(CriterionKind.Agreement, $"Has signed {asked.Code}, version {asked.Version}.", gate: true)
            : signed == 0 ? Not(CriterionKind.Agreement, $"Has not signed {asked.Code}, version {asked.Version}.", gate: true)
            : Not(CriterionKind.Agreement, $"Has signed version {signed} of {asked.Code}; the current one is {asked.Version}.", gate: true);
    }

    private static Criterion Training(string module, PersonFacts person, DateTimeOffset now) =>
        !person.Training.TryGetValue(module, out var until) ? Not(CriterionKind.Training, $"Has not done the training {module}.", gate: true)
        : until > now ? Met(CriterionKind.Training, $"Training {module} is good until {Day(until)}.", gate: true)
        : Not(CriterionKind.Training, $"Training {module} was good until {Day(until)}.", gate: true);

    private static Criterion Conflict(MatchTerms terms, PersonFacts person)
    {
        var ends = terms.Rivals
            .Where(rival => person.Worked.ContainsKey(rival.Lab))
            .Select(rival => (Last: person.Worked[rival.Lab], rival.Days, End: person.Worked[rival.Lab].AddDays(rival.Days)))
            .Where(one => one.End > terms.Now)
            .OrderByDescending(one => one.End)
            .ToList();
        // Which rival is not said: that would tell one lab of another.
        return ends.Count == 0
            ? Met(CriterionKind.Conflict, "Has not worked for a rival of this lab within the cool-off time.", gate: true)
            : Not(CriterionKind.Conflict, $"Last worked for a rival of this lab on {Day(ends[0].Last)}; the cool-off time of {ends[0].Days} days ends on {Day(ends[0].End)}.", gate: true);
    }

    private static Criterion Met(CriterionKind kind, string reason, bool gate = false) => new(kind, CriterionState.Met, reason, gate);

    private static Criterion Not(CriterionKind kind, string reason, bool gate = false) => new(kind, CriterionState.NotMet, reason, gate);

    private static Criterion Unknown(CriterionKind kind, string reason) => new(kind, CriterionState.Unknown, reason);

    private static string Word(SkillLevel level) => level.ToString().ToLowerInvariant();

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Money(long minor) => minor.ToString("N0", CultureInfo.InvariantCulture);

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
