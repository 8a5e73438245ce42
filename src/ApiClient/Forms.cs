namespace Cofferdam.ApiClient;

/// <param name="Questions">Keys of the questions it is shown with; empty: all.</param>
/// <param name="Sensitivity"><c>open</c>, <c>task</c> or <c>staff</c>; null: the node's own choice.</param>
/// <param name="Tags"><c>facet=value</c> of the items it is shown with; null: all.</param>
public sealed record GuidelineSection(
    string Key, string Title, string Body, IReadOnlyList<string> Questions, string? Sensitivity = null, IReadOnlyList<string>? Tags = null);

public sealed record Guidelines(IReadOnlyList<GuidelineSection> Sections);

public sealed record PublishedVersion(int Number);

/// <summary>A question of any type: what a type does not have stays null, and is not sent.</summary>
/// <param name="Type"><c>pairwise</c>, <c>ranking</c>, <c>choice</c>, <c>rating</c>, <c>number</c>, <c>text</c> or <c>spans</c>.</param>
/// <param name="Points">Steps of a pairwise scale (3, 5 or 7 with a tie, 4 without), or of a rating.</param>
/// <param name="MaxLength">Longest text, in UTF-16 code units.</param>
public sealed record Question(
    string Key, string Type, string Title, bool Required, int? Points = null, bool? Tie = null, int? MaxLength = null)
{
    public string? Help { get; init; }

    /// <summary>Shown where an earlier question has one of these answers; null: always.</summary>
    public ShowIf? ShowIf { get; init; }

    /// <summary>Ranking: equal ranks are allowed.</summary>
    public bool? Ties { get; init; }

    /// <summary>Choice: 2 to 500.</summary>
    public IReadOnlyList<QuestionOption>? Options { get; init; }

    /// <summary>Choice: more than one may be chosen.</summary>
    public bool? Multiple { get; init; }

    /// <summary>Number: the least. Choice: fewest chosen.</summary>
    public decimal? Min { get; init; }

    /// <summary>Number: the most. Choice: most chosen.</summary>
    public decimal? Max { get; init; }

    /// <summary>Rating: the first point, 0 or 1.</summary>
    public int? From { get; init; }

    /// <summary>Rating: what the first point means.</summary>
    public string? Low { get; init; }

    /// <summary>Rating: what the last point means.</summary>
    public string? High { get; init; }

    /// <summary>Number: without decimals.</summary>
    public bool? Whole { get; init; }

    /// <summary>Number: what is counted.</summary>
    public string? Unit { get; init; }

    /// <summary>Text: shown as Markdown.</summary>
    public bool? Markdown { get; init; }

    /// <summary>Spans: 1 to 200.</summary>
    public IReadOnlyList<QuestionOption>? Labels { get; init; }

    /// <summary>Spans: may lie over each other.</summary>
    public bool? Overlap { get; init; }
}

/// <param name="Is">Answers as text: an option's value, a number, <c>left</c>, <c>right</c> or <c>tie</c>.</param>
public sealed record ShowIf(string Question, IReadOnlyList<string> Is);

/// <summary>An option of a choice, or a label of spans.</summary>
/// <param name="Key">One character to choose it by.</param>
public sealed record QuestionOption(string Value, string Label, string? Key = null);

/// <param name="Version">From 1; 0 where it is yet to be sent.</param>
public sealed record Form(IReadOnlyList<Question> Questions, int Version = 0);

internal sealed record FormBody(IReadOnlyList<Question> Questions);
