using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>A task as an annotator is handed it; which response is the item's first is not told.</summary>
/// <param name="LeaseUntil">Null for returned work.</param>
/// <param name="Reason">The reviewer's words, where it was returned.</param>
/// <param name="Receipt">Sequence number of the receipt of this disclosure.</param>
/// <param name="Prompt">Text, or a list of messages; so are <paramref name="Left"/>, <paramref name="Right"/> and each of <paramref name="Responses"/>.</param>
/// <param name="Text">What spans are marked in, or what a choice is about.</param>
/// <param name="Prelabels">Suggested answers.</param>
public sealed record AnnotationTask(
    Guid Slot, Guid Project, Guid Item, string BatchCode,
    IReadOnlyList<GuidelineSection> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset? LeaseUntil,
    SavedDraft? Draft, string State, string? Reason, long Receipt,
    JsonElement? Prompt = null, JsonElement? Left = null, JsonElement? Right = null, IReadOnlyList<JsonElement>? Responses = null,
    string? Text = null, TaskImage? Image = null, IReadOnlyDictionary<string, QuestionAnswer>? Prelabels = null);

/// <summary>An image, to be fetched by itself.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Length of the file.</param>
public sealed record TaskImage(Guid Id, string Type, long Bytes);

public sealed record SavedDraft(long Version, IReadOnlyDictionary<string, QuestionAnswer> Answers);

public sealed record DraftBody(IReadOnlyDictionary<string, QuestionAnswer> Answers);

public sealed record DraftVersion(long Version);

/// <param name="Submission">The same id for every retry: submitting twice is submitting once.</param>
/// <param name="Seconds">Time spent, as the page counted it.</param>
public sealed record SubmitBody(Guid Submission, IReadOnlyDictionary<string, QuestionAnswer> Answers, double Seconds);

/// <param name="Gold">Of a submission whose answer was known, where people are told so.</param>
public sealed record SlotState(string State, GoldFeedback? Gold = null);

/// <param name="Correct">The answer is the known one.</param>
public sealed record GoldFeedback(bool Correct, string? Explanation = null);

public sealed record HeldSlot(Guid Slot, string State, DateTimeOffset? LeaseUntil);

/// <param name="LeaseUntil">Null for returned work, which is not taken away.</param>
public sealed record Lease(DateTimeOffset? LeaseUntil);

internal sealed record ReasonBody(string? Reason);

internal sealed record ReportBody(string Text);

/// <summary>An answer to judge.</summary>
/// <param name="Answers">As the annotator saw the sides.</param>
public sealed record ReviewTask(
    Guid Slot, Guid Item, IReadOnlyDictionary<string, QuestionAnswer> Answers, Guid Annotator,
    IReadOnlyList<GuidelineSection> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset LeaseUntil, long Receipt);

/// <param name="Decision"><c>accept</c>, <c>return</c>, <c>correct</c> or <c>escalate</c>.</param>
/// <param name="Reason">Required unless it is accepted; the annotator reads it.</param>
/// <param name="Evidence">Required on return: what the decision rests on.</param>
/// <param name="Answers">The right answers, in shown terms, on correct.</param>
public sealed record ReviewBody(
    string Decision, string? Reason = null, Evidence? Evidence = null, IReadOnlyDictionary<string, QuestionAnswer>? Answers = null);

/// <summary>What a decision against somebody's work rests on; at least one of the three.</summary>
/// <param name="Section">Key of a guideline section.</param>
/// <param name="Question">Key of a question.</param>
/// <param name="Quote">Words of the item or of the answer.</param>
public sealed record Evidence(string? Section = null, string? Question = null, string? Quote = null);

/// <summary>Work that reviewers could not settle.</summary>
public sealed record Escalation(Guid Slot);
