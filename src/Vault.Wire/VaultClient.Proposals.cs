using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Acts that take two people.</content>
public sealed partial class VaultClient
{
    public Task<ProposalOutcome> ProposeAsync(
        LabId lab, ProposalKind kind, Guid? subject, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        AskAsync<ProposeCall, ProposalOutcome>(bulk, Verb.Propose, new ProposeCall(lab, kind, subject, by, proof), cancellation);

    public Task<ProposalOutcome> ApproveAsync(LabId lab, Guid proposal, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        AskAsync<ApproveCall, ProposalOutcome>(bulk, Verb.Approve, new ApproveCall(lab, proposal, by, proof), cancellation);

    public Task<ProposalOutcome> WithdrawAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default) =>
        AskAsync<ProposalCall, ProposalOutcome>(bulk, Verb.Withdraw, new ProposalCall(lab, proposal, by), cancellation);

    public Task<IReadOnlyList<Proposal>> ProposalsAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, IReadOnlyList<Proposal>>(bulk, Verb.Proposals, new LabCall(lab), cancellation);
}
