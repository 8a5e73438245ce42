using System.Globalization;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Proposals;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>Destroys keys, here and in every copy of the store.</summary>
/// <remarks>
/// Deleting a row leaves it in backups. So the lab gets new root and lab keys, the survivors are rewrapped, and every
/// earlier root key is destroyed at its custodian: no copy opens any more, of what was shredded or of anything else.
/// The root keys go after the commit, never before: a commit that fails must leave a lab that works.
/// </remarks>
internal sealed class Shredding(VaultNode node, ProposalActs acts)
{
    /// <summary>Shreds what an approved proposal is about.</summary>
    public async Task ShredAsync(LabKeys lab, ProposalRow proposal, CancellationToken cancellation)
    {
        var custodian = node.Keys.Custodians.Of(lab.Current.Custodian);
        var (key, wrapped) = await Rekeying.MakeAsync(lab.Id, custodian, cancellation);
        await acts.CommitAsync(
            lab,
            proposal,
            ProposalState.Done,
            batch =>
            {
                Delete(batch.Store, lab, proposal);
                node.Rekeying.Install(batch, lab, key, wrapped);
                batch.Store.CondemnRoots(lab.Number, key, proposal.Id);
                return acts.Append(batch, lab, proposal, Act.Shred, [new("custodian", key.Custodian), new("root", key.Root)]);
            },
            cancellation,
            () => node.Rekeying.Take(lab, key));
    }

    /// <summary>Destroys the root keys that were condemned, and notes from when on they are gone for good.</summary>
    /// <returns>False where a custodian could not be asked: to be tried again.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellation)
    {
        var finished = true;
        foreach (var of in node.Store.CondemnedRoots().GroupBy(root => (root.Lab, root.Proposal)))
        {
            try
            {
                var lab = await node.LabAsync(node.Store.LabId(of.Key.Lab), cancellation);
                finished &= await DestroyAsync(lab, of.Key.Proposal, [.. of], cancellation);
            }
            catch (VaultUnavailableException)
            {
                // Another lab's does not wait for it.
                finished = false;
            }
        }

        return finished;
    }

    private static void Delete(VaultStore store, LabKeys lab, ProposalRow proposal)
    {
        switch (proposal.Kind)
        {
            case ProposalKind.ShredProject:
                store.DeleteProjectKeys(lab.Number, proposal.Subject);
                break;
            case ProposalKind.ShredLab:
                store.DeleteProjectKeys(lab.Number, project: null);
                break;
            case ProposalKind.ErasePerson:
                store.DeleteSaltKey(lab.Number, proposal.Subject!.Value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(proposal), proposal.Kind, "Nothing is shredded by this.");
        }
    }

    private async Task<bool> DestroyAsync(LabKeys lab, Guid proposal, CondemnedRoot[] roots, CancellationToken cancellation)
    {
        var goneAt = DateTimeOffset.MinValue;
        try
        {
            foreach (var root in roots)
            {
                // A row that was edited must not take the key with it that the lab lives by.
                if ((root.Custodian, root.Root) == (lab.Current.Custodian, lab.Current.Root))
                    return false;
                var at = await node.Keys.Custodians.Of(root.Custodian).DestroyAsync(lab.Id.Value, root.Root, cancellation);
                goneAt = at > goneAt ? at : goneAt;
            }
        }
        catch (KeyCustodyException)
        {
            return false;
        }

        goneAt = Micros.Time(Micros.Of(goneAt));
        await node.Sequencer.SubmitAsync(
            new ControlCommand<bool>(lab, batch =>
            {
                foreach (var root in roots)
                    batch.Store.RootIsGone(root, goneAt);
                if (batch.Store.Proposal(lab.Number, proposal) is not { State: ProposalState.Done } row)
                    return false;
                batch.Store.MoveProposal(row with { GoneAt = goneAt, Receipt = batch.NextSequence(lab) }, ProposalState.Done);
                acts.Append(batch, lab, row, Act.Shred,
                    [new("goneAt", ProposalText.Time(goneAt)), new("roots", roots.Length.ToString(CultureInfo.InvariantCulture))]);
                return true;
            }),
            cancellation);
        return true;
    }
}
