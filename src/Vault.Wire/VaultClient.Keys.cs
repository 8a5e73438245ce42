using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Custody, rotation, resealing, recovery.</content>
public sealed partial class VaultClient
{
    public Task<KeyState> KeysAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, KeyState>(bulk, Verb.Keys, new LabCall(lab), cancellation);

    public Task<long> RotateAsync(LabId lab, Principal by, CancellationToken cancellation = default) =>
        AskAsync<ActCall, long>(bulk, Verb.Rotate, new ActCall(lab, by), cancellation);

    public Task<KeyOutcome> ChangeCustodianAsync(LabId lab, string custodian, Principal by, CancellationToken cancellation = default) =>
        AskAsync<CustodianCall, KeyOutcome>(bulk, Verb.ChangeCustodian, new CustodianCall(lab, custodian, by), cancellation);

    public Task<ResealStep> ResealAsync(LabId lab, ProjectId project, Principal by, CancellationToken cancellation = default) =>
        AskAsync<ProjectActCall, ResealStep>(bulk, Verb.Reseal, new ProjectActCall(lab, project, by), cancellation);

    public Task<RecoveryShareSet> MakeRecoveryKeyAsync(LabId lab, int shares, int threshold, Principal by, CancellationToken cancellation = default) =>
        AskAsync<RecoveryCall, RecoveryShareSet>(bulk, Verb.MakeRecoveryKey, new RecoveryCall(lab, shares, threshold, by), cancellation);
}
