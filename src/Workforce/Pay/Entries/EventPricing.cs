using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>Turns one engagement's work events, in order, into entries. Knows no store; what it must remember is handed in and read back.</summary>
/// <param name="cards">The engagement's.</param>
/// <param name="people">Everybody whom the events name.</param>
internal sealed class EventPricing(RateCards cards, IReadOnlyDictionary<Guid, PayPerson> people, PayBounds bounds)
{
    /// <summary>The card of each assignment that somebody has taken.</summary>
    public Dictionary<(Guid Assignment, Guid Expert), Guid> Frozen { get; init; } = [];

    /// <summary>What rounding left over, per person and currency.</summary>
    public Dictionary<(Guid Expert, string Currency), Carry> Carried { get; init; } = [];

    /// <summary>Seconds counted so far, per person and day, over all engagements.</summary>
    public Dictionary<(Guid Expert, DateOnly Day), long> Counted { get; init; } = [];

    /// <summary>The entry of an event; null where there is none to make.</summary>
    public PayEntry? Take(PayableEvent happened)
    {
        switch (happened.Step)
        {
            case WorkStep.Taken:
                if (cards.InForce(happened.Expert, happened.At) is { } taken)
                    Frozen.TryAdd((happened.Assignment, happened.Expert), taken.Id);
                return null;
            case WorkStep.Done:
                return Enter(happened, WorkAct.Done);
            case WorkStep.Left:
                return Enter(happened, WorkAct.Left);
            default:
                return null;
        }
    }

    private PayEntry Enter(PayableEvent happened, WorkAct act)
    {
        var person = people[happened.Expert];
        var day = Day(happened, person);
        var card = Card(happened);
        var entry = new PayEntry
        {
            Kind = EntryKind.Work,
            Expert = happened.Expert,
            Engagement = happened.Engagement,
            Currency = card?.Currency ?? Unrated,
            Amount = 0,
            At = happened.At,
            Day = day,
            Place = person.Place,
            MadeAt = default,
            Event = happened.Sequence,
            Part = happened.Part,
            Assignment = happened.Assignment,
            Paid = happened.Kind,
            Act = act,
            Pieces = act is WorkAct.Done ? Math.Clamp(happened.Pieces, 0, bounds.Pieces) : 0,
            Seconds = happened.Seconds,
            Counted = Count(happened, day),
        };
        if (card is null)
            return entry;

        var rate = card[happened.Kind];
        var carried = Carried.GetValueOrDefault((happened.Expert, card.Currency));
        var priced = rate.Price(entry.Pieces, entry.Counted, carried);
        Carried[(happened.Expert, card.Currency)] = priced.Carry;
        return entry with { Card = card.Id, Each = rate.Each, Hour = rate.Hour, Amount = priced.Minor, Carry = priced.Carry.Parts };
    }

    /// <summary>ISO 4217's code for "no currency": work that no rate card covered.</summary>
    public const string Unrated = "XXX";

    /// <summary>The date on the expert's wall. A lab's day is UTC's: its total stays on its date.</summary>
    public static DateOnly Day(PayableEvent happened, PayPerson person) =>
        happened.WholeDay ? PayClock.Day(TimeZoneInfo.Utc, happened.At) : PayClock.Day(PayClock.Zone(person.Zone), happened.At);

    // The card of the moment when it was taken; of what is never taken (a reading, a question), of now. A day's total does
    // not say when tasks were taken: it goes by the card of its beginning, on somebody's first day by their first.
    private RateCard? Card(PayableEvent happened) => Frozen.TryGetValue((happened.Assignment, happened.Expert), out var frozen)
        ? cards[frozen]
        : cards.InForce(happened.Expert, happened.At) ?? (happened.WholeDay ? cards.FirstUntil(happened.Expert, happened.At.AddDays(1)) : null);

    private long Count(PayableEvent happened, DateOnly day)
    {
        var before = Counted.GetValueOrDefault((happened.Expert, day));
        var counted = Math.Clamp(happened.Seconds, 0, Math.Min(happened.WholeDay ? bounds.Day : bounds.Event, Math.Max(0, bounds.Day - before)));
        Counted[(happened.Expert, day)] = before + counted;
        return counted;
    }
}
