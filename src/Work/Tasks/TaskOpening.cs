using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tasks;

/// <summary>Opens what a leased slot needs in one receipt: the item, the sections that apply, and what its holder had typed.</summary>
internal sealed class TaskOpening(IVault vault, ProjectCatalog catalog, FormCatalog forms, ShownShapes shapes, Store store)
{
    /// <returns>The task, or why it is not handed out.</returns>
    public async ValueTask<(JsonBody? Task, OpenOutcome.Refused? Refused)> OpenAsync(
        ProjectFacts project, SlotLease lease, Actor actor, CancellationToken cancellation)
    {
        var sections = await catalog.SectionsAsync(project, lease.GuidelineVersion, lease.FormVersion, cancellation);
        var draft = lease.Drafted ? await DraftAsync(lease.Slot, actor.Pseudonym, cancellation) : null;
        // Returned work is taken up where it was: from a newer draft, or from the answer that was returned.
        var typed = draft is not null ? new RecordRef(RecordKind.Draft, draft.Value)
            : lease is { State: SlotState.Returned, Answer: { } answer } ? new RecordRef(RecordKind.Answer, new RecordId(answer))
            : (RecordRef?)null;

        var records = new RecordRef[1 + sections.Length + (typed is null ? 0 : 1) + (lease.Reason is null ? 0 : 1)];
        records[0] = new RecordRef(RecordKind.Item, new RecordId(lease.Item));
        sections.CopyTo(records, 1);
        var next = 1 + sections.Length;
        if (typed is { } record)
            records[next++] = record;
        if (lease.Reason is { } reason)
            records[next] = new RecordRef(RecordKind.Reason, new RecordId(reason));

        var outcome = await vault.OpenAsync(actor, project.Id, Purpose.Task, records, cancellation, lease.Slot);
        if (outcome is not OpenOutcome.Opened opened)
            return (null, (OpenOutcome.Refused)outcome);
        var item = ItemJson.Read(opened.Records[0].Plaintext);
        var shape = item.Shape;
        shapes.Remember(lease.Slot, shape);
        Form? form = null;
        if (!shape.Prelabels.IsEmpty)
        {
            (form, var refused) = await forms.FindAsync(project, lease.FormVersion, cancellation);
            if (form is null)
                return (null, refused);
        }

        return (new TaskBody(project, await CodeAsync(project, lease.Batch, cancellation), lease, item, form, opened, sections.Length, typed?.Kind), null);
    }

    /// <summary>The record of a person's draft for a slot; null where there is none.</summary>
    public async Task<RecordId?> DraftAsync(Guid slot, Guid person, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT record FROM draft WHERE slot = @slot AND person = @person", ("@slot", slot), ("@person", person));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new RecordId(reader.Id(0)) : null;
    }

    private async ValueTask<string> CodeAsync(ProjectFacts project, Guid batch, CancellationToken cancellation)
    {
        if (project.Batches.TryGetValue(batch, out var known))
            return known.Code;
        // Another server opened it a moment ago.
        catalog.Forget(project.Id.Value);
        return (await catalog.FindAsync(project.Lab, project.Id.Value, cancellation))!.Batches[batch].Code;
    }
}

/// <summary>A task as the workroom gets it.</summary>
/// <param name="form">Needed where the item has prelabels.</param>
/// <param name="opened">The item, then <paramref name="sections"/> sections, then what was typed, then the reviewer's words.</param>
/// <param name="typed">What the record of what was typed is; null where there is none.</param>
file sealed class TaskBody(
    ProjectFacts project, string batchCode, SlotLease lease, ItemJson item, Form? form, OpenOutcome.Opened opened, int sections, RecordKind? typed) : JsonBody
{
    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("slot"u8, lease.Slot);
        json.WriteString("project"u8, project.Id.Value);
        json.WriteString("item"u8, lease.Item);
        json.WriteString("batchCode"u8, batchCode);
        var arrangement = project.Arrange(lease.Slot, lease.Flipped);
        item.Write(json, arrangement);
        if (form is not null)
        {
            json.WritePropertyName("prelabels"u8);
            AnswerJson.WriteSuggestions(json, form, arrangement.Show(item.Shape));
        }

        WriteSections(json, opened.Records, 1, sections);
        json.WriteNumber("guidelineVersion"u8, lease.GuidelineVersion);
        json.WriteNumber("formVersion"u8, lease.FormVersion);
        if (lease.LeaseUntil is { } until)
            json.WriteString("leaseUntil"u8, until);
        else
            json.WriteNull("leaseUntil"u8);
        WriteDraft(json);
        json.WriteString("state"u8, Names.Of(lease.State));
        WriteReason(json);
        json.WriteNumber("receipt"u8, opened.Receipt);
        json.WriteEndObject();
    }

    private void WriteDraft(Utf8JsonWriter json)
    {
        if (typed is null)
        {
            json.WriteNull("draft"u8);
            return;
        }

        var record = opened.Records[1 + sections];
        json.WriteStartObject("draft"u8);
        json.WriteNumber("version"u8, typed is RecordKind.Draft ? record.Version : 0);
        json.WritePropertyName("answers"u8);
        if (typed is RecordKind.Draft)
            json.WriteRawValue(DraftJson.Answers(record.Plaintext.Span), skipInputValidation: true);
        else
            AnswerJson.WriteShown(json, record.Plaintext);
        json.WriteEndObject();
    }

    private void WriteReason(Utf8JsonWriter json)
    {
        if (lease.Reason is null)
            json.WriteNull("reason"u8);
        else
            json.WriteString("reason"u8, JsonSerializer.Deserialize(opened.Records[^1].Plaintext.Span, SealedJson.Shapes.SealedText)!.Text);
    }
}

/// <summary>What is sealed of a draft: <c>{"v":1,"answers":{…}}</c>, the answers as the page had them.</summary>
internal static class DraftJson
{
    private static ReadOnlySpan<byte> Begin => "{\"v\":1,\"answers\":"u8;

    public static byte[] Write(JsonElement answers) => [.. Begin, .. JsonSerializer.SerializeToUtf8Bytes(answers), (byte)'}'];

    public static ReadOnlySpan<byte> Answers(ReadOnlySpan<byte> plaintext) => plaintext.StartsWith(Begin)
        ? plaintext[Begin.Length..^1]
        : throw new InvalidOperationException("A sealed draft of an unknown version.");
}
