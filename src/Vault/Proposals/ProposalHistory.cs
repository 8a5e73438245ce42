using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Proposals;

/// <summary>What a lab's ledger says of a proposal.</summary>
/// <remarks>
/// Its row is bound to nothing: whoever can write to the store could make one, approve one, or move its time. It is carried
/// out only where the leaves of two receipts commit to it, which takes a key of the lab's, and no later receipt ends it.
/// </remarks>
/// <param name="receipt">Reads one receipt.</param>
/// <param name="saltOf">The salt of a receipt; empty where the person was erased.</param>
internal sealed class ProposalHistory(Func<long, ReceiptRow?> receipt, Func<ReceiptRow, byte[]> saltOf)
{
    private static readonly string Person = ReceiptText.Name(PrincipalKind.Person);

    /// <param name="later">Receipts since the approval of acts that could have ended it.</param>
    /// <returns>False where it may never be carried out.</returns>
    public bool Approves(ProposalRow row, IEnumerable<ReceiptRow> later) =>
        row is { ApprovedBy: { } approver, Approved: { } approved, EffectiveAt: { } effectiveAt }
        && approver != row.By
        && Says(row.Proposed, Act.Propose, row.By, ProposalText.Particulars(row))
        && Says(approved, Act.Approve, approver, ProposalText.Particulars(row, effectiveAt))
        && !later.Any(one => Ends(one, row.Id));

    private bool Says(long sequence, Act act, Guid by, IReadOnlyList<KeyValuePair<string, string>> particulars) =>
        receipt(sequence) is { } row
        // The column of the act is bound to nothing either; that of the leaf is.
        && Receipt.TryParseLeaf(row.Leaf, out var leaf) && leaf.Sequence == sequence && leaf.Act == ReceiptText.Name(act)
        && Receipt.Verify(row.Leaf, row.What, row.Who, saltOf(row))
        && Receipt.Parse(row.What, row.Who) is var facts
        && facts.PrincipalKind == Person && facts.Pseudonym == by
        && facts.Particulars.SequenceEqual(particulars);

    // Taken at its word, and where it cannot be read too: what ends a proposal may err on that side.
    private static bool Ends(ReceiptRow row, Guid proposal)
    {
        try
        {
            return ProposalText.Value(Receipt.Parse(row.What, row.Who).Particulars, ProposalText.Proposal) == proposal.ToString();
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
