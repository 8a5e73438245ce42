using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>Re-encrypts a project step by step under a new key, after the old one may have been stolen.</summary>
/// <remarks>
/// A record keeps its version: what changes is its content id, and the receipt of the step lists old and new in pairs, so
/// that what was disclosed under the one can be followed to the other. Decrypting and encrypting happens outside the
/// sequencer; a record that changed meanwhile has been sealed under the new key by that.
/// </remarks>
internal sealed class Resealing(VaultNode node)
{
    /// <summary>Half of what a receipt lists: each record stands in it twice.</summary>
    private const int MostRecords = Receipt.MaxRecords / 2;

    // One step holds about so much in memory, twice.
    private const int MostBytes = 32 << 20;

    public async Task<ResealStep> StepAsync(
        LabKeys lab, ProjectId project, Func<Batch, Func<ReceiptFacts, ReceiptFacts>, long> append, CancellationToken cancellation)
    {
        if (node.Keys.Project(lab, project) is not { } keys)
            return new ResealStep(0, 0, null);
        if (keys.Retired is null)
            return await BeginAsync(lab, project, append, cancellation);

        var old = keys.Retired;
        var rows = node.Store.UnderKey(lab.Number, project.Value, old.Id, MostRecords, MostBytes);
        var resealed = rows.Select(row => Reseal(lab, keys, old, row)).ToList();
        return (ResealStep)await node.Sequencer.SubmitAsync(
            new ControlCommand<ResealStep>(
                lab,
                batch => Write(batch, lab, keys, old, resealed, append),
                _ =>
                {
                    node.Keys.Drop();
                    node.Sequencer.Forget(rows.Select(row => row.Head.Id));
                }),
            cancellation);
    }

    private async Task<ResealStep> BeginAsync(
        LabKeys lab, ProjectId project, Func<Batch, Func<ReceiptFacts, ReceiptFacts>, long> append, CancellationToken cancellation) =>
        (ResealStep)await node.Sequencer.SubmitAsync(
            new ControlCommand<ResealStep>(
                lab,
                batch =>
                {
                    // Looked up here: two people may have begun at once.
                    if (node.Keys.Project(lab, project) is not { Retired: null } keys)
                        return new ResealStep(0, 0, null);
                    var row = KeyMaking.NewProjectKey(lab, node.Keys.Fresh(lab).Key, project, keys.FingerprintKey);
                    batch.Store.RetireProjectKey(lab.Number, project.Value, keys.Current.Id);
                    batch.Store.InsertProjectKey(row, batch.Now);
                    batch.Store.IndexKeys();
                    var left = batch.Store.CountUnderKey(lab.Number, project.Value, keys.Current.Id);
                    if (left == 0)
                        End(batch.Store, lab, keys, keys.Current);
                    var step = left == 0 ? "done" : "begun";
                    return new ResealStep(0, left, append(batch, facts => facts with { Particulars = Particulars(step, keys.Current.Id, row.Key) }));
                },
                _ => node.Keys.Drop()),
            cancellation);

    private ResealStep Write(
        Batch batch, LabKeys lab, ProjectKeys keys, ProjectKey old, List<Resealed> resealed, Func<Batch, Func<ReceiptFacts, ReceiptFacts>, long> append)
    {
        if (node.Keys.Project(lab, keys.Project)?.Retired?.Id != old.Id)
            return new ResealStep(0, 0, null);
        var written = resealed.Where(record => batch.Store.Reseal(record.Row, old.Id, keys.Current.Id, record.ContentId, record.Sealed)).ToList();
        var left = batch.Store.CountUnderKey(lab.Number, keys.Project.Value, old.Id);
        if (left == 0)
            End(batch.Store, lab, keys, old);
        var receipt = append(batch, facts => facts with
        {
            Records = [.. written.SelectMany(Lines)],
            Particulars = Particulars(left == 0 ? "done" : "going", old.Id, keys.Current.Id),
        });
        return new ResealStep(written.Count, left, receipt);
    }

    private static void End(VaultStore store, LabKeys lab, ProjectKeys keys, ProjectKey old)
    {
        store.DeleteProjectKey(lab.Number, keys.Project.Value, old.Id);
        store.DropKeyIndex();
    }

    private static KeyValuePair<string, string>[] Particulars(string step, Guid from, Guid to) =>
        [new("fromKey", from.ToString()), new("step", step), new("toKey", to.ToString())];

    private static ReceiptLine[] Lines(Resealed record)
    {
        var head = record.Row.Head;
        var old = new ReceiptLine(ReceiptText.Name(head.Kind), head.Id, head.Version, head.ContentId, head.Bytes, Again: true);
        return [old, old with { ContentId = record.ContentId, Again = false }];
    }

    private static Resealed Reseal(LabKeys lab, ProjectKeys keys, ProjectKey old, UnderKeyRow row)
    {
        var head = row.Head;
        var context = new RecordContext(lab.Id.Value, head.Project, (byte)head.Kind, head.Id, head.Version, old.Id);
        // What was edited in the store opens under no key. It goes along as it is, and stays refused.
        if (!SealedRecord.TryOpen(context, old.Key, head.Sealed, out var plaintext))
            return new Resealed(row, head.ContentId, head.Sealed!);
        var sealedBytes = SealedRecord.Seal(context with { Key = keys.Current.Id }, keys.Current.Key, plaintext);
        return new Resealed(row, SealedRecord.ContentId(sealedBytes), sealedBytes);
    }

    private sealed record Resealed(UnderKeyRow Row, byte[] ContentId, byte[] Sealed);
}
