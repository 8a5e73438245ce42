namespace Cofferdam.Vault.Contract;

public partial interface IVault
{
    /// <summary>Proposes an act that takes two people.</summary>
    /// <param name="proof">Over <see cref="SignedBytes.ProposeAct"/>; needed once the lab has an enrolled staff key.</param>
    Task<ProposalOutcome> ProposeAsync(LabId lab, ProposalKind kind, Guid? subject, Principal by, Proof? proof = null, CancellationToken cancellation = default);

    /// <summary>Approves it as a second person. It takes effect at its time, without further word.</summary>
    /// <param name="proof">Over the proposal's id (<see cref="SignedBytes.Approve"/>); needed once the lab has an enrolled staff key.</param>
    Task<ProposalOutcome> ApproveAsync(LabId lab, Guid proposal, Principal by, Proof? proof = null, CancellationToken cancellation = default);

    /// <summary>Takes it back before it took effect; either of the two, or anybody whom the caller lets.</summary>
    Task<ProposalOutcome> WithdrawAsync(LabId lab, Guid proposal, Principal by, CancellationToken cancellation = default);

    /// <summary>Proposals of the lab, newest first, those done and withdrawn among them.</summary>
    Task<IReadOnlyList<Proposal>> ProposalsAsync(LabId lab, CancellationToken cancellation = default);
}
