using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>A task as an annotator is handed it; which response is the item's first is not told.</summary>
/// <param name="Prompt">Text, or a list of messages; so are <paramref name="Left"/> and <paramref name="Right"/>. Undefined where the item has none.</param>
/// <param name="LeaseUntil">Null for returned work.</param>
/// <param name="Reason">The reviewer's words, where it was returned.</param>
/// <param name="Receipt">Sequence number of the receipt of this disclosure.</param>
public sealed record AnnotationTask(
    Guid Slot, Guid Project, Guid Item, string BatchCode, JsonElement Prompt, JsonElement Left, JsonElement Right,
    IReadOnlyList<GuidelineSection> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset? LeaseUntil,
    SavedDraft? Draft, string State, string? Reason, long Receipt)
{
    /// <summary>What is ranked, in the order shown.</summary>
    public IReadOnlyList<JsonElement>? Responses { get; init; }

    /// <summary>What is marked with spans.</summary>
    public string? Text { get; init; }

    public ItemImage? Image { get; init; }

    /// <summary>Suggested answers, as this person sees the sides.</summary>
    public IReadOnlyDictionary<string, QuestionAnswer>? Prelabels { get; init; }

    /// <summary>How often it was returned.</summary>
    public int? Rounds { get; init; }

    /// <summary>Held for who signs, so that the next task costs one request; null for others, and where there is none.</summary>
    public NextTask? Next { get; init; }
}

/// <param name="Type">Media type, such as <c>image/png</c>.</param>
public sealed record ItemImage(Guid Id, string Type, long Bytes);

public sealed record SavedDraft(long Version, IReadOnlyDictionary<string, QuestionAnswer> Answers);

/// <summary>Answer to one question.</summary>
/// <param name="Choice">Pairwise: negative where the left response is better, 0 for a tie; as far from 0 as the scale goes.</param>
/// <param name="Text">Free text.</param>
public sealed record QuestionAnswer(int? Choice = null, string? Text = null)
{
    /// <summary>Ranking: of each response in the order shown; 1 is best.</summary>
    public IReadOnlyList<int>? Ranks { get; init; }

    /// <summary>Choice: values of the options chosen.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public int? Rating { get; init; }

    public decimal? Number { get; init; }

    public IReadOnlyList<Span>? Spans { get; init; }
}

/// <param name="Start">First code point of the item's text, from 0.</param>
/// <param name="End">The code point after the last.</param>
public sealed record Span(int Start, int End, string Label);

public sealed record DraftBody(IReadOnlyDictionary<string, QuestionAnswer> Answers);

public sealed record DraftVersion(long Version);

/// <param name="Submission">The same id for every retry: submitting twice is submitting once.</param>
/// <param name="Seconds">Time spent, as the page counted it.</param>
public sealed record SubmitBody(Guid Submission, IReadOnlyDictionary<string, QuestionAnswer> Answers, double Seconds);

/// <param name="Gold">How the answer compares with the known one, where the annotator is to be told.</param>
public sealed record SlotState(string State, GoldFeedback? Gold = null);

/// <param name="Expected">The known answers.</param>
public sealed record GoldFeedback(bool Correct, string? Explanation, JsonElement Expected);

public sealed record HeldSlot(Guid Slot, string State, DateTimeOffset? LeaseUntil);

/// <param name="LeaseUntil">Null for returned work, which is not taken away.</param>
public sealed record Lease(DateTimeOffset? LeaseUntil);

internal sealed record ReasonBody(string? Reason);

internal sealed record ReportBody(string Text);

/// <summary>An answer to judge.</summary>
/// <param name="Answers">As the annotator saw the sides.</param>
public sealed record ReviewTask(
    Guid Slot, Guid Item, JsonElement Prompt, JsonElement Left, JsonElement Right,
    IReadOnlyDictionary<string, QuestionAnswer> Answers, Guid Annotator,
    IReadOnlyList<GuidelineSection> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset LeaseUntil, long Receipt);

/// <param name="Decision"><c>accept</c>, <c>return</c>, <c>correct</c> or <c>escalate</c>.</param>
/// <param name="Reason">Required on return; the annotator reads it.</param>
/// <param name="Answers">The right ones, where it corrects.</param>
/// <param name="Evidence">What the decision rests on.</param>
public sealed record ReviewBody(
    string Decision, string? Reason = null, IReadOnlyDictionary<string, QuestionAnswer>? Answers = null, Evidence? Evidence = null);

/// <param name="Section">Key of a guideline section.</param>
/// <param name="Quote">Words of the item or of the answer.</param>
public sealed record Evidence(string? Section = null, string? Question = null, string? Quote = null);
