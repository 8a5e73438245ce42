using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Proposals;

/// <summary>A proposal as the store has it: a note of where it stands. What counts is what its receipts say.</summary>
/// <param name="Lab">Number of the lab.</param>
/// <param name="Policy">The policy proposed, as <see cref="PolicyText"/> writes it; null where it is none.</param>
/// <param name="Receipt">Of its last step.</param>
/// <param name="Proposed">Receipt of the proposal.</param>
/// <param name="Approved">Receipt of the approval.</param>
internal sealed record ProposalRow(
    Guid Id, long Lab, ProposalKind Kind, Guid? Subject, byte[]? Policy, Guid By, DateTimeOffset At, Guid? ApprovedBy,
    DateTimeOffset? EffectiveAt, DateTimeOffset? GoneAt, ProposalState State, long Receipt, long Proposed, long? Approved)
{
    /// <summary>The project that its receipts are filed under.</summary>
    public ProjectId Project => Kind == ProposalKind.ShredProject && Subject is { } project ? new ProjectId(project) : ProjectId.None;

    public Proposal ToProposal(LabId lab) => new(
        Id, lab, Kind, Subject, Policy is null ? null : PolicyText.Read(Policy), By, At, ApprovedBy, EffectiveAt, GoneAt, State, Receipt);
}
