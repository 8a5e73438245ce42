using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <content>Custody, rotation, resealing, recovery.</content>
public sealed partial class VaultDoor
{
    public Task<KeyState> KeysAsync(LabId lab, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<long> RotateAsync(LabId lab, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<KeyOutcome> ChangeCustodianAsync(LabId lab, string custodian, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<ResealStep> ResealAsync(LabId lab, ProjectId project, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<RecoveryShareSet> MakeRecoveryKeyAsync(LabId lab, int shares, int threshold, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();
}
