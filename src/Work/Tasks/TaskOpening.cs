using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tasks;

/// <summary>Opens what a leased slot needs in one receipt: the item, the sections that apply, and what its holder had typed.</summary>
internal sealed class TaskOpening(IVault vault, ProjectCatalog catalog, FormCatalog forms, ShownShapes shapes, Store store)
{
    /// <returns>The task, or why it is not handed out.</returns>
    public async ValueTask<(TaskBody? Task, OpenOutcome.Refused? Refused)> OpenAsync(
        ProjectFacts project, SlotLease lease, Actor actor, CancellationToken cancellation)
    {
        var (records, sections, typed) = await PlanAsync(project, lease, actor, cancellation);
        var outcome = await vault.OpenAsync(actor, project.Id, Purpose.Task, records, cancellation, lease.Slot);
        if (outcome is not OpenOutcome.Opened opened)
            return (null, (OpenOutcome.Refused)outcome);
        var item = ItemJson.Read(opened.Records[0].Plaintext);
        var shape = item.Shape;
        shapes.Remember(lease.Slot, shape);
        var (form, refused) = await forms.OfPrelabelsAsync(project, lease.FormVersion, shape, cancellation);
        return refused is not null ? (null, refused) : (new TaskBody(project, await BatchAsync(project, lease.Batch, cancellation), lease, item, form, opened, sections, typed), null);
    }

    /// <summary>What a task is made of, in order: the item, sections, what was typed, the reviewer's words and what they rest on.</summary>
    /// <returns>The records, how many of them are sections, and what the record of what was typed is; null where there is none.</returns>
    public async ValueTask<(RecordRef[] Records, int Sections, RecordKind? Typed)> PlanAsync(
        ProjectFacts project, SlotLease lease, Actor actor, CancellationToken cancellation)
    {
        var sections = await catalog.SectionsAsync(project, lease.GuidelineVersion, lease.FormVersion, lease.Item, Audience.Expert, cancellation);
        var draft = lease.Drafted ? await DraftAsync(lease.Slot, actor.Pseudonym, cancellation) : null;
        // Returned work is taken up where it was: from a newer draft, or from the answer that was returned.
        var typed = draft is not null ? new RecordRef(RecordKind.Draft, draft.Value)
            : lease is { State: SlotState.Returned, Answer: { } answer } ? new RecordRef(RecordKind.Answer, new RecordId(answer))
            : (RecordRef?)null;

        var evidence = lease.Reason is { } said ? await EvidenceAsync(lease.Slot, said, cancellation) : null;
        var records = new RecordRef[1 + sections.Length + (typed is null ? 0 : 1) + (lease.Reason is null ? 0 : 1) + (evidence is null ? 0 : 1)];
        records[0] = new RecordRef(RecordKind.Item, new RecordId(lease.Item));
        sections.CopyTo(records, 1);
        var next = 1 + sections.Length;
        if (typed is { } record)
            records[next++] = record;
        if (lease.Reason is { } reason)
            records[next++] = new RecordRef(RecordKind.Reason, new RecordId(reason));
        if (evidence is { } rests)
            records[next] = new RecordRef(RecordKind.Reason, rests);
        return (records, sections.Length, typed?.Kind);
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

    /// <summary>The record of what the return with these words rests on; null where that was not said.</summary>
    private async Task<RecordId?> EvidenceAsync(Guid slot, Guid reason, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT evidence FROM review WHERE slot = @slot AND reason = @reason AND evidence IS NOT NULL", ("@slot", slot), ("@reason", reason));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new RecordId(reader.Id(0)) : null;
    }

    private async ValueTask<Batch> BatchAsync(ProjectFacts project, Guid batch, CancellationToken cancellation)
    {
        if (project.Batches.TryGetValue(batch, out var known))
            return known;
        // Another server opened it a moment ago.
        catalog.Forget(project.Id.Value);
        return (await catalog.FindAsync(project.Lab, project.Id.Value, cancellation))!.Batches[batch];
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
