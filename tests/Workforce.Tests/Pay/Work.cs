using Cofferdam.Workforce.Pay;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Workforce.Tests.Pay;

/// <summary>Random work on one engagement: cards that change, people in zones whose clocks change, events in order.</summary>
internal sealed record Work(IReadOnlyList<RateCard> Cards, IReadOnlyList<PayPerson> People, IReadOnlyList<PayableEvent> Events)
{
    public static readonly Guid Engagement = Guid.CreateVersion7();

    public static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

    /// <summary>Two days before clocks change somewhere: Berlin and Lord Howe in spring and autumn, New York in both.</summary>
    private static readonly DateTimeOffset[] Starts =
        [new(2026, 3, 7, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 28, 0, 0, 0, TimeSpan.Zero), new(2026, 4, 3, 0, 0, 0, TimeSpan.Zero),
         new(2026, 10, 2, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 23, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 30, 0, 0, 0, TimeSpan.Zero)];

    private static readonly Gen<Rate> Rates = Gen.OneOf(
        from each in Gen.Choose(1, 5_000) select new Rate(each, 0),
        from hour in Gen.Choose(1, 20_000) select new Rate(0, hour),
        from each in Gen.Choose(0, 900) from hour in Gen.Choose(1, 9_999) select new Rate(each, hour));

    public static Arbitrary<Work> Any { get; } = (
        from start in Gen.Elements(Starts)
        from currency in Gen.Elements("EUR", "JPY", "KWD")
        from rates in Rates.ArrayOf(18)
        from owner in Gen.Elements<int?>(null, 0, 1)
        from steps in (from minutes in Gen.Choose(0, 90)
                       from expert in Gen.Choose(0, 2)
                       from step in Gen.Elements(WorkStep.Taken, WorkStep.Done, WorkStep.Done, WorkStep.Left, WorkStep.None)
                       from kind in Gen.Elements(Enum.GetValues<PaidKind>())
                       from assignment in Gen.Choose(1, 12)
                       from seconds in Gen.Frequency((9, Gen.Choose(0, 5_400)), (1, Gen.Choose(-5, 90_000)))
                       select (minutes, expert, step, kind, assignment, seconds)).ListOf()
        let people = Zones.Select((zone, n) => new PayPerson { Expert = Id(100 + n), Zone = zone, Place = n == 0 ? "DE" : null }).ToList()
        let cards = new List<RateCard>
        {
            Card(1, start.AddHours(-1), currency, rates.AsSpan(..6)),
            Card(2, start.AddHours(30), currency, rates.AsSpan(6..12)),
            Card(3, start.AddHours(12), currency, rates.AsSpan(12..), owner is { } n ? people[n].Expert : null),
        }
        select new Work(cards, people, Happening(start, steps, people))).ToArbitrary();

    /// <summary>All that the pricing makes of the events, numbered as a ledger would.</summary>
    public List<PayEntry> Price(PayBounds bounds, IEnumerable<PayableEvent>? events = null)
    {
        var pricing = new EventPricing(new RateCards(Cards), People.ToDictionary(person => person.Expert), bounds);
        return [.. (events ?? Events).Select(pricing.Take).OfType<PayEntry>()];
    }

    /// <summary>The same work on another engagement and by other people: what stores that hold other work take.</summary>
    public Work Anew()
    {
        var engagement = Guid.CreateVersion7();
        var people = People.ToDictionary(person => person.Expert, _ => Guid.CreateVersion7());
        var ids = Cards.ToDictionary(card => card.Id, _ => Guid.CreateVersion7());
        return new Work(
            [.. Cards.Select(card => new RateCard
            {
                Id = ids[card.Id], Engagement = engagement, Expert = card.Expert is { } of ? people[of] : null, Version = card.Version, From = card.From, Currency = card.Currency,
                MadeAt = card.MadeAt, By = card.By,
                Lines = card.Lines.ConvertAll(line => new RateLine { Card = ids[card.Id], Kind = line.Kind, Each = line.Each, Hour = line.Hour }),
            })],
            [.. People.Select(person => new PayPerson { Expert = people[person.Expert], Zone = person.Zone, Place = person.Place })],
            [.. Events.Select(one => one with { Engagement = engagement, Expert = people[one.Expert] })]);
    }

    public static RateCard Card(int version, DateTimeOffset from, string currency, ReadOnlySpan<Rate> rates, Guid? expert = null)
    {
        var card = new RateCard { Id = Guid.CreateVersion7(), Engagement = Engagement, Expert = expert, Version = version, From = from, Currency = currency, MadeAt = from, By = Guid.Empty };
        foreach (var kind in Enum.GetValues<PaidKind>())
            card.Lines.Add(new RateLine { Card = card.Id, Kind = kind, Each = rates[(int)kind - 1].Each, Hour = rates[(int)kind - 1].Hour });
        return card;
    }

    private static List<PayableEvent> Happening(
        DateTimeOffset start, IEnumerable<(int Minutes, int Expert, WorkStep Step, PaidKind Kind, int Assignment, int Seconds)> steps, List<PayPerson> people)
    {
        List<PayableEvent> events = [];
        var now = start;
        foreach (var one in steps)
        {
            now = now.AddMinutes(one.Minutes);
            events.Add(new PayableEvent(Engagement, events.Count + 1, people[one.Expert].Expert, Id(one.Assignment), one.Step, one.Kind, one.Seconds, now));
        }

        return events;
    }

    private static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
