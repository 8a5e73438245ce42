using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

// Headers of requests whose arguments are not one message of the contract already.

/// <param name="Protocol">1.</param>
/// <param name="Instance">Random, of this start of the caller: its connections are one process to the vault.</param>
internal sealed record Hello(int Protocol, Guid Instance, CallerProcess Caller)
{
    public const int CurrentProtocol = 1;
}

internal sealed record NoCall;

internal sealed record LabCall(LabId Lab);

internal sealed record ActCall(LabId Lab, Principal By);

internal sealed record CreateLabCall(LabId Lab, string Slug);

internal sealed record ProjectCall(LabId Lab, ProjectId Project);

internal sealed record ProjectActCall(LabId Lab, ProjectId Project, Principal By);

internal sealed record RemoveCall(LabId Lab, ProjectId Project, Principal By, IReadOnlyList<RecordRef> Records);

/// <param name="After">Last id of the page before; null for the first page.</param>
internal sealed record ListCall(LabId Lab, ProjectId Project, RecordKind Kind, DateTimeOffset Since, RecordId? After = null);

/// <param name="Id">Suspension.</param>
internal sealed record SuspensionCall(LabId Lab, Guid Id);

internal sealed record ResumeCall(LabId Lab, Guid Id, Principal By, Proof? Proof);

internal sealed record ReceiptCall(LabId Lab, long Sequence);

internal sealed record LogFileCall(LabId Lab, string Path);

internal sealed record ConsistencyCall(LabId Lab, long From, long To);

internal sealed record CustodianCall(LabId Lab, string Custodian, Principal By);

internal sealed record RecoveryCall(LabId Lab, int Shares, int Threshold, Principal By);

internal sealed record PolicyCall(LabId Lab, Policy Policy, Principal By, Proof? Proof);

internal sealed record ProposeCall(LabId Lab, ProposalKind Kind, Guid? Subject, Principal By, Proof? Proof);

internal sealed record ApproveCall(LabId Lab, Guid Proposal, Principal By, Proof? Proof);

internal sealed record ProposalCall(LabId Lab, Guid Proposal, Principal By);

internal sealed record NoncesCall(LabId Lab, Guid Key, int Count);

internal sealed record TermsCall(LabId Lab, EngagementTerms Terms, Principal By, Proof? Proof);

internal sealed record VouchCall(LabId Lab, string Statement, Principal By, ReadOnlyMemory<byte> BrowserKey);

internal sealed record WithdrawPersonCall(LabId Lab, Guid Engagement, Guid Pseudonym, string? Withdrawal, Principal By);

internal sealed record RevokeKeyCall(LabId Lab, Guid Key, Principal By);

internal sealed record EnrolledKeysCall(LabId Lab, Guid? Pseudonym);

internal sealed record StaffKeyCall(LabId Lab, Guid Pseudonym, ReadOnlyMemory<byte> BrowserKey, Principal By, Proof? Proof);

// Headers of answers.

internal sealed record Nothing
{
    public static Nothing Value { get; } = new();
}

/// <param name="Last">Nothing follows.</param>
internal sealed record RecordPage(IReadOnlyList<RecordId> Ids, bool Last);

/// <param name="Last">Nothing follows.</param>
internal sealed record ReceiptPage(IReadOnlyList<ReceiptEntry> Receipts, bool Last);

/// <param name="Message">For people.</param>
internal sealed record Unavailable(VaultTrouble Trouble, string Message);
