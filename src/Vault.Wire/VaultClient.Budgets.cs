using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Weights, limits, and what was shown of a methodology.</content>
public sealed partial class VaultClient
{
    public Task<Policy> PolicyAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, Policy>(bulk, Verb.Policy, new LabCall(lab), cancellation);

    public Task<PolicyOutcome> SetPolicyAsync(LabId lab, Policy policy, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        AskAsync<PolicyCall, PolicyOutcome>(bulk, Verb.SetPolicy, new PolicyCall(lab, policy, by, proof), cancellation);

    public Task<IReadOnlyList<BudgetUse>> BudgetsAsync(LabId lab, CancellationToken cancellation = default) =>
        AskAsync<LabCall, IReadOnlyList<BudgetUse>>(bulk, Verb.Budgets, new LabCall(lab), cancellation);

    public Task<ShareFigures> SharesAsync(LabId lab, ProjectId project, CancellationToken cancellation = default) =>
        AskAsync<ProjectCall, ShareFigures>(bulk, Verb.Shares, new ProjectCall(lab, project), cancellation);
}
