using System.Text.RegularExpressions;
using Cofferdam.Work.Batches;

namespace Cofferdam.Work.Skills;

/// <summary>Codes of skills and languages: opaque to the program, compared letter by letter.</summary>
internal static partial class Codes
{
    /// <summary>Most codes of one kind that one person has, or one batch asks for.</summary>
    public const int Most = 50;

    public static bool AreCodes(IReadOnlyList<string>? codes) =>
        codes is null || (codes.Count <= Most && codes.All(code => code is not null && Code().IsMatch(code)));

    /// <summary>As a batch keeps them: parted by spaces, each once, in order.</summary>
    public static string Join(IEnumerable<string>? codes) => string.Join(' ', (codes ?? []).Distinct().Order(StringComparer.Ordinal));

    public static string[] Split(string codes) => codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a batch asks of a person, each code marked with its kind.</summary>
    public static IEnumerable<string> Needed(Batch batch) =>
        Split(batch.Skills).Select(code => Marked(SkillKind.Skill, code)).Concat(Split(batch.Languages).Select(code => Marked(SkillKind.Language, code)));

    public static string Marked(SkillKind kind, string code) => $"{(byte)kind} {code}";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
