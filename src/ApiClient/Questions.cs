namespace Cofferdam.ApiClient;

/// <summary>One question of a form. What belongs to other types than its own is left out.</summary>
/// <param name="Type"><c>pairwise</c>, <c>ranking</c>, <c>choice</c>, <c>rating</c>, <c>number</c>, <c>text</c> or <c>spans</c>.</param>
/// <param name="Points">Steps of a pairwise scale: 3, 5 or 7 with a tie, 2, 4 or 6 without; points of a rating: 2 to 11.</param>
/// <param name="MaxLength">Longest text, in UTF-16 code units.</param>
/// <param name="Ties">Two responses of a ranking may share a rank.</param>
/// <param name="Multiple">More than one option may be chosen.</param>
/// <param name="Labels">Of spans.</param>
/// <param name="ShowIf">Asked only where an earlier answer says so.</param>
public sealed record Question(
    string Key, string Type, string Title, bool Required, int? Points = null, bool? Tie = null, int? MaxLength = null,
    bool? Ties = null, IReadOnlyList<QuestionOption>? Options = null, bool? Multiple = null, IReadOnlyList<QuestionOption>? Labels = null,
    ShowIf? ShowIf = null);

/// <summary>An option of a choice, or a label of spans.</summary>
/// <param name="Value">What answers hold.</param>
/// <param name="Label">What people read.</param>
public sealed record QuestionOption(string Value, string Label);

/// <param name="Question">Key of an earlier question.</param>
/// <param name="Is">Its answers that ask this one too.</param>
public sealed record ShowIf(string Question, IReadOnlyList<string> Is);

/// <summary>Answer to one question, in the terms that the person was shown.</summary>
/// <param name="Choice">Pairwise: negative where the left response is better, 0 for a tie; as far from 0 as the scale goes.</param>
/// <param name="Text">Free text.</param>
/// <param name="Ranks">Ranking: the rank of each response as shown, 1 the best.</param>
/// <param name="Values">Choice: what was chosen.</param>
public sealed record QuestionAnswer(
    int? Choice = null, string? Text = null, IReadOnlyList<int>? Ranks = null, IReadOnlyList<string>? Values = null,
    int? Rating = null, decimal? Number = null, IReadOnlyList<Span>? Spans = null);

/// <summary>A labelled stretch of an item's text.</summary>
/// <param name="Start">First character, counted in Unicode code points.</param>
/// <param name="End">The one after the last.</param>
public sealed record Span(int Start, int End, string Label);
