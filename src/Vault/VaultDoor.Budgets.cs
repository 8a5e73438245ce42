using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <content>Weights, limits, and what was shown of a methodology.</content>
public sealed partial class VaultDoor
{
    public async Task<Policy> PolicyAsync(LabId lab, CancellationToken cancellation = default) =>
        node.Policies.Load(await node.LabAsync(lab, cancellation)).Policy;

    public async Task<PolicyOutcome> SetPolicyAsync(LabId lab, Policy policy, Principal by, Proof? proof = null, CancellationToken cancellation = default)
    {
        if (PolicyRules.Fault(policy) is { } fault)
            return fault;
        var owner = await node.LabAsync(lab, cancellation);
        var bytes = PolicyText.Write(policy);
        var setting = PolicySetting.Of(bytes);
        var receipt = (long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                owner,
                batch => PolicyRules.Raises(batch.Sequencer.Budgets.PolicyOf(owner).Policy, setting.InForce.Policy)
                    ? -1
                    : AppendAct(batch, owner, Act.Policy, ProjectId.None, by, setting.Write(batch, owner, [])),
                done =>
                {
                    if (done >= 0)
                        node.Sequencer.Budgets.Take(owner, setting.InForce);
                }),
            cancellation);
        if (receipt >= 0)
            return new PolicyOutcome.Set(receipt);
        var shown = CheckAct(owner, proof, SignedBytes.Policy, bytes);
        return await ProposeAsync(owner, ProposalKind.RaiseBudget, subject: null, setting.InForce.Policy, by, shown, cancellation) is ProposalOutcome.Accepted accepted
            ? new PolicyOutcome.Proposed(accepted.Proposal)
            : new PolicyOutcome.NotSigned();
    }

    public async Task<IReadOnlyList<BudgetUse>> BudgetsAsync(LabId lab, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        var policy = node.Policies.Load(owner).Policy;
        var hour = Hours.Of(node.Time.GetUtcNow());
        return
        [
            .. node.Store.Uses(owner.Number).Select(row => Use(row, row.Hour >= hour ? row.Spent : 0))
                // A process that has ended has no budget any more.
                .Where(use => use.Kind != BudgetKind.Process || use.Hour > 0 || use.Subject == process.Id)
                .OrderBy(use => use.Kind).ThenByDescending(use => use.Hour).ThenByDescending(use => use.Total).ThenBy(use => use.Subject),
        ];

        BudgetUse Use(UseRow row, long spent)
        {
            var (perHour, total) = Spending.LimitsOf(policy, row.Key.Kind);
            return new BudgetUse(row.Key.Kind, row.Key.Subject, row.Name, spent, perHour, row.Total, total);
        }
    }

    public async Task<ShareFigures> SharesAsync(LabId lab, ProjectId project, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        var policy = node.Policies.Load(owner).Policy;
        var weights = node.Store.PartsOf(owner.Number, project.Value)
            .ToDictionary(part => part.Id, part => Math.Max(policy.WeightOf(part.Kind), node.BudgetSeals.Weight(owner, part.Id, part.Version, part.Weight)));
        var persons = node.Store.PartsShown(owner.Number, project.Value)
            .Where(one => one.Principal != Principal.Service.Pseudonym).Select(one => (one.Record, Subject: one.Principal)).ToList();
        var others = node.Store.PartsShownTo(owner.Number, project.Value).ToLookup(row => row.Kind, row => (row.Record, row.Subject));
        var hosts = node.Store.Uses(owner.Number).Where(row => row.Key.Kind == BudgetKind.Host).ToDictionary(row => row.Key.Subject, row => row.Name);
        return new ShareFigures(
            weights.Values.Sum(weight => (long)weight),
            ShareCounting.Shares(weights, persons),
            ShareCounting.Shares(weights, others[BudgetKind.Engagement]),
            ShareCounting.Shares(weights, others[BudgetKind.Host], hosts.GetValueOrDefault),
            ShareCounting.Coalitions(weights, persons));
    }
}
