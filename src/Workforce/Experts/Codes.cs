using System.Text.RegularExpressions;
using Cofferdam.Workforce.Matching;

namespace Cofferdam.Workforce.Experts;

/// <summary>How skills, classes of content, languages, places and currencies are written.</summary>
internal static partial class Codes
{
    /// <summary>Ours: <c>law.contracts</c>.</summary>
    public static bool IsCode(string? text) => text is not null && Code().IsMatch(text);

    /// <summary>One that can be claimed, asked for or verified.</summary>
    public static bool IsLevel(SkillLevel level) => level is not SkillLevel.None && Enum.IsDefined(level);

    /// <summary>ISO 4217, by its form.</summary>
    public static bool IsCurrency(string? text) => text is not null && Currency().IsMatch(text);

    /// <summary>ISO 3166-1 alpha-2, by its form.</summary>
    public static bool IsCountry(string? text) => text is not null && Country().IsMatch(text);

    /// <summary>IANA name that this machine knows.</summary>
    public static bool IsZone(string? text) =>
        text is { Length: > 0 and <= 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId;

    /// <summary>A language tag in the case that RFC 5646 §2.1.1 recommends; null where it is none: language, script, region and variants, no extensions.</summary>
    public static string? Language(string? text)
    {
        if (text is null || !Tag().IsMatch(text))
            return null;
        var parts = text.Split('-');
        return string.Join('-', parts.Select((part, at) => at == 0 ? part.ToLowerInvariant()
            : part.Length == 4 && char.IsAsciiLetter(part[0]) ? string.Concat(part[..1].ToUpperInvariant(), part[1..].ToLowerInvariant())
            : part.Length == 2 ? part.ToUpperInvariant() : part.ToLowerInvariant()));
    }

    /// <summary>The tag and every shorter one that it says as well: <c>pt-BR</c>, <c>pt</c>.</summary>
    public static IEnumerable<string> Prefixes(string tag)
    {
        for (var end = tag.Length; end > 0; end = tag.LastIndexOf('-', end - 1))
            yield return tag[..end];
    }

    [GeneratedRegex(@"^[a-z0-9._-]{1,40}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z]{3}\z")]
    private static partial Regex Currency();

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex Country();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*\z")]
    private static partial Regex Tag();
}
