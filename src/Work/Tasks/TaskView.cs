using System.Text.Json;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tasks;

/// <summary>The shape of a task, for readers of the API's description; it is written by hand (see <see cref="TaskOpening"/>).</summary>
/// <param name="Prompt">A text, or a list of <c>{role, content}</c>.</param>
/// <param name="Left">As <paramref name="Prompt"/>. Which response it is, nobody outside is told.</param>
/// <param name="LeaseUntil">Null for returned work, which is not taken away.</param>
/// <param name="Reason">The reviewer's words, where it was returned.</param>
/// <param name="Receipt">Sequence number of the receipt of this disclosure.</param>
public sealed record TaskView(
    Guid Slot, Guid Project, Guid Item, string BatchCode, JsonElement Prompt, JsonElement Left, JsonElement Right, IReadOnlyList<Section> Sections,
    int GuidelineVersion, int FormVersion, DateTimeOffset? LeaseUntil, TaskDraft? Draft, SlotState State, string? Reason, long Receipt);

/// <param name="Version">What <c>If-Match</c> must say with the next draft; 0 where this is the answer that was returned.</param>
/// <param name="Answers">In shown terms, as sent.</param>
public sealed record TaskDraft(long Version, JsonElement Answers);
