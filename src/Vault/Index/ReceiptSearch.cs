using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Index;

/// <summary>Finds receipts: through the index where it reaches, one after the other beyond.</summary>
/// <remarks>
/// Index and columns only say where to look. Every receipt found is read, compared with its leaf and asked again
/// whether it is meant, so that what somebody wrote into the store adds nothing that looks sound. A receipt that does
/// not fit its leaf is shown wherever it was found. What an edit of index or columns hides, <see cref="IndexCheck"/> finds.
/// </remarks>
internal sealed class ReceiptSearch(VaultNode node, LabKeys lab, ReceiptQuery query)
{
    private const int MaxLimit = 1_000;
    private const int SmallestPage = 64;

    private readonly int limit = Math.Clamp(query.Limit, 1, MaxLimit);
    private readonly long before = Math.Clamp(query.Before ?? ReceiptRow.MaxSequence, 0, ReceiptRow.MaxSequence);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ReceiptEntry> Run()
    {
        while (true)
        {
            var index = node.Store.Index(lab.Number);
            var found = Find(Math.Clamp(index.Indexed, 0, before));
            if (node.Store.Index(lab.Number).Emptied == index.Emptied)
                return found;
            // The index was emptied meanwhile, perhaps before it was asked.
        }
    }

    // The most telling first: a record has few receipts, a process has most of them.
    private Guid? Subject => query.Record?.Value ?? query.Engagement ?? query.Process;

    private List<ReceiptEntry> Find(long indexed)
    {
        List<ReceiptEntry> found = [];
        Collect(found, indexed, before, subject: null);
        var (from, to) = Within(indexed);
        if (Subject is not { } subject)
        {
            Collect(found, from, to, subject: null);
            return found;
        }

        List<ReceiptEntry> unfit = [];
        Collect(found, from, to, subject);
        Collect(unfit, from, to, ReceiptSubjects.Unfit);
        return [.. found.Concat(unfit).DistinctBy(receipt => receipt.Sequence).OrderByDescending(receipt => receipt.Sequence).Take(limit)];
    }

    // Times rise with the numbers, but for clocks that were set back: the index has the span of every block.
    private (long From, long To) Within(long indexed)
    {
        if (query.From is null && query.To is null)
            return (0, indexed);
        return node.Store.Blocks(lab.Number, query.From ?? DateTimeOffset.MinValue, query.To ?? DateTimeOffset.MaxValue) is { } blocks
            ? (blocks.First * SpanRow.Receipts, Math.Min(indexed, (blocks.Last + 1) * SpanRow.Receipts))
            : (0, 0);
    }

    private void Collect(List<ReceiptEntry> found, long from, long to, Guid? subject)
    {
        var page = Math.Max(limit, SmallestPage);
        while (found.Count < limit && from < to)
        {
            var rows = node.Store.Candidates(lab.Number, query, from, to, subject, page);
            foreach (var row in rows)
            {
                var read = node.Read(lab, row);
                if (found.Count < limit && (read.Fit == ReceiptFit.Wrong || IsMeant(read.Facts!, read.Entry)))
                    found.Add(read.Entry);
            }

            if (rows.Count < page)
                return;
            to = rows[^1].Sequence;
        }
    }

    // Time, act, project and principal were chosen by the columns, and agree with leaf and parts or the receipt is unfit.
    private bool IsMeant(ReceiptFacts facts, ReceiptEntry entry) =>
        (query.Purpose is not { } purpose || entry.Purpose == purpose)
        && (query.Process is not { } process || facts.Process == process)
        && (query.Engagement is not { } engagement || facts.Engagement == engagement)
        && (query.Record is not { } record || facts.Records.Any(line => line.Id == record.Value) || facts.Asked.Contains(record.Value));
}
