using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Rates;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>Pays what is promised where an engagement, or somebody's placement on it, stops before its notice has run.</summary>
public sealed class EarlyStop(AppDb db, PayLedger ledger)
{
    /// <summary>Makes one entry for each expert who is owed something. Asking again for the same stop pays nobody twice.</summary>
    /// <param name="stop">Number of the event that stopped the work; of a stop that no event told of, a negative number of the vendor's own.</param>
    /// <param name="experts">Those whose placement stops.</param>
    /// <param name="noticeGiven">When they were told of it.</param>
    /// <returns>The entries made now.</returns>
    public async Task<IReadOnlyList<PayEntry>> PayAsync(
        Guid engagement, long stop, IReadOnlyCollection<Guid> experts, DateTimeOffset noticeGiven, DateTimeOffset stopped, Guid? by = null, CancellationToken cancellation = default)
    {
        await ledger.LockAsync(cancellation);
        var paid = await db.PayEntries.Where(entry => entry.Engagement == engagement && entry.Kind == EntryKind.PausePay && entry.Event == stop)
            .Select(entry => entry.Expert).ToHashSetAsync(cancellation);
        var cards = new RateCards(await db.RateCards.AsNoTracking().Include(card => card.Lines)
            .Where(card => card.Engagement == engagement && (card.Expert == null || experts.Contains(card.Expert.Value))).ToListAsync(cancellation));
        var people = await db.PayPeople.AsNoTracking().Where(person => experts.Contains(person.Expert)).ToDictionaryAsync(person => person.Expert, cancellation);

        List<PayEntry> entries = [];
        foreach (var expert in experts.Where(paid.Add))
        {
            if (cards.InForce(expert, stopped) is not { PauseShare: > 0 } card)
                continue;
            var person = people.GetValueOrDefault(expert);
            var zone = PayClock.Zone(person?.Zone ?? PayClock.Unsaid);
            var owed = PausePay.Owed(card, zone, noticeGiven, stopped);
            if (owed.Minor == 0)
                continue;
            if (person is null)
                db.PayPeople.Add(new PayPerson { Expert = expert, Zone = PayClock.Unsaid });
            entries.Add(new PayEntry
            {
                Kind = EntryKind.PausePay,
                Expert = expert,
                Engagement = engagement,
                Currency = card.Currency,
                Amount = owed.Minor,
                At = stopped,
                Day = PayClock.Day(zone, stopped),
                Place = person?.Place,
                MadeAt = default,
                By = by,
                Event = stop,
                Seconds = owed.Seconds,
                Card = card.Id,
                Hour = card[PaidKind.Task].Hour,
            });
        }

        return await ledger.AppendAsync(entries, cancellation);
    }
}
