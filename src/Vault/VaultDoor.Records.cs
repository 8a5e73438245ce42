using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <content>Seal, open, remove, list.</content>
public sealed partial class VaultDoor
{
    public async Task<SealOutcome> SealAsync(SealRequest request, CancellationToken cancellation = default)
    {
        CheckCount(request.Records.Count);
        if (request.Records.Count > 1 && request.Records.Select(record => record.Id).ToHashSet().Count < request.Records.Count)
            throw new ArgumentException("A record comes once in a seal.", nameof(request));
        var lab = await node.LabAsync(request.Lab, cancellation);
        while (true)
        {
            if (node.Keys.Project(lab, request.Project) is not { } project)
                return new SealOutcome.UnknownProject();
            var rows = request.Records.Select(record => SealRow(lab, project, record)).ToList();
            var outcome = await node.Sequencer.SubmitAsync(new SealCommand(lab, request.Project, request.By, rows, node.Keys, process), cancellation);
            if (outcome is null)
                continue;
            if (outcome is not SealOutcome.Conflict conflict
                || request.Records.First(r => r.Id == conflict.Id).ExpectedVersion is not null
                || node.Store.HeadVersion(conflict.Id.Value) == rows.First(r => r.Id == conflict.Id.Value).Version - 1)
            {
                return outcome;
            }
        }
    }

    public async ValueTask<OpenOutcome> OpenAsync(OpenRequest request, CancellationToken cancellation = default)
    {
        CheckCount(request.Records.Count);
        if (!Disclosure.IsOne(request.Act))
            throw new ArgumentException("Plaintext is opened, exported or sent.", nameof(request));
        var lab = await node.LabAsync(request.Lab, cancellation);
        // Unwraps it, where it is not yet, on this thread and not on the sequencer's.
        node.Keys.Project(lab, request.Project);

        var proof = node.Verifying.Check(lab, request.Proof, one => SignedBytes.Open(
            request.Lab, request.Project, request.Act, request.Purpose, request.Assignment, one.Key, one.Nonce.Span, request.Records));
        var decision = await node.Sequencer.SubmitAsync(new OpenCommand(lab, request, proof, node.Keys, process), cancellation);
        if (decision is OpenDecision.Refused refused)
            return refused.Outcome;

        var granted = (OpenDecision.Granted)decision;
        var opened = new OpenedRecord[granted.Heads.Length];
        for (var i = 0; i < opened.Length; i++)
        {
            if (!TryUnseal(lab, granted.Keys, granted.Heads[i], out var plaintext))
                return await WithdrawAsync(lab, request, granted, RefusalReason.NotAsSealed);
            opened[i] = new OpenedRecord(request.Records[i].Id, granted.Heads[i].Version, plaintext);
        }

        // A suspension may have come in between the commit and here.
        if (await node.HandOutAsync(Disclosure.Of(request, process.Id), lab, granted.Receipt) is { } suspension)
            return await WithdrawAsync(lab, request, granted, RefusalReason.Suspended, suspension);
        return new OpenOutcome.Opened(granted.Receipt, opened);
    }

    public async Task<long> RecordRefusalAsync(RefusalNote note, CancellationToken cancellation = default)
    {
        if (note.Asked.Count > IVault.MaxRecordsPerAct)
            throw new ArgumentException($"At most {IVault.MaxRecordsPerAct} ids in one refusal.", nameof(note));
        var lab = await node.LabAsync(note.Lab, cancellation);
        return (long)await node.Sequencer.SubmitAsync(new RefusalCommand(lab, ProjectId.None, note, process), cancellation);
    }

    public async Task RemoveAsync(LabId lab, ProjectId project, Principal by, IReadOnlyList<RecordRef> records, CancellationToken cancellation = default)
    {
        CheckCount(records.Count);
        var owner = await node.LabAsync(lab, cancellation);
        await node.Sequencer.SubmitAsync(
            new ControlCommand<int>(owner, batch =>
            {
                var heads = batch.Store.ReadHeads([.. records.Select(r => r.Id.Value)], sealedBytes: false);
                var ours = heads.Values.Where(h => h.Lab == owner.Number && h.Project == project.Value && records.Contains(new RecordRef(h.Kind, new RecordId(h.Id)))).ToList();
                if (ours.Count == 0)
                    return 0;
                batch.Remove(owner, ours);
                AppendAct(batch, owner, Act.Remove, project, by, facts => facts with
                {
                    Records = [.. ours.Select(h => new ReceiptLine(ReceiptText.Name(h.Kind), h.Id, h.Version, h.ContentId, h.Bytes, Again: false))],
                });
                return ours.Count;
            }),
            cancellation);
    }

    public async IAsyncEnumerable<RecordId> ListAsync(
        LabId lab, ProjectId project, RecordKind kind, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 1_000;
        var owner = await node.LabAsync(lab, cancellation);
        var after = Guid.CreateVersion7(since);
        // The first id of that millisecond: the random part all zero.
        after = new Guid([.. after.ToByteArray(bigEndian: true)[..6], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], bigEndian: true);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var ids = node.Store.Records(owner.Number, project.Value, kind, after, page);
            foreach (var id in ids)
                yield return new RecordId(id);
            if (ids.Count < page)
                yield break;
            after = ids[^1];
        }
    }

    public async ValueTask<IReadOnlyList<byte[]>> FingerprintAsync(
        LabId lab, ProjectId project, IReadOnlyList<ReadOnlyMemory<byte>> values, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        var key = node.Keys.Project(owner, project)?.FingerprintKey ?? throw new InvalidOperationException("The project has no key in the vault.");
        return [.. values.Select(value => HMACSHA256.HashData(key, value.Span))];
    }

    private static void CheckCount(int records)
    {
        if (records is < 1 or > IVault.MaxRecordsPerAct)
            throw new ArgumentOutOfRangeException(nameof(records), records, $"1 to {IVault.MaxRecordsPerAct} records in one act.");
    }

    private static bool TryUnseal(LabKeys lab, ProjectKeys project, HeadRow head, out byte[] plaintext)
    {
        plaintext = [];
        return project.Find(head.Key) is { } key
            && SealedRecord.TryOpen(new RecordContext(lab.Id.Value, head.Project, (byte)head.Kind, head.Id, head.Version, head.Key), key, head.Sealed, out plaintext)
            // What the receipt says of it.
            && plaintext.Length == head.Bytes
            && SealedRecord.ContentId(head.Sealed).AsSpan().SequenceEqual(head.ContentId);
    }

    private HeadRow SealRow(LabKeys lab, ProjectKeys project, SealItem item)
    {
        if (item.Plaintext.Length > IVault.MaxRecordBytes)
            throw new ArgumentException($"A record holds at most {IVault.MaxRecordBytes} bytes.", nameof(item));
        if (item.Weight is < 0 or > Policy.MostWeight)
            throw new ArgumentException($"A weight is 0 to {Policy.MostWeight}.", nameof(item));
        var version = (item.ExpectedVersion ?? node.Store.HeadVersion(item.Id.Value) ?? 0) + 1;
        var context = new RecordContext(lab.Id.Value, project.Project.Value, (byte)item.Kind, item.Id.Value, version, project.Current.Id);
        var sealedBytes = SealedRecord.Seal(context, project.Current.Key, item.Plaintext.Span);
        return new HeadRow(
            item.Id.Value, lab.Number, project.Project.Value, item.Kind, version, project.Current.Id, SealedRecord.ContentId(sealedBytes), item.Plaintext.Length, sealedBytes,
            item.Weight is { } weight ? node.BudgetSeals.Bind(lab, item.Id.Value, version, weight) : null);
    }

    private async Task<OpenOutcome> WithdrawAsync(LabKeys lab, OpenRequest request, OpenDecision.Granted granted, RefusalReason reason, Suspension? suspension = null)
    {
        var note = new RefusalNote(request.Lab, request.Principal, reason, [.. request.Records.Select(r => r.Id.Value)], request.Session);
        var receipt = (long)await node.Sequencer.SubmitAsync(new RefusalCommand(lab, request.Project, note, process, withdraws: granted.Receipt), CancellationToken.None);
        return new OpenOutcome.Refused(reason, receipt, suspension);
    }
}
