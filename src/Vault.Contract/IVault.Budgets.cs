namespace Cofferdam.Vault.Contract;

public partial interface IVault
{
    /// <summary>The lab's weights and limits.</summary>
    Task<Policy> PolicyAsync(LabId lab, CancellationToken cancellation = default);

    /// <summary>Changes the policy at once where no limit is raised and no weight lowered; otherwise proposes it, for a second person to approve.</summary>
    /// <param name="proof">Over <see cref="SignedBytes.Policy"/>; needed once the lab has an enrolled staff key.</param>
    Task<PolicyOutcome> SetPolicyAsync(LabId lab, Policy policy, Principal by, Proof? proof = null, CancellationToken cancellation = default);

    /// <summary>What is spent of the budgets that are counted now.</summary>
    Task<IReadOnlyList<BudgetUse>> BudgetsAsync(LabId lab, CancellationToken cancellation = default);

    /// <summary>How much of a project's methodology principals were shown, by weight.</summary>
    Task<ShareFigures> SharesAsync(LabId lab, ProjectId project, CancellationToken cancellation = default);
}
