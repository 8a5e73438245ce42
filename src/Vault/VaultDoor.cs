using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>The one door, for one server process: what it asks for, receipts name it by.</summary>
public sealed partial class VaultDoor : IVault, IAsyncDisposable
{
    private readonly VaultNode node;
    private readonly VaultProcess process;
    private int disposed;

    internal VaultDoor(VaultNode node, VaultProcess process)
    {
        this.node = node;
        this.process = process;
    }

    internal VaultNode Node => node;

    public VaultIdentity Identity => new(process.Id, process.Vault, process.Id != process.Vault, node.Keys.Evaluation);

    public ValueTask<VaultFigures> FiguresAsync(CancellationToken cancellation = default) => ValueTask.FromResult(new VaultFigures(SealedRecord.Opens));

    public async Task CreateLabAsync(LabId lab, string slug, CancellationToken cancellation = default)
    {
        if (node.Store.Lab(lab.Value) is { } known)
        {
            // From before labs had logs.
            if (known.Slug is null)
                await NameLogAsync(lab, slug, cancellation);
            return;
        }

        CheckSlug(lab, slug);
        var (key, wrapped) = await Rekeying.MakeAsync(lab, node.Keys.Custodians.Default, cancellation);
        await node.Sequencer.SubmitAsync(
            new ControlCommand<LabRow>(
                new LabKeys(0, lab),
                batch =>
                {
                    batch.Store.LockLabs();
                    return batch.Store.Lab(lab.Value) ?? batch.Store.InsertLab(lab.Value, key, wrapped, new CompactRange().ToBytes(), batch.Now);
                }),
            cancellation);
        await NameLogAsync(lab, slug, cancellation);
        await CreateProjectAsync(lab, ProjectId.None, cancellation);
    }

    public async Task CreateProjectAsync(LabId lab, ProjectId project, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        if (node.Keys.Project(owner, project) is not null)
            return;
        await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(owner, batch =>
            {
                if (batch.Store.ProjectKeys(owner.Number, project.Value).Count > 0)
                    return -1;
                // Wrapped here, between rotations.
                batch.Store.InsertProjectKey(KeyMaking.NewProjectKey(owner, node.Keys.Fresh(owner).Key, project), batch.Now);
                return AppendAct(batch, owner, Act.CreateKey, project, Principal.Service, facts => facts);
            }),
            cancellation);
    }

    /// <summary>Writes a receipt of the stop into every ledger; in one process with the server, closes the vault too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        foreach (var lab in node.Store.Labs())
        {
            try
            {
                await NoteStopAsync(new LabId(lab.Id));
            }
            catch (VaultUnavailableException)
            {
                // A store that fails now, or a log that may not grow, has no receipt of the stop, which is what the ledger will then say.
            }
        }

        if (process.Id == process.Vault)
            await node.DisposeAsync();
    }

    /// <summary>Notes the start; in a log that may not grow yet, once it may.</summary>
    internal async Task NoteStartAsync(LabId lab, CancellationToken cancellation)
    {
        try
        {
            await NoteProcessAsync(lab, Act.Start, cancellation);
        }
        catch (VaultUnavailableException e) when (e.Trouble == VaultTrouble.Ledger)
        {
            var owner = await node.LabAsync(lab, cancellation);
            node.Logs.Find(owner.Number)!.WhenSound(() => NoteProcessAsync(lab, Act.Start, CancellationToken.None));
        }
    }

    internal async Task NoteProcessAsync(LabId lab, Act act, CancellationToken cancellation)
    {
        var owner = await node.LabAsync(lab, cancellation);
        await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(owner, batch => AppendAct(batch, owner, act, ProjectId.None, Principal.Service, facts => act == Act.Start
                ? facts with { Particulars = [new("versions", ReceiptText.Name(batch.HeadsOf(owner).Standing))] }
                : facts)),
            cancellation);
    }

    private async Task NoteStopAsync(LabId lab)
    {
        try
        {
            await NoteProcessAsync(lab, Act.Stop, CancellationToken.None);
        }
        catch (VaultUnavailableException e) when (e.Trouble == VaultTrouble.Custodian)
        {
            // Nor has a lab whose custodian is lost.
        }
    }

    private long AppendAct(Batch batch, LabKeys lab, Act act, ProjectId project, Principal by, Func<ReceiptFacts, ReceiptFacts> facts)
    {
        var sequence = batch.Reserve(lab);
        batch.Append(lab, sequence, act, project, by, 0, facts(process.Facts(lab, project, by)));
        return sequence;
    }
}
