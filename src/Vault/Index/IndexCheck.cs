using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Index;

/// <summary>Compares a lab's index and columns with its receipts, completely.</summary>
internal sealed class IndexCheck(VaultNode node, LabKeys lab)
{
    private const int Page = 500;

    private readonly List<IndexFinding> findings = [];
    private readonly Dictionary<long, SpanRow> spans = [];
    private long receipts;
    private long expected;

    /// <returns>Everything that differs, in the order of the ledger; empty where nothing does. Findings of a rebuild that runs meanwhile pass with it.</returns>
    public IReadOnlyList<IndexFinding> Run(CancellationToken cancellation)
    {
        var indexed = node.Store.Index(lab.Number).Indexed;
        while (node.Store.ReceiptsFrom(lab.Number, receipts, Page) is { Count: > 0 } rows)
        {
            cancellation.ThrowIfCancellationRequested();
            Compare(rows, indexed);
            receipts = rows[^1].Sequence + 1;
        }

        var kept = node.Store.Spans(lab.Number).ToDictionary(span => span.Block);
        findings.AddRange(spans.Values.Where(span => !Covers(kept.GetValueOrDefault(span.Block), span)).Select(span => new IndexFinding.WrongTimes(span.Block)));
        if (indexed > receipts)
            findings.Add(new IndexFinding.Ahead(indexed, receipts));
        // Rows beyond are not looked at by a search either.
        var there = node.Store.CountSubjects(lab.Number, indexed);
        if (there > expected)
            findings.Add(new IndexFinding.Surplus(there - expected));
        return findings;
    }

    private void Compare(IReadOnlyList<ReceiptRow> rows, long indexed)
    {
        Dictionary<Guid, HashSet<long>> kept = [];
        foreach (var row in rows)
        {
            var read = node.Read(lab, row);
            if (read.Fit == ReceiptFit.Wrong)
                findings.Add(new IndexFinding.Unfit(row.Sequence));
            if (row.Sequence >= indexed)
                continue;

            Widen(row);
            var found = 0;
            var subjects = ReceiptSubjects.Of(read);
            foreach (var subject in subjects)
            {
                if (!kept.TryGetValue(subject, out var sequences))
                    kept[subject] = sequences = [.. node.Store.Sequences(lab.Number, subject, rows[0].Sequence, rows[^1].Sequence + 1)];
                found += sequences.Contains(row.Sequence) ? 1 : 0;
            }

            expected += found;
            if (found < subjects.Count)
                findings.Add(new IndexFinding.Missing(row.Sequence));
        }
    }

    private void Widen(ReceiptRow row)
    {
        var block = row.Sequence / SpanRow.Receipts;
        spans[block] = spans.TryGetValue(block, out var span)
            ? new SpanRow(block, span.Earliest < row.Time ? span.Earliest : row.Time, span.Latest > row.Time ? span.Latest : row.Time)
            : new SpanRow(block, row.Time, row.Time);
    }

    private static bool Covers(SpanRow? kept, SpanRow span) => kept is not null && kept.Earliest <= span.Earliest && kept.Latest >= span.Latest;
}
