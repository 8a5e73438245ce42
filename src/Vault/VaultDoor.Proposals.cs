using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <content>Acts that take two people.</content>
public sealed partial class VaultDoor
{
    public Task<Proposal> ProposeAsync(LabId lab, ProposalKind kind, Guid? subject, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<ProposalOutcome> ApproveAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<ProposalOutcome> WithdrawAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<IReadOnlyList<Proposal>> ProposalsAsync(LabId lab, CancellationToken cancellation = default) => throw new NotImplementedException();
}
