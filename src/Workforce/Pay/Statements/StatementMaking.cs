using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Floors;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Statements;

/// <summary>Makes statements: takes every entry of an expert's up to a day that is in no statement yet, and adds up.</summary>
public sealed class StatementMaking(AppDb db, PayLedger ledger, TimeProvider time)
{
    /// <summary>Experts who have entries up to a day that are in no statement, in order of id.</summary>
    public async Task<IReadOnlyList<Guid>> DueAsync(DateOnly until, Guid after, int limit, CancellationToken cancellation = default) =>
        await Open(until).Where(entry => entry.Expert > after).Select(entry => entry.Expert).Distinct().Order().Take(limit).ToListAsync(cancellation);

    /// <summary>One statement for each currency in which the expert has open entries; none where there are none, or where the day is not over for the expert.</summary>
    /// <param name="until">Last day, by the expert's calendar.</param>
    /// <param name="by">Id of the person who makes it.</param>
    public async Task<IReadOnlyList<PayStatement>> MakeAsync(Guid expert, DateOnly until, Guid by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        var now = time.GetUtcNow();
        var zone = await db.PayPeople.Where(person => person.Expert == expert).Select(person => person.Zone).SingleOrDefaultAsync(cancellation);
        if (zone is null || PayClock.Day(PayClock.Zone(zone), now) <= until)
            return [];

        var open = await Open(until).Where(entry => entry.Expert == expert).AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync(cancellation);
        var floors = new HourlyFloors(await db.PayFloors.AsNoTracking().Where(floor => floor.From <= until).ToListAsync(cancellation));
        var number = await db.PayStatements.CountAsync(statement => statement.Expert == expert, cancellation);
        List<PayStatement> made = [];
        foreach (var entries in open.GroupBy(entry => entry.Currency))
            made.Add(await MakeAsync([.. entries], floors, zone, until, ++number, by, cancellation));
        await transaction.CommitAsync(cancellation);
        return made;
    }

    // What no rate card covered has no currency: it waits for the correction that gives it one.
    private IQueryable<PayEntry> Open(DateOnly until)
    {
        var lines = db.PayStatementLines;
        return db.PayEntries.Where(entry => entry.Day <= until && entry.Currency != EventPricing.Unrated && !lines.Any(line => line.Entry == entry.Sequence));
    }

    private async Task<PayStatement> MakeAsync(
        List<PayEntry> entries, HourlyFloors floors, string zone, DateOnly until, int number, Guid by, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var stated = entries.Select(entry => entry.Sequence).ToHashSet();
        List<PayStatementRate> rates = [];
        List<PayEntry> topUps = [];
        foreach (var engagement in entries.GroupBy(entry => entry.Engagement))
        {
            // What puts an earlier statement right was not earned in this period, and says nothing of its hours.
            var rate = EffectiveRate.Of(engagement.Where(entry => entry.Kind is not EntryKind.Correction || stated.Contains(entry.Refers!.Value)), floors);
            var topUp = rate.TopUp ? rate.Shortfall : 0;
            rates.Add(new PayStatementRate
            {
                Statement = id,
                Engagement = engagement.Key,
                Seconds = rate.Seconds,
                Earned = rate.Earned,
                Shortfall = rate.Shortfall,
                ToppedUp = topUp,
                Unknown = rate.Unknown,
            });
            if (topUp > 0)
                topUps.Add(TopUp(engagement.First(), topUp, until));
        }

        entries.AddRange(await ledger.AppendAsync(topUps, cancellation));
        var head = await db.PayEntries.OrderByDescending(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Hash }).FirstAsync(cancellation);
        var statement = new PayStatement
        {
            Id = id,
            Expert = entries[0].Expert,
            Number = number,
            Currency = entries[0].Currency,
            From = entries.Min(entry => entry.Day),
            Until = until,
            Zone = zone,
            Lines = entries.Count,
            Total = entries.Sum(entry => entry.Amount),
            Head = head.Sequence,
            HeadHash = head.Hash,
            MadeAt = time.GetUtcNow(),
            By = by,
        };
        db.PayStatements.Add(statement);
        db.PayStatementRates.AddRange(rates);
        db.PayStatementLines.AddRange(entries.Select(entry => new PayStatementLine { Entry = entry.Sequence, Statement = id }));
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        return statement;
    }

    private PayEntry TopUp(PayEntry like, long amount, DateOnly until) => new()
    {
        Kind = EntryKind.TopUp,
        Expert = like.Expert,
        Engagement = like.Engagement,
        Currency = like.Currency,
        Amount = amount,
        At = time.GetUtcNow(),
        Day = until,
        Place = like.Place,
        MadeAt = default,
    };
}
