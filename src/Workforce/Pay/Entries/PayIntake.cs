using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Rates;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>Takes work events into the pay ledger, each once.</summary>
/// <remarks>
/// Called by the events inbox inside the transaction that moves its cursor. An event that comes again, alone or in another
/// batch, changes nothing: entries are unique by engagement and event number, also in the store.
/// </remarks>
public sealed class PayIntake(AppDb db, PayLedger ledger, PayBounds bounds)
{
    /// <param name="events">In the order of their numbers, engagement by engagement; may hold any that were taken before.</param>
    public async Task<PayTaken> TakeAsync(IReadOnlyList<PayableEvent> events, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var that = events.Where(one => one.Step is not WorkStep.None).ToList();
        if (that.Count == 0)
            return new PayTaken(0, 0);
        await ledger.LockAsync(cancellation);
        var taken = new PayTaken(0, 0);
        foreach (var engagement in that.GroupBy(one => one.Engagement))
            taken += await TakeAsync(engagement.Key, [.. engagement.OrderBy(one => one.Sequence).ThenBy(one => one.Part)], cancellation);
        return taken;
    }

    private async Task<PayTaken> TakeAsync(Guid engagement, List<PayableEvent> events, CancellationToken cancellation)
    {
        var numbers = events.ConvertAll(one => (long?)one.Sequence);
        var known = await db.PayEntries.Where(entry => entry.Engagement == engagement && entry.Kind == EntryKind.Work && numbers.Contains(entry.Event))
            .Select(entry => entry.Event!.Value).ToHashSetAsync(cancellation);
        var fresh = events.Where(one => !known.Contains(one.Sequence)).DistinctBy(one => (one.Sequence, one.Part)).ToList();
        if (fresh.Count == 0)
            return new PayTaken(0, events.Count);

        var people = await PeopleAsync([.. fresh.Select(one => one.Expert).Distinct()], cancellation);
        var pricing = await PricingAsync(engagement, fresh, people, cancellation);
        var frozen = pricing.Frozen.Keys.ToHashSet();
        List<PayEntry> entries = new(fresh.Count);
        foreach (var one in fresh)
        {
            if (pricing.Take(one) is { } entry)
                entries.Add(entry);
        }

        db.FrozenRates.AddRange(pricing.Frozen.Where(one => !frozen.Contains(one.Key)).Select(one => new FrozenRate
        {
            Engagement = engagement,
            Assignment = one.Key.Assignment,
            Expert = one.Key.Expert,
            Card = one.Value,
        }));
        await db.SaveChangesAsync(cancellation);
        await ledger.AppendAsync(entries, cancellation);
        return new PayTaken(entries.Count, events.Count - fresh.Count);
    }

    private async Task<Dictionary<Guid, PayPerson>> PeopleAsync(List<Guid> experts, CancellationToken cancellation)
    {
        var people = await db.PayPeople.Where(person => experts.Contains(person.Expert)).ToDictionaryAsync(person => person.Expert, cancellation);
        foreach (var expert in experts.Where(expert => !people.ContainsKey(expert)))
        {
            // Work is never turned away for want of an address: its days are UTC's until the person says theirs.
            var person = new PayPerson { Expert = expert, Zone = PayClock.Unsaid };
            db.PayPeople.Add(person);
            people.Add(expert, person);
        }

        return people;
    }

    private async Task<EventPricing> PricingAsync(Guid engagement, List<PayableEvent> events, Dictionary<Guid, PayPerson> people, CancellationToken cancellation)
    {
        var experts = people.Keys.ToList();
        var assignments = events.Select(one => one.Assignment).Distinct().ToList();
        var days = events.Select(one => EventPricing.Day(one, people[one.Expert])).Distinct().ToList();

        var cards = await db.RateCards.AsNoTracking().Include(card => card.Lines)
            .Where(card => card.Engagement == engagement && (card.Expert == null || experts.Contains(card.Expert.Value))).ToListAsync(cancellation);
        var currencies = cards.Select(card => card.Currency).Distinct().ToList();
        var frozen = await db.FrozenRates.AsNoTracking()
            .Where(rate => rate.Engagement == engagement && assignments.Contains(rate.Assignment) && experts.Contains(rate.Expert))
            .ToDictionaryAsync(rate => (rate.Assignment, rate.Expert), rate => rate.Card, cancellation);
        var counted = await db.PayEntries.Where(entry => entry.Kind == EntryKind.Work && experts.Contains(entry.Expert) && days.Contains(entry.Day))
            .GroupBy(entry => new { entry.Expert, entry.Day }).Select(of => new { of.Key, Seconds = of.Sum(entry => entry.Counted) })
            .ToDictionaryAsync(of => (of.Key.Expert, of.Key.Day), of => of.Seconds, cancellation);
        Dictionary<(Guid, string), Carry> carried = [];
        foreach (var currency in currencies)
        {
            // Only a number is asked of each person: asked for more, the rows of everybody would be ranked, and not found by the index.
            var entries = db.PayEntries;
            var latest = await db.PayPeople.Where(person => experts.Contains(person.Expert)).Select(person => entries
                .Where(entry => entry.Engagement == engagement && entry.Expert == person.Expert && entry.Kind == EntryKind.Work && entry.Currency == currency)
                .OrderByDescending(entry => entry.Sequence).Select(entry => (long?)entry.Sequence).FirstOrDefault()).ToListAsync(cancellation);
            var rests = await db.PayEntries.Where(entry => latest.Contains(entry.Sequence)).Select(entry => new { entry.Expert, entry.Carry }).ToListAsync(cancellation);
            foreach (var rest in rests)
                carried[(rest.Expert, currency)] = new Carry(rest.Carry);
        }

        return new EventPricing(new RateCards(cards), people, bounds) { Frozen = frozen, Counted = counted, Carried = carried };
    }
}

/// <param name="Entries">Entries made.</param>
/// <param name="Repeated">Events that were in the ledger already.</param>
public readonly record struct PayTaken(int Entries, int Repeated)
{
    public static PayTaken operator +(PayTaken one, PayTaken other) => new(one.Entries + other.Entries, one.Repeated + other.Repeated);
}
