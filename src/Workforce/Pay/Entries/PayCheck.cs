using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Rates;
using Cofferdam.Workforce.Pay.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>Something in the store that is not what the program wrote.</summary>
/// <param name="Entry">Sequence of the entry; null where it is about a statement.</param>
/// <param name="What">A sentence without names.</param>
public sealed record PayFault(long? Entry, Guid? Statement, string What);

/// <param name="Entries">How many entries were looked at: all of them.</param>
/// <param name="Marks">How many of the vault's marks they were held against.</param>
/// <param name="Faults">The first 100; empty where ledger, rates, statements and payouts agree.</param>
public sealed record PayChecked(long Entries, int Marks, IReadOnlyList<PayFault> Faults);

/// <summary>Goes through the whole ledger: numbers, chain, every amount by its own rate, statements and payouts by their sums.</summary>
public sealed class PayCheck(AppDb db, PayMarks marks)
{
    private const int MostFaults = 100;

    public async Task<PayChecked> RunAsync(CancellationToken cancellation = default)
    {
        List<PayFault> faults = [];
        var heads = await db.PayStatements.AsNoTracking().Select(statement => new { statement.Id, statement.Head, statement.HeadHash }).ToListAsync(cancellation);
        var marked = await marks.AllAsync(cancellation);
        var byHead = heads.ToLookup(head => head.Head);
        var byMark = marked.ToDictionary(mark => mark.Sequence);
        var rates = await db.RateCards.AsNoTracking().Include(card => card.Lines).ToDictionaryAsync(card => card.Id, cancellation);
        Dictionary<(Guid, Guid, string), Carry> carried = [];
        var (last, hash) = (0L, EntryHash.Start.ToArray());
        await foreach (var entry in db.PayEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (entry.Sequence != ++last)
                Add(entry.Sequence, null, "entries before it are missing");
            last = entry.Sequence;
            hash = EntryHash.Of(hash, entry);
            if (!hash.AsSpan().SequenceEqual(entry.Hash))
                Add(entry.Sequence, null, "its hash is not that of its content and the entry before");
            hash = entry.Hash;
            if (entry.Kind is EntryKind.Work && Arithmetic(entry, rates, carried) is { } wrong)
                Add(entry.Sequence, null, wrong);
            foreach (var head in byHead[entry.Sequence].Where(head => !head.HeadHash.AsSpan().SequenceEqual(entry.Hash)))
                Add(entry.Sequence, head.Id, "the statement was made on another ledger");
            if (byMark.TryGetValue(entry.Sequence, out var mark) && !(mark.Genuine && mark.Hash.AsSpan().SequenceEqual(entry.Hash)))
                Add(entry.Sequence, null, "the vault marked another ledger");
        }

        if (marked.Count > 0 && marked.Max(mark => mark.Sequence) > last || heads.Count > 0 && heads.Max(head => head.Head) > last)
            Add(null, null, "entries at the end of the ledger are missing");
        await foreach (var id in UnequalStatements().WithCancellation(cancellation))
            Add(null, id, "its total or its number of lines is not that of its entries");
        await foreach (var id in UnequalPayouts().WithCancellation(cancellation))
            Add(null, id, "a payout pays another amount than the statement's total");
        return new PayChecked(last, marked.Count, faults);

        void Add(long? entry, Guid? statement, string what)
        {
            if (faults.Count < MostFaults)
                faults.Add(new PayFault(entry, statement, what));
        }
    }

    /// <summary>Whether the ledger holds exactly one entry for each payable part of an engagement's events, with what the event said.</summary>
    /// <param name="events">All events of the engagement so far, as the inbox keeps them.</param>
    /// <returns>Numbers of events that do not agree; none where ledger and events reconcile.</returns>
    public async Task<IReadOnlyList<long>> ReconcileAsync(Guid engagement, IEnumerable<PayableEvent> events, CancellationToken cancellation = default)
    {
        var entries = (await db.PayEntries.AsNoTracking().Where(entry => entry.Engagement == engagement && entry.Kind == EntryKind.Work).ToListAsync(cancellation))
            .ToDictionary(entry => (entry.Event!.Value, entry.Part));
        List<long> unequal = [];
        foreach (var one in events.Where(one => one.Step is WorkStep.Done or WorkStep.Left))
        {
            if (!entries.Remove((one.Sequence, one.Part), out var entry) || entry.Expert != one.Expert || entry.Paid != one.Kind || entry.Seconds != one.Seconds
                || entry.At.ToMicroseconds() != one.At.ToMicroseconds() || entry.Act != (one.Step is WorkStep.Done ? WorkAct.Done : WorkAct.Left))
                unequal.Add(one.Sequence);
        }

        return [.. unequal, .. entries.Keys.Select(key => key.Item1).Order()];
    }

    private static string? Arithmetic(PayEntry entry, Dictionary<Guid, RateCard> rates, Dictionary<(Guid, Guid, string), Carry> carried)
    {
        if (entry.Card is not { } id)
            return (entry.Amount, entry.Each, entry.Hour) == (0, 0, 0) ? null : "it pays without a rate card";
        if (!rates.TryGetValue(id, out var card) || card.Currency != entry.Currency || card[entry.Paid!.Value] != entry.Rate)
            return "its rate is not that of its rate card";
        var who = (entry.Expert, entry.Engagement, entry.Currency);
        var priced = entry.Rate.Price(entry.Pieces, entry.Counted, carried.GetValueOrDefault(who));
        carried[who] = new Carry(entry.Carry);
        return priced == new Priced(entry.Amount, new Carry(entry.Carry)) ? null : "its amount is not what its rate gives";
    }

    private IAsyncEnumerable<Guid> UnequalStatements()
    {
        var lines = db.PayStatementLines.Join(db.PayEntries, line => line.Entry, entry => entry.Sequence, (line, entry) => new { line.Statement, entry.Amount, entry.Expert, entry.Currency });
        return db.PayStatements
            .Where(one => one.Total != lines.Where(line => line.Statement == one.Id && line.Expert == one.Expert && line.Currency == one.Currency).Sum(line => line.Amount)
                || one.Lines != lines.Count(line => line.Statement == one.Id))
            .Select(one => one.Id).AsAsyncEnumerable();
    }

    private IAsyncEnumerable<Guid> UnequalPayouts()
    {
        var statements = db.PayStatements;
        return db.Set<Payouts.PayoutLine>()
            .Where(line => !statements.Any(one => one.Id == line.Statement && one.Expert == line.Expert && one.Total == line.Amount))
            .Select(line => line.Statement).AsAsyncEnumerable();
    }
}
