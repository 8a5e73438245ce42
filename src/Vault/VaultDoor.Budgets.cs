using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <content>Weights, limits, and what was shown of a methodology.</content>
public sealed partial class VaultDoor
{
    public async Task<Policy> PolicyAsync(LabId lab, CancellationToken cancellation = default) =>
        node.Policies.Load(await node.LabAsync(lab, cancellation)).Policy;

    public async Task<PolicyOutcome> SetPolicyAsync(LabId lab, Policy policy, Principal by, CancellationToken cancellation = default)
    {
        if (PolicyRules.Fault(policy) is { } fault)
            return fault;
        var owner = await node.LabAsync(lab, cancellation);
        // As its bytes say it, whole: the weights of all kinds, and nothing else.
        var whole = PolicyText.Read(PolicyText.Write(policy));
        var receipt = (long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                owner,
                batch => PolicyRules.Raises(batch.Sequencer.Budgets.PolicyOf(owner).Policy, whole) ? -1 : SetPolicy(batch, owner, whole, by),
                done => TakePolicy(owner, whole, done)),
            cancellation);
        return receipt < 0 ? await ProposePolicyAsync(owner, whole, by, cancellation) : new PolicyOutcome.Set(receipt);
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

    /// <summary>Writes a policy and its receipt. It comes into force with <see cref="TakePolicy"/>, once the batch is durable.</summary>
    /// <returns>Sequence number of the receipt.</returns>
    internal long SetPolicy(Batch batch, LabKeys lab, Policy policy, Principal by)
    {
        var bytes = PolicyText.Write(policy);
        var hash = PolicyText.Hash(bytes);
        batch.Store.InsertPolicy(lab.Number, hash, bytes);
        var changes = PolicyRules.Changes(batch.Sequencer.Budgets.PolicyOf(lab).Policy, policy);
        return AppendAct(batch, lab, Act.Policy, ProjectId.None, by, facts => facts with { Policy = hash, Particulars = changes });
    }

    /// <param name="receipt">What <see cref="SetPolicy"/> gave; negative where it was not set.</param>
    internal void TakePolicy(LabKeys lab, Policy policy, long receipt)
    {
        if (receipt >= 0)
            node.Sequencer.Budgets.Take(lab, PolicyInForce.Of(policy));
    }

    private Task<PolicyOutcome> ProposePolicyAsync(LabKeys lab, Policy policy, Principal by, CancellationToken cancellation) => throw new NotImplementedException();
}
