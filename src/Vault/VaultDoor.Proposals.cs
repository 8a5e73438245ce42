using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Proposals;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault;

/// <content>Acts that take two people.</content>
public sealed partial class VaultDoor
{
    public async Task<ProposalOutcome> ProposeAsync(
        LabId lab, ProposalKind kind, Guid? subject, Principal by, Proof? proof = null, CancellationToken cancellation = default)
    {
        if (kind == ProposalKind.RaiseBudget)
            throw new ArgumentException("A policy is proposed by setting it.", nameof(kind));
        RequireSubject(lab, kind, subject);
        var owner = await node.LabAsync(lab, cancellation);
        var shown = CheckAct(owner, proof, SignedBytes.Propose, SignedBytes.ProposeAct(kind, subject));
        return await ProposeAsync(owner, kind, subject, policy: null, by, shown, cancellation);
    }

    public async Task<ProposalOutcome> ApproveAsync(LabId lab, Guid proposal, Principal by, Proof? proof = null, CancellationToken cancellation = default)
    {
        RequirePerson(by);
        var owner = await node.LabAsync(lab, cancellation);
        var outcome = await MoveProposalAsync(
            owner,
            proposal,
            Act.Approve,
            by,
            (true, CheckAct(owner, proof, SignedBytes.Approve, SignedBytes.Id(proposal))),
            row => row.State != ProposalState.Open ? new ProposalOutcome.NotOpen()
                : row.By == by.Pseudonym ? new ProposalOutcome.SamePerson()
                : null,
            (batch, row) => row with
            {
                State = ProposalState.Approved,
                ApprovedBy = by.Pseudonym,
                EffectiveAt = batch.Now + node.Delay(owner, row.Kind),
                Approved = batch.NextSequence(owner),
            },
            cancellation);
        node.Clock.Wake();
        return outcome;
    }

    public async Task<ProposalOutcome> WithdrawAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default) =>
        await MoveProposalAsync(
            await node.LabAsync(lab, cancellation),
            proposal,
            Act.Withdraw,
            by,
            (Needed: false, null),
            row => row.State is ProposalState.Open or ProposalState.Approved ? null : new ProposalOutcome.NotOpen(),
            (_, row) => row with { State = ProposalState.Withdrawn },
            cancellation);

    public async Task<IReadOnlyList<Proposal>> ProposalsAsync(LabId lab, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return [.. node.Store.Proposals(owner.Number).Select(row => row.ToProposal(lab))];
    }

    /// <param name="policy">The policy proposed, where it is one.</param>
    private async Task<ProposalOutcome> ProposeAsync(
        LabKeys owner, ProposalKind kind, Guid? subject, Policy? policy, Principal by, ShownProof? shown, CancellationToken cancellation)
    {
        RequirePerson(by);
        return (ProposalOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<ProposalOutcome>(owner, batch =>
            {
                if (!IsSigned(batch, owner, by, shown, out var attested))
                    return new ProposalOutcome.NotSigned();
                var receipt = batch.NextSequence(owner);
                var row = new ProposalRow(
                    Guid.CreateVersion7(), owner.Number, kind, subject, policy is null ? null : PolicyText.Write(policy), by.Pseudonym, batch.Now,
                    ApprovedBy: null, EffectiveAt: null, GoneAt: null, ProposalState.Open, receipt, Proposed: receipt, Approved: null);
                batch.Store.InsertProposal(row);
                AppendAct(batch, owner, Act.Propose, row.Project, by, facts => facts.Attested(attested) with { Particulars = ProposalText.Particulars(row) });
                return new ProposalOutcome.Accepted(row.ToProposal(owner.Id));
            }),
            cancellation);
    }

    private async Task<ProposalOutcome> MoveProposalAsync(
        LabKeys lab, Guid id, Act act, Principal by, (bool Needed, ShownProof? Shown) proof, Func<ProposalRow, ProposalOutcome?> refuse,
        Func<Batch, ProposalRow, ProposalRow> move, CancellationToken cancellation) =>
        (ProposalOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<ProposalOutcome>(lab, batch =>
            {
                if (batch.Store.Proposal(lab.Number, id) is not { } row)
                    return new ProposalOutcome.NotOpen();
                if (refuse(row) is { } refused)
                    return refused;
                ShownProof? attested = null;
                if (proof.Needed && !IsSigned(batch, lab, by, proof.Shown, out attested))
                    return new ProposalOutcome.NotSigned();
                var moved = move(batch, row) with { Receipt = batch.NextSequence(lab) };
                if (!batch.Store.MoveProposal(moved, row.State))
                    return new ProposalOutcome.NotOpen();
                AppendAct(batch, lab, act, moved.Project, by, facts => facts.Attested(attested) with
                {
                    Particulars = ProposalText.Particulars(moved, act == Act.Approve ? moved.EffectiveAt : null),
                });
                return new ProposalOutcome.Accepted(moved.ToProposal(lab.Id));
            }),
            cancellation);

    private static void RequirePerson(Principal by)
    {
        if (by.Kind != PrincipalKind.Person)
            throw new ArgumentException("It takes two people; a service is none.", nameof(by));
    }

    private static void RequireSubject(LabId lab, ProposalKind kind, Guid? subject)
    {
        var named = kind is ProposalKind.ShredProject or ProposalKind.ErasePerson;
        if (named ? subject is null || subject == Guid.Empty : subject is not null)
            throw new ArgumentException("Shredding a project and erasing a person need to be told which; nothing else does.", nameof(subject));
        if (kind == ProposalKind.ShredLab && lab == LabId.Node)
            throw new ArgumentException("The node's own keys are no lab's.", nameof(lab));
    }
}
