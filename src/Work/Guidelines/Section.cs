using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;

namespace Cofferdam.Work.Guidelines;

/// <summary>Who may ever get a section.</summary>
public enum Sensitivity : byte
{
    /// <summary>A vendor too.</summary>
    Open = 0,

    /// <summary>Whoever works on tasks, reviewers and lab staff.</summary>
    Task = 1,

    /// <summary>Reviewers and lab staff alone.</summary>
    Staff = 2,
}

/// <summary>For whom guidelines are opened.</summary>
public enum Audience : byte
{
    /// <summary>Somebody who works on a task.</summary>
    Expert = 0,

    /// <summary>A company that brings experts and sees no items.</summary>
    Vendor = 1,

    /// <summary>A reviewer, and lab staff.</summary>
    Reviewer = 2,
}

/// <summary>One section of guidelines.</summary>
/// <param name="Key">Unique in these guidelines: <c>[a-z0-9][a-z0-9_-]{0,63}</c>.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Body">Markdown, at most 100,000 characters.</param>
/// <param name="Questions">Keys of the questions it applies to; empty for all.</param>
/// <param name="Tags">
/// <c>facet=value</c> of facets that the lab allows in clear: it comes with items that have one of them. None: with all
/// items. At most 50; kept in clear once published.
/// </param>
/// <param name="Weight">What showing it costs where that is more than the lab's policy says of sections: 0 to 1,000. Kept in clear once published.</param>
public sealed record Section(
    string Key, string Title, string Body, IReadOnlyList<string> Questions,
    Sensitivity Sensitivity = Sensitivity.Task, IReadOnlyList<string>? Tags = null, int? Weight = null)
{
    internal const int MostBodyCharacters = 100_000;

    /// <summary>Of all sections together, so that a draft fits into one record however it is written.</summary>
    private const int MostCharacters = 2_000_000;

    /// <summary>Whether somebody like this may ever get a section of this sensitivity.</summary>
    internal static bool MayGet(Audience audience, Sensitivity sensitivity) => audience switch
    {
        Audience.Vendor => sensitivity is Sensitivity.Open,
        Audience.Expert => sensitivity is not Sensitivity.Staff,
        _ => true,
    };

    /// <summary>Whether these sections make guidelines.</summary>
    /// <param name="facets">Names of facets allowed in clear.</param>
    /// <returns>The first fault, at the section's key; null where there is none.</returns>
    internal static Fault? Fault(IReadOnlyList<Section>? sections, IReadOnlySet<string> facets)
    {
        if (sections is null || !Fit(sections))
            return new($"Guidelines have at most 100 sections of {MostCharacters:N0} characters together.", "sections");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            if (section?.Key is null || !Form.Key().IsMatch(section.Key))
                return new("A section's key has up to 64 small letters, digits, '-' and '_' and begins with a letter or digit.", "key");
            if (!keys.Add(section.Key))
                return new("Two sections have the same key.", section.Key);
            if (section.Fault(facets) is { } sentence)
                return new(sentence, section.Key);
        }

        return null;
    }

    internal static bool Fit(IReadOnlyList<Section> sections) =>
        sections.Count <= 100 && sections.Sum(section => (long)(section?.Body?.Length ?? 0)) <= MostCharacters;

    internal bool AppliesTo(string question) => Questions.Count == 0 || Questions.Contains(question, StringComparer.Ordinal);

    /// <summary>Whether it says the same, to the same people, of the same things.</summary>
    internal bool Says(Section other) =>
        Title == other.Title && Body == other.Body && Sensitivity == other.Sensitivity
        && Questions.Order(StringComparer.Ordinal).SequenceEqual(other.Questions.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        && (Tags ?? []).Order(StringComparer.Ordinal).SequenceEqual((other.Tags ?? []).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private string? Fault(IReadOnlySet<string> facets)
    {
        if (Title is not { Length: >= 1 and <= 200 })
            return "A section's title has 1 to 200 characters.";
        if (Body is not { Length: <= MostBodyCharacters })
            return "A section has at most 100,000 characters.";
        if (Questions is not { Count: <= Form.MostQuestions } || Questions.Any(key => key is null || !Form.Key().IsMatch(key)))
            return "A section names the questions it applies to by their keys, or none for all.";
        if (!Enum.IsDefined(Sensitivity))
            return "A section is for open, task or staff.";
        if (Weight is < 0 or > Policy.MostWeight)
            return "A section weighs 0 to 1,000.";
        return Tags is null || (Tags.Count <= 50 && Tags.All(tag => IsTag(tag, facets)))
            ? null
            : "A section's tags are facet=value, at most 50, of facets that the lab allows in clear.";
    }

    private static bool IsTag(string? tag, IReadOnlySet<string> facets) =>
        tag is { Length: <= 300 } && !tag.Any(char.IsControl) && tag.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        && at < tag.Length - 1 && facets.Contains(tag[..at]);
}
