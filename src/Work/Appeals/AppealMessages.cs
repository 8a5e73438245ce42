using System.Text.Json;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Reviews;
using Cofferdam.Work.Tasks;

namespace Cofferdam.Work.Appeals;

/// <param name="Words">1 to 4,000 characters: why the answer should stand.</param>
public sealed record AppealRequest(string Words);

/// <summary>An appeal without its words.</summary>
/// <param name="Person">Pseudonym of whose answer it is.</param>
/// <param name="MayDecide">Whether the caller is one who may decide it now.</param>
public sealed record AppealView(
    Guid Id, Guid Slot, AppealState State, DateTimeOffset MadeAt, Guid Person, bool MayDecide, DateTimeOffset? DecidedAt);

/// <param name="Rows">Newest first.</param>
/// <param name="Next">What to pass as <c>before</c> for the rows that follow; null at the end.</param>
public sealed record AppealPage(IReadOnlyList<AppealView> Rows, Guid? Next);

/// <summary>The shape of an opened appeal, for readers of the API's description. Its maker gets the words alone.</summary>
/// <param name="Words">Its maker's.</param>
/// <param name="Returned">Why the answer was returned.</param>
/// <param name="Evidence">What that rests on, where it was said.</param>
/// <param name="Decision">The words for the decision; null while it is open.</param>
/// <param name="Item">This and what follows, as in a task, is for those who decide appeals.</param>
public sealed record AppealContent(
    Guid Id, Guid Slot, AppealState State, Guid Person, bool MayDecide, string Words, string? Returned, string? Decision,
    long Receipt, Evidence? Evidence = null, Guid? Item = null, JsonElement? Answers = null, IReadOnlyList<Section>? Sections = null, int? GuidelineVersion = null, int? FormVersion = null,
    JsonElement? Prompt = null, JsonElement? Left = null, JsonElement? Right = null, IReadOnlyList<JsonElement>? Responses = null,
    string? Text = null, TaskImage? Image = null, JsonElement? Prelabels = null);

/// <param name="Uphold">The answer is accepted as it was given.</param>
/// <param name="Reason">1 to 4,000 characters, which the appeal's maker reads.</param>
public sealed record AppealDecisionRequest(bool Uphold, string Reason);
