using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>Reads from the receipts that a suspension held.</summary>
/// <remarks>
/// Goes by what the leaves commit to and by no column or index. A disclosure that cannot be read is counted as one in
/// scope.
/// </remarks>
internal static class SuspensionEvidence
{
    private const int Page = 500;

    // Receipts are in order of number; where several vault processes write, not strictly in that of time.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <param name="ended">Receipt of its resumption; null where there is none.</param>
    public static SuspensionProof Collect(VaultStore store, long lab, Suspension suspension, long? ended, CancellationToken cancellation)
    {
        List<long> disclosed = [];
        HashSet<long> withdrawn = [];
        var until = suspension.Receipt;
        foreach (var row in Rows(store, lab, suspension.Receipt + 1, cancellation))
        {
            var inside = row.Sequence < (ended ?? long.MaxValue) && Suspensions.IsInForce(suspension, row.Time);
            // A withdrawal may come after the end.
            if (disclosed.Count == 0 && (row.Sequence >= ended || row.Time > suspension.Until + Skew))
                break;
            if (Facts(row) is { Withdraws: { } open })
                withdrawn.Add(open);
            if (!inside)
                continue;
            until = row.Sequence;
            if (IsIn(row, suspension))
                disclosed.Add(row.Sequence);
        }

        disclosed.RemoveAll(withdrawn.Contains);
        return new SuspensionProof(
            suspension, suspension.Receipt, suspension.LastDisclosure, until, ended, suspension.Drill ? [] : disclosed, suspension.Drill ? disclosed.Count : 0);
    }

    /// <summary>Whether a receipt is of a disclosure in the suspension's scope.</summary>
    public static bool IsIn(ReceiptRow row, Suspension suspension)
    {
        var act = Receipt.TryParseLeaf(row.Leaf, out var leaf) ? Enum.GetValues<Act>().FirstOrDefault(act => ReceiptText.Name(act) == leaf.Act) : row.Act;
        return Disclosure.IsOne(act) && (Facts(row) is not { } facts || Disclosure.Of(act, facts).IsIn(suspension));
    }

    private static IEnumerable<ReceiptRow> Rows(VaultStore store, long lab, long from, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = store.ReceiptsFrom(lab, from, Page);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < Page)
                yield break;
            from = rows[^1].Sequence + 1;
        }
    }

    private static ReceiptFacts? Facts(ReceiptRow row)
    {
        try
        {
            return Receipt.Parse(row.What, row.Who);
        }
        catch (FormatException)
        {
            // Edited in the store: verifying the ledger says which one.
            return null;
        }
    }
}
