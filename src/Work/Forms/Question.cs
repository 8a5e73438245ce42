using System.Text.Json.Serialization;

namespace Cofferdam.Work.Forms;

[JsonConverter(typeof(JsonStringEnumConverter<QuestionType>))]
public enum QuestionType
{
    /// <summary>Which of two responses is better, and by how much.</summary>
    [JsonStringEnumMemberName("pairwise")]
    Pairwise,

    /// <summary>Free text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>An order of all responses of an item.</summary>
    [JsonStringEnumMemberName("ranking")]
    Ranking,

    /// <summary>One or some of the given options.</summary>
    [JsonStringEnumMemberName("choice")]
    Choice,

    /// <summary>A point on a scale.</summary>
    [JsonStringEnumMemberName("rating")]
    Rating,

    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>Labelled stretches of the item's text.</summary>
    [JsonStringEnumMemberName("spans")]
    Spans,
}

/// <summary>One question of a form. What belongs to other types than its own is left out.</summary>
public sealed record Question
{
    /// <value>Its name in answers: <c>[a-z0-9][a-z0-9_-]{0,63}</c>.</value>
    public required string Key { get; init; }

    public required QuestionType Type { get; init; }

    /// <value>What is asked; 1 to 500 characters.</value>
    public required string Title { get; init; }

    /// <value>More about it; at most 4,000 characters.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Help { get; init; }

    /// <value>It must be answered wherever it is asked.</value>
    public bool Required { get; init; }

    /// <value>Asked only where an earlier answer says so; null: always.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShowIf? ShowIf { get; init; }

    /// <value>Pairwise: steps of the scale, 3, 5 or 7 with a tie in the middle; 2, 4 or 6 without. Rating: 2 to 11.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Points { get; init; }

    /// <value>Pairwise: "equal" may be chosen.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Tie { get; init; }

    /// <value>Ranking: two responses may share a rank.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Ties { get; init; }

    /// <value>Choice: 2 to 500.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Option>? Options { get; init; }

    /// <value>Choice: more than one may be chosen, <see cref="Min"/> to <see cref="Max"/>.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Multiple { get; init; }

    /// <value>Number: the least. Multiple choice: fewest that are chosen; 1 if not given and required, otherwise 0.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Min { get; init; }

    /// <value>Number: the greatest. Multiple choice: most that are chosen; all if not given.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Max { get; init; }

    /// <value>Rating: the lowest point, 0 or 1; 1 if not given.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? From { get; init; }

    /// <value>Rating: what the lowest point means; at most 200 characters.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Low { get; init; }

    /// <value>Rating: what the highest point means; at most 200 characters.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? High { get; init; }

    /// <value>Number: no fractions.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Whole { get; init; }

    /// <value>Number: what is counted, such as <c>kg</c>; at most 40 characters.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <value>Text: most characters (UTF-16 units), 1 to 100,000; 4,000 if not given.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxLength { get; init; }

    /// <value>Text: it is shown as Markdown.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Markdown { get; init; }

    /// <value>Spans: 1 to 200.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Option>? Labels { get; init; }

    /// <value>Spans: two of them may cover the same characters.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Overlap { get; init; }
}

/// <summary>An option of a choice, or a label of spans.</summary>
/// <param name="Value">What answers hold; 1 to 200 characters, no control characters, once per question.</param>
/// <param name="Label">What people read; 1 to 500 characters.</param>
/// <param name="Key">The key that chooses it: one character, once per question.</param>
public sealed record Option(string Value, string Label, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key = null);

/// <summary>When a question is asked.</summary>
/// <param name="Question">Key of an earlier question: pairwise, choice, rating or number.</param>
/// <param name="Is">
/// Answers of which one must have been given: <c>left</c>, <c>right</c>, <c>tie</c> as shown; values of options; numbers.
/// </param>
public sealed record ShowIf(string Question, IReadOnlyList<string> Is);
