using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>What a lab's ledger says is suspended.</summary>
/// <remarks>
/// The rows of suspensions are bound to nothing: whoever can write to the store could end one by deleting its row. A
/// resumption counts only where its leaf commits to it, which takes a key of the lab's.
/// </remarks>
internal static class SuspensionHistory
{
    /// <param name="receipts">Those of suspensions and resumptions, in order.</param>
    /// <param name="saltOf">The salt of a receipt.</param>
    public static IReadOnlyCollection<Suspension> InForce(LabId lab, IEnumerable<ReceiptRow> receipts, Func<ReceiptRow, byte[]> saltOf)
    {
        Dictionary<Guid, Suspension> inForce = [];
        foreach (var row in receipts)
        {
            if (Facts(row) is not { } facts)
                continue;
            if (row.Act == Act.Suspend)
                inForce[facts.Id] = ReceiptText.Suspension(lab, facts, row);
            else if (IsResumption(row, saltOf(row)))
                inForce.Remove(facts.Id);
        }

        return inForce.Values;
    }

    // The column of the act is bound to nothing either; that of the leaf is.
    private static bool IsResumption(ReceiptRow row, byte[] salt) =>
        Receipt.TryParseLeaf(row.Leaf, out var leaf) && leaf.Sequence == row.Sequence && leaf.Act == ReceiptText.Name(Act.Resume)
        // Without a salt whoever lifted it was erased since: what counted then counts still.
        && (salt.Length == 0 || Receipt.Verify(row.Leaf, row.What, row.Who, salt));

    private static SuspensionFacts? Facts(ReceiptRow row)
    {
        try
        {
            return Receipt.Parse(row.What, row.Who).Suspension;
        }
        catch (FormatException)
        {
            // Edited in the store: verifying the ledger says so.
            return null;
        }
    }
}
