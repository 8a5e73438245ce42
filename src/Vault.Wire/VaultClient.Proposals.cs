using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Acts that take two people.</content>
public sealed partial class VaultClient
{
    public Task<Proposal> ProposeAsync(LabId lab, ProposalKind kind, Guid? subject, Principal by, CancellationToken cancellation = default) =>
        AskAsync<ProposeCall, Proposal>(bulk, Verb.Propose, new ProposeCall(lab, kind, subject, by), cancellation);

    public Task<ProposalOutcome> ApproveAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default) =>
        AskAsync<ProposalCall, ProposalOutcome>(bulk, Verb.Approve, new ProposalCall(lab, proposal, by), cancellation);

    public Task<ProposalOutcome> WithdrawAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default) =>
        AskAsync<ProposalCall, ProposalOutcome>(bulk, Verb.Withdraw, new ProposalCall(lab, proposal, by), cancellation);

    public Task<IReadOnlyList<Proposal>> ProposalsAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, IReadOnlyList<Proposal>>(bulk, Verb.Proposals, new LabCall(lab), cancellation);
}
