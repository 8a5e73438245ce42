using Cofferdam.Storage;
using Cofferdam.Workforce.Agreements;
using Cofferdam.Workforce.Experts;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Matching;

/// <summary>An agreement in the version that is to be signed now.</summary>
internal sealed record AgreementAsked(string Code, int Version);

/// <summary>A need's terms with what they mean now: current versions, rivals, zones that are awake together.</summary>
/// <param name="Unknown">Agreements that nobody can have signed, because there is none of that code.</param>
/// <param name="Common">Skills that many people have.</param>
internal sealed record MatchTerms(
    NeedTerms Need, IReadOnlyList<AgreementAsked> Agreements, IReadOnlyList<string> Unknown, IReadOnlyList<Rival> Rivals, IReadOnlyList<string>? Zones,
    IReadOnlySet<string> Common, DateTimeOffset Now)
{
    /// <summary>People who have a skill, from which on it is common.</summary>
    private const int Many = 5_000;

    public static async Task<MatchTerms> OfAsync(NeedTerms need, AppDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        // Of each code the need names, and of those that everybody signs.
        var agreements = await db.Agreements.AsNoTracking()
            .Where(row => row.ForEverybody || need.Agreements.Contains(row.Code))
            .OrderBy(row => row.Code)
            .Select(row => new AgreementAsked(row.Code, row.CurrentVersion))
            .ToListAsync(cancellation);
        IReadOnlyList<string>? zones = null;
        if (need.Zone is { } window)
        {
            // People live in some hundreds of zones: each is asked once, and the index finds who lives there.
            var known = await db.Experts.Select(row => row.Zone).Distinct().ToListAsync(cancellation);
            zones = [.. known.Where(zone => ZoneOverlap.Hours(window, zone, now) >= window.OverlapHours)];
        }

        HashSet<string> common = new(StringComparer.Ordinal);
        foreach (var code in need.Skills.SelectMany(skill => skill.AnyOf).Select(skill => skill.Code).Distinct(StringComparer.Ordinal))
        {
            if (await db.ExpertSkills.Where(row => row.Skill == code).OrderBy(row => row.Person).Skip(Many).AnyAsync(cancellation))
                common.Add(code);
        }

        return new MatchTerms(
            need with { Languages = [.. need.Languages.Select(one => one with { Tag = Codes.Language(one.Tag) ?? one.Tag })] },
            agreements,
            [.. need.Agreements.Except(agreements.Select(one => one.Code))],
            need.Lab is { } lab ? await db.RivalsAsync(lab, cancellation) : [], zones, common, now);
    }

    /// <summary>The first thing that is wrong with a need's terms; null where nothing is.</summary>
    public static Fault? Fault(NeedTerms need) =>
        need.Skills.Count > 16 || need.Skills.Any(skill => skill.AnyOf.Count is < 1 or > 8 || skill.AnyOf.Any(one => !Codes.IsCode(one.Code) || !Codes.IsLevel(one.Level)))
            ? new("At most 16 skills, each with 1 to 8 alternatives by their codes and levels.", "skills")
        : need.Languages.Count > 8 || need.Languages.Any(one => Codes.Language(one.Tag) is null || !Enum.IsDefined(one.Level))
            ? new("At most 8 languages as BCP 47 writes them, with a level.", "languages")
        : need.Rate is { } rate && (!Codes.IsCurrency(rate.Currency) || rate.MaxPerHour <= 0) ? new("A rate has a currency (ISO 4217) and minor units above 0.", "rate")
        : need.HoursPerWeek is < 1 or > 60 ? new("Hours per week are 1 to 60.", "hoursPerWeek")
        : need.Zone is { } zone && !Fits(zone) ? new("Name a time zone as IANA does, a part of the day in minutes from midnight, and 1 to 16 hours of overlap that it has.", "zone")
        : need.ContentClasses.Count > 16 || !need.ContentClasses.All(Codes.IsCode) ? new("At most 16 classes of content, by their codes.", "contentClasses")
        : need.Agreements.Count > 16 || !need.Agreements.All(Codes.IsCode) ? new("At most 16 agreements, by their codes.", "agreements")
        : need.Training.Count > 16 || !need.Training.All(Codes.IsCode) ? new("At most 16 training modules, by their codes.", "training")
        : null;

    private static bool Fits(ZoneNeed zone) =>
        Codes.IsZone(zone.Zone) && zone.From is >= 0 and < 1440 && zone.To is >= 1 and <= 1440 && zone.From != zone.To && zone.OverlapHours is >= 1 and <= 16
        && zone.OverlapHours * 60 <= (zone.To > zone.From ? zone.To - zone.From : zone.To + 1440 - zone.From);
}
