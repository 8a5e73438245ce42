using System.Text.Json;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Reviews;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tasks;

/// <summary>
/// The shape of a task, for readers of the API's description; it is written by hand (see <see cref="TaskOpening"/>).
/// Parts that the item lacks are left out.
/// </summary>
/// <param name="Prompt">A text, or a list of <c>{role, content}</c>.</param>
/// <param name="Left">As <paramref name="Prompt"/>. Which response it is, nobody outside is told.</param>
/// <param name="Responses">Each as <paramref name="Prompt"/>, to be ranked, in an order of this task's own.</param>
/// <param name="Text">What spans are marked in.</param>
/// <param name="Prelabels">Suggested answers in shown terms, by question.</param>
/// <param name="LeaseUntil">Null for returned work, which is not taken away.</param>
/// <param name="Reason">The reviewer's words, where it was returned.</param>
/// <param name="Receipt">Sequence number of the receipt of this disclosure.</param>
/// <param name="Rounds">Times that it was returned.</param>
/// <param name="Evidence">What the return rests on, where that was said.</param>
/// <param name="Next">For who signs: the task that comes next, to be opened with one signed request.</param>
public sealed record TaskView(
    Guid Slot, Guid Project, Guid Item, string BatchCode, IReadOnlyList<Section> Sections, int GuidelineVersion, int FormVersion,
    DateTimeOffset? LeaseUntil, TaskDraft? Draft, SlotState State, string? Reason, long Receipt,
    JsonElement? Prompt = null, JsonElement? Left = null, JsonElement? Right = null, IReadOnlyList<JsonElement>? Responses = null,
    string? Text = null, TaskImage? Image = null, JsonElement? Prelabels = null, int Rounds = 0, Evidence? Evidence = null,
    NextTask? Next = null);

/// <summary>A task that is held for its person, and what is signed to open it (docs/formats/signed-requests.md).</summary>
/// <param name="Lab">The lab's id.</param>
/// <param name="Key">The browser key that the nonce is for.</param>
public sealed record NextTask(Guid Slot, Guid Lab, Guid Key, SignedOpen Open);

/// <param name="Act">As receipts number it; so are <paramref name="Purpose"/> and the kinds.</param>
/// <param name="Records">Kind and id of each.</param>
/// <param name="Nonce">32 bytes, base64url.</param>
public sealed record SignedOpen(Guid Project, int Act, int Purpose, Guid? Assignment, IReadOnlyList<IReadOnlyList<JsonElement>> Records, string Nonce);

/// <param name="Version">What <c>If-Match</c> must say with the next draft; 0 where this is the answer that was returned.</param>
/// <param name="Answers">In shown terms, as sent.</param>
public sealed record TaskDraft(long Version, JsonElement Answers);

/// <summary>An image to be fetched by itself.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Length of the file.</param>
public sealed record TaskImage(Guid Id, string Type, long Bytes);
