using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>What a lab's ledger says is suspended.</summary>
/// <remarks>
/// The rows of suspensions are bound to nothing: whoever can write to the store could end one by deleting its row. A
/// resumption, or the first half of one, counts only where its leaf commits to it, which takes a key of the lab's.
/// </remarks>
internal static class SuspensionHistory
{
    /// <summary>Takes receipts into account.</summary>
    /// <param name="inForce">Of this lab, by id.</param>
    /// <param name="receipts">Those of suspensions, resumptions and proposals, in order.</param>
    /// <param name="saltOf">The salt of a receipt; null where it cannot be had.</param>
    public static void Apply(Dictionary<Guid, Suspension> inForce, LabId lab, IEnumerable<ReceiptRow> receipts, Func<ReceiptRow, byte[]?> saltOf)
    {
        foreach (var row in receipts)
        {
            if (Facts(row) is not { Suspension: { } told } facts)
                continue;
            if (row.Act == Act.Suspend)
                inForce.TryAdd(told.Id, ReceiptText.Suspension(lab, told, row));
            else if (Is(Act.Resume, row, saltOf))
                inForce.Remove(told.Id);
            else if (Is(Act.Propose, row, saltOf) && inForce.TryGetValue(told.Id, out var suspension))
                inForce[told.Id] = suspension with { ResumeBy = facts.Pseudonym };
        }
    }

    /// <summary>One suspension of the past or present, and the sequence number of its resumption.</summary>
    /// <returns>Null where the ledger knows no such suspension.</returns>
    public static (Suspension Suspension, long? Ended)? Find(Guid id, LabId lab, IEnumerable<ReceiptRow> receipts, Func<ReceiptRow, byte[]?> saltOf)
    {
        (Suspension Suspension, long? Ended)? found = null;
        foreach (var row in receipts)
        {
            if (Facts(row)?.Suspension is not { } told || told.Id != id)
                continue;
            if (row.Act == Act.Suspend && found is null)
                found = (ReceiptText.Suspension(lab, told, row), null);
            else if (found is { Ended: null } && Is(Act.Resume, row, saltOf))
                found = found.Value with { Ended = row.Sequence };
        }

        return found;
    }

    // The column of the act is bound to nothing either; that of the leaf is.
    private static bool Is(Act act, ReceiptRow row, Func<ReceiptRow, byte[]?> saltOf) =>
        Receipt.TryParseLeaf(row.Leaf, out var leaf) && leaf.Sequence == row.Sequence && leaf.Act == ReceiptText.Name(act)
        // An empty salt: whoever it was has been erased since, and what counted then counts still.
        && saltOf(row) is { } salt && (salt.Length == 0 || Receipt.Verify(row.Leaf, row.What, row.Who, salt));

    private static ReceiptFacts? Facts(ReceiptRow row)
    {
        try
        {
            return Receipt.Parse(row.What, row.Who);
        }
        catch (FormatException)
        {
            // Edited in the store: verifying the ledger says so.
            return null;
        }
    }
}
