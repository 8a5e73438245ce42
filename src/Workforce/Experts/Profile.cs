using Cofferdam.Workforce.Matching;

namespace Cofferdam.Workforce.Experts;

/// <param name="Code">1 to 40 of <c>a-z 0-9 . - _</c>.</param>
/// <param name="Level">By one's own word.</param>
public sealed record SkillClaim(string Code, SkillLevel Level);

/// <param name="Level">By the person's own word; null where it is only verified.</param>
/// <param name="Verified">By a test or by staff; null where it is not, or not any more.</param>
/// <param name="VerifiedUntil">When that ends.</param>
public sealed record SkillView(string Code, SkillLevel? Level, SkillLevel? Verified, DateTimeOffset? VerifiedUntil);

/// <param name="Tag">BCP 47, such as <c>pt-BR</c>.</param>
public sealed record LanguageClaim(string Tag, LanguageLevel Level);

/// <param name="Currency">ISO 4217.</param>
/// <param name="PerHour">Minor units, above 0.</param>
public sealed record RateClaim(string Currency, long PerHour);

/// <summary>Sealed under the person's own key.</summary>
/// <param name="FullName">At most 200 characters.</param>
/// <param name="Email">At most 320 characters.</param>
/// <param name="Phone">At most 40 characters.</param>
/// <param name="About">At most 8,000 characters.</param>
public sealed record OwnWords(string? FullName = null, string? Email = null, string? Phone = null, string? About = null);

/// <param name="Zone">IANA time zone.</param>
/// <param name="HoursPerWeek">0 to 60.</param>
/// <param name="Skills">At most 60.</param>
/// <param name="Languages">At most 20.</param>
/// <param name="Rates">What is asked for an hour, one for each currency; at most 8.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="ContentClasses">Codes of classes of content that one will look at; at most 30.</param>
/// <param name="Listed">Whether one wants to be found for work.</param>
/// <param name="Own">Null: as it was.</param>
public sealed record ProfileRequest(
    string Zone, int HoursPerWeek, IReadOnlyList<SkillClaim> Skills, IReadOnlyList<LanguageClaim> Languages, IReadOnlyList<RateClaim> Rates,
    string? Country = null, IReadOnlyList<string>? ContentClasses = null, bool Listed = true, OwnWords? Own = null)
{
    /// <summary>The first thing that is wrong with it; null where nothing is.</summary>
    internal Fault? Fault() =>
        !Codes.IsZone(Zone) ? new("Name a time zone as IANA does, such as Europe/Berlin.", "zone")
        : HoursPerWeek is < 0 or > 60 ? new("Hours per week are 0 to 60.", "hoursPerWeek")
        : Country is not null && !Codes.IsCountry(Country) ? new("A country has two capital letters (ISO 3166), such as DE.", "country")
        : Skills.Count > 60 || Skills.Any(skill => !Codes.IsCode(skill.Code) || !Codes.IsLevel(skill.Level)) || Twice(Skills.Select(skill => skill.Code))
            ? new("At most 60 skills, each once: codes of 1 to 40 of a-z, 0-9, '.', '-' and '_'.", "skills")
        : Languages.Count > 20 || Languages.Any(one => Codes.Language(one.Tag) is null || !Enum.IsDefined(one.Level)) || Twice(Languages.Select(one => Codes.Language(one.Tag)!))
            ? new("At most 20 languages, each once, as BCP 47 writes them, such as pt-BR.", "languages")
        : Rates.Count > 8 || Rates.Any(rate => !Codes.IsCurrency(rate.Currency) || rate.PerHour is <= 0 or > 100_000_000) || Twice(Rates.Select(rate => rate.Currency))
            ? new("At most 8 rates, one for each currency (ISO 4217), in minor units above 0.", "rates")
        : ContentClasses is { } classes && (classes.Count > 30 || !classes.All(Codes.IsCode) || Twice(classes))
            ? new("At most 30 classes of content, each once.", "contentClasses")
        : Own is { } own && (own.FullName is { Length: > 200 } || own.Email is { Length: > 320 } || own.Phone is { Length: > 40 } || own.About is { Length: > 8_000 })
            ? new("A name has at most 200 characters, an e-mail address 320, a telephone number 40, and what you say of yourself 8,000.", "own")
        : null;

    private static bool Twice(IEnumerable<string> keys)
    {
        var seen = new HashSet<string>();
        return !keys.All(seen.Add);
    }
}

/// <param name="Own">Null where nothing was said, or where it was removed when its time was up.</param>
/// <param name="ChangedAt">Null where there is no profile yet.</param>
public sealed record ProfileView(
    Guid Person, string Name, string? Zone, int HoursPerWeek, IReadOnlyList<SkillView> Skills, IReadOnlyList<LanguageClaim> Languages,
    IReadOnlyList<RateClaim> Rates, string? Country, IReadOnlyList<string> ContentClasses, bool Listed, OwnWords? Own, DateTimeOffset? ChangedAt);
