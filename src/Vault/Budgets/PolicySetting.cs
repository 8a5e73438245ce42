using Cofferdam.Ledger;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault.Budgets;

/// <summary>A policy on its way into force, which it is in once the batch that holds its receipt is durable.</summary>
internal sealed class PolicySetting
{
    private readonly byte[] bytes;

    private PolicySetting(byte[] bytes, PolicyInForce inForce) => (this.bytes, InForce) = (bytes, inForce);

    public PolicyInForce InForce { get; }

    /// <param name="bytes">As <see cref="PolicyText"/> writes it.</param>
    public static PolicySetting Of(byte[] bytes) => new(bytes, new PolicyInForce(PolicyText.Read(bytes), PolicyText.Hash(bytes)));

    /// <summary>Keeps its bytes, and says what the receipt of the change says: the new policy's hash, and what is other than before.</summary>
    public Func<ReceiptFacts, ReceiptFacts> Write(Batch batch, LabKeys lab, IReadOnlyList<KeyValuePair<string, string>> more)
    {
        batch.Store.InsertPolicy(lab.Number, InForce.Hash.ToArray(), bytes);
        var changes = PolicyRules.Changes(batch.Sequencer.Budgets.PolicyOf(lab).Policy, InForce.Policy);
        return facts => facts with { Policy = InForce.Hash, Particulars = [.. more, .. changes] };
    }
}
