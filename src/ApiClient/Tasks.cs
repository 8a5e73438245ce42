using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>A task as an annotator is handed it; which response is the item's first is not told.</summary>
/// <param name="Prompt">Text, or a list of messages; so are <paramref name="Left"/> and <paramref name="Right"/>.</param>
/// <param name="LeaseUntil">Null for returned work.</param>
/// <param name="Reason">The reviewer's words, where it was returned.</param>
/// <param name="Receipt">Sequence number of the receipt of this disclosure.</param>
public sealed record AnnotationTask(
    Guid Slot, Guid Project, Guid Item, string BatchCode, JsonElement Prompt, JsonElement Left, JsonElement Right,
    IReadOnlyList<GuidelineSection> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset? LeaseUntil,
    SavedDraft? Draft, string State, string? Reason, long Receipt);

public sealed record SavedDraft(long Version, IReadOnlyDictionary<string, QuestionAnswer> Answers);

/// <summary>Answer to one question.</summary>
/// <param name="Choice">Pairwise: negative where the left response is better, 0 for a tie; as far from 0 as the scale goes.</param>
/// <param name="Text">Free text.</param>
public sealed record QuestionAnswer(int? Choice = null, string? Text = null);

public sealed record DraftBody(IReadOnlyDictionary<string, QuestionAnswer> Answers);

public sealed record DraftVersion(long Version);

/// <param name="Submission">The same id for every retry: submitting twice is submitting once.</param>
/// <param name="Seconds">Time spent, as the page counted it.</param>
public sealed record SubmitBody(Guid Submission, IReadOnlyDictionary<string, QuestionAnswer> Answers, double Seconds);

public sealed record SlotState(string State);

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

/// <param name="Decision"><c>accept</c> or <c>return</c>.</param>
/// <param name="Reason">Required on return; the annotator reads it.</param>
public sealed record ReviewBody(string Decision, string? Reason = null);
