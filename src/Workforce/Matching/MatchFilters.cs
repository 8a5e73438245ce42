using Microsoft.AspNetCore.Mvc;

namespace Cofferdam.Workforce.Matching;

/// <summary>A need's terms as filters in an address. What is said twice must hold twice; what is separated by commas is one or the other.</summary>
internal sealed class MatchFilters
{
    /// <summary><c>skill=law.contracts:expert,law.tax&amp;skill=writing!</c>: a level after a colon, verified with an exclamation mark.</summary>
    [FromQuery(Name = "skill")]
    public string[]? Skill { get; init; }

    /// <summary><c>language=de:B2</c></summary>
    [FromQuery(Name = "language")]
    public string[]? Language { get; init; }

    /// <summary><c>rate=EUR:6000</c>: minor units an hour, at most.</summary>
    [FromQuery(Name = "rate")]
    public string? Rate { get; init; }

    [FromQuery(Name = "hours")]
    public int? Hours { get; init; }

    /// <summary><c>zone=Europe/Berlin:540-1020:4</c>: minutes from midnight there, and hours of overlap.</summary>
    [FromQuery(Name = "zone")]
    public string? Zone { get; init; }

    [FromQuery(Name = "content")]
    public string[]? Content { get; init; }

    [FromQuery(Name = "agreement")]
    public string[]? Agreement { get; init; }

    [FromQuery(Name = "training")]
    public string[]? Training { get; init; }

    /// <summary>Without a conflict of interest for this lab.</summary>
    [FromQuery(Name = "lab")]
    public Guid? Lab { get; init; }

    [FromQuery(Name = "missing")]
    public int? Missing { get; init; }

    public (NeedTerms? Terms, Fault? Fault) Read()
    {
        List<SkillNeed> skills = [];
        foreach (var text in Skill ?? [])
        {
            var any = text.Split(',').Select(ReadSkill).ToList();
            if (any.Contains(null))
                return (null, new Fault("A skill is a code, with a level after a colon if you like: basic, working or expert; '!' for verified.", "skill"));
            skills.Add(new SkillNeed([.. any.Select(one => one!)]));
        }

        List<LanguageNeed> languages = [];
        foreach (var text in Language ?? [])
        {
            if (text.Split(':') is not [var tag, var level] || !Enum.TryParse<LanguageLevel>(level, ignoreCase: true, out var read))
                return (null, new Fault("A language is a BCP 47 tag and a level, such as de:B2.", "language"));
            languages.Add(new LanguageNeed(tag, read));
        }

        RateNeed? rate = null;
        if (Rate is not null)
        {
            if (Rate.Split(':') is not [var currency, var most] || !long.TryParse(most, out var minor))
                return (null, new Fault("A rate is a currency and minor units an hour, such as EUR:6000.", "rate"));
            rate = new RateNeed(currency, minor);
        }

        ZoneNeed? zone = null;
        if (Zone is not null)
        {
            if (Zone.Split(':', '-') is not [.., var from, var to, var overlap] || !int.TryParse(from, out var begin) || !int.TryParse(to, out var end) || !int.TryParse(overlap, out var hours))
                return (null, new Fault("A zone is an IANA name, minutes from midnight and hours of overlap, such as Europe/Berlin:540-1020:4.", "zone"));
            zone = new ZoneNeed(Zone[..Zone.IndexOf(':')], begin, end, hours);
        }

        return (new NeedTerms
        {
            Skills = skills,
            Languages = languages,
            Rate = rate,
            HoursPerWeek = Hours,
            Zone = zone,
            ContentClasses = Content ?? [],
            Agreements = Agreement ?? [],
            Training = Training ?? [],
            Lab = Lab,
        }, null);
    }

    private static SkillAtLevel? ReadSkill(string text)
    {
        var verified = text.EndsWith('!');
        var parts = text.TrimEnd('!').Split(':');
        return parts switch
        {
            [var code] => new SkillAtLevel(code, SkillLevel.Basic, verified),
            [var code, var level] when Enum.TryParse<SkillLevel>(level, ignoreCase: true, out var read) => new SkillAtLevel(code, read, verified),
            _ => null,
        };
    }
}
