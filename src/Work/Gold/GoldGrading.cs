using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Gold;

/// <summary>What is sealed of a known answer.</summary>
/// <param name="Answers">In item terms, by question.</param>
/// <param name="Explanation">For people in training.</param>
internal sealed record SealedGold(int V, JsonElement Answers, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Explanation = null);

/// <summary>What somebody in training is told of their answer.</summary>
/// <param name="Expected">The right answers, in the terms of what was shown.</param>
public sealed record GoldFeedbackView(bool Correct, string? Explanation, JsonElement Expected);

/// <summary>Compares an answer with the known one. The known answer is opened by the node itself, with a receipt; who answered is handed none of it.</summary>
internal sealed class GoldGrading(IVault vault, AppDb db)
{
    /// <returns>Null where nothing can be compared: the item is no longer known, the deciding question has no known answer, or the vault refuses.</returns>
    public async Task<GoldFeedbackView?> GradeAsync(ProjectFacts project, Slot slot, CheckedAnswer answer, CancellationToken cancellation)
    {
        var record = await db.Items.Where(item => item.Id == slot.Item).Select(item => item.Gold).SingleAsync(cancellation);
        if (record is null || await OpenAsync(project, slot, record.Value, cancellation) is not OpenOutcome.Opened opened)
            return null;

        var plaintext = opened.Records[0].Plaintext;
        var right = AnswerJson.Vote(answer.Form, plaintext);
        if (right.Length == 0)
            return null;
        var gold = JsonSerializer.Deserialize(plaintext.Span, SealedJson.Shapes.SealedGold)!;
        return new GoldFeedbackView(
            right.AsSpan().SequenceEqual(AnswerJson.Vote(answer.Form, answer.Plaintext)), gold.Explanation, Shown(project, slot, answer, gold));
    }

    /// <summary>
    /// Opens some known answer of the project for nothing, as a submission does that is compared with one. The numbers
    /// of receipts are told to whoever works, and without this they would tell which tasks are compared.
    /// </summary>
    /// <returns>Null.</returns>
    public async Task<GoldFeedbackView?> CoverAsync(ProjectFacts project, Slot slot, CancellationToken cancellation)
    {
        var record = await db.Items.Where(item => item.Project == project.Id.Value && item.Gold != null)
            .OrderBy(item => item.Id).Select(item => item.Gold).FirstOrDefaultAsync(cancellation);
        if (record is { } known)
            await OpenAsync(project, slot, known, cancellation);
        return null;
    }

    private ValueTask<OpenOutcome> OpenAsync(ProjectFacts project, Slot slot, Guid record, CancellationToken cancellation) => vault.OpenAsync(
        new OpenRequest(project.Lab, project.Id, Principal.Service, Act.Open, Purpose.Gold, [new(RecordKind.Gold, new RecordId(record))], Assignment: slot.Id),
        cancellation);

    private static JsonElement Shown(ProjectFacts project, Slot slot, CheckedAnswer answer, SealedGold gold)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        var known = answer.Shape with { Prelabels = JsonSerializer.SerializeToUtf8Bytes(gold.Answers) };
        AnswerJson.WriteSuggestions(json, answer.Form, project.Arrange(slot.Id, slot.Flipped).Show(known));
        json.Flush();
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }
}
