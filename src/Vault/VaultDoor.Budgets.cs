using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <content>Weights, limits, and what was shown of a methodology.</content>
public sealed partial class VaultDoor
{
    public Task<Policy> PolicyAsync(LabId lab, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<PolicyOutcome> SetPolicyAsync(LabId lab, Policy policy, Principal by, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<IReadOnlyList<BudgetUse>> BudgetsAsync(LabId lab, CancellationToken cancellation = default) => throw new NotImplementedException();

    public Task<ShareFigures> SharesAsync(LabId lab, ProjectId project, CancellationToken cancellation = default) => throw new NotImplementedException();
}
