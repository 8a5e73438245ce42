using Cofferdam.Federation.Events;
using Cofferdam.Workforce.Pay;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Workforce.Tests.Pay;

public sealed class PricingTests
{
    private static readonly PayBounds Unbounded = new(long.MaxValue, long.MaxValue);

    /// <summary>What was paid differs from what the events earned, exactly reckoned, by half a minor unit at most: after every event.</summary>
    [Fact]
    public void Take_OfAnyWork_PaysTheExactSumToHalfAMinorUnit() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Work.Any, work =>
    {
        Dictionary<(Guid, string), (decimal Earned, long Paid)> sums = [];
        foreach (var entry in work.Price(new PayBounds()))
        {
            var (earned, paid) = sums.GetValueOrDefault((entry.Expert, entry.Currency));
            earned += (entry.Pieces * entry.Each) + (entry.Counted * entry.Hour / 3600m);
            paid += entry.Amount;
            sums[(entry.Expert, entry.Currency)] = (earned, paid);
            Math.Abs(earned - paid).ShouldBeLessThanOrEqualTo(0.5m + 1e-20m);
            Math.Abs(earned - paid - (entry.Carry / 3600m)).ShouldBeLessThan(1e-12m);
        }
    }));

    /// <summary>Work cut into many short events pays what one long event pays: nobody loses by rounding.</summary>
    [Fact]
    public void Price_OfWorkInShortPieces_IsThatOfTheWhole() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        (from hour in Gen.Choose(1, 5_000) from pieces in Gen.Choose(1, 40).ListOf() select (hour, pieces)).ToArbitrary(), one =>
        {
            var rate = new Rate(0, one.hour);
            var (paid, carry) = (0L, Carry.None);
            foreach (var seconds in one.pieces)
            {
                var priced = rate.Price(0, seconds, carry);
                (paid, carry) = (paid + priced.Minor, priced.Carry);
            }

            var whole = rate.Price(0, one.pieces.Sum(), Carry.None);
            Math.Abs(paid - whole.Minor).ShouldBeLessThanOrEqualTo(1);
            ((paid * Carry.Denominator) + carry.Parts).ShouldBe((whole.Minor * Carry.Denominator) + whole.Carry.Parts);
        }));

    [Theory]
    [InlineData(1_800, 0, 1_800)]
    [InlineData(5_400, 2, -1_800)]
    [InlineData(9_000, 2, 1_800)]
    [InlineData(5_401, 2, -1_799)]
    [InlineData(-1_800, 0, -1_800)]
    [InlineData(-5_400, -2, 1_800)]
    public void HalfEven_OfAHalf_GoesToTheEvenNeighbour(long parts, long minor, long carry) =>
        Rounding.HalfEven(parts, Carry.None).ShouldBe(new Priced(minor, new Carry(carry)));

    /// <summary>The rate of an assignment is that of the moment when it was taken, whatever cards came since.</summary>
    [Fact]
    public void Take_AfterARateWasFrozen_PaysByIt() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Work.Any, work =>
    {
        var cards = new RateCards(work.Cards);
        foreach (var entry in work.Price(new PayBounds()))
        {
            var taken = work.Events.FirstOrDefault(one =>
                one.Step is WorkStep.Taken && one.Assignment == entry.Assignment && one.Expert == entry.Expert && one.Sequence < entry.Event);
            entry.Card.ShouldBe(cards.InForce(entry.Expert, taken?.At ?? entry.At)!.Id);
            entry.Rate.ShouldBe(cards[entry.Card!.Value][entry.Paid!.Value]);
        }
    }));

    /// <summary>No event is cut or lost across a change of clocks: the days of the wall's calendar hold all seconds, each once.</summary>
    [Fact]
    public void Take_AcrossAChangeOfClocks_CountsEverySecondOnOneDay() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Work.Any, work =>
    {
        var entries = work.Price(Unbounded);
        entries.GroupBy(entry => (entry.Expert, entry.Day)).Sum(day => day.Sum(entry => entry.Counted)).ShouldBe(
            work.Events.Where(one => one.Step is WorkStep.Done or WorkStep.Left).Sum(one => Math.Max(0, one.Seconds)));
        foreach (var entry in entries)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(work.People.Single(person => person.Expert == entry.Expert).Zone);
            var wall = entry.At.ToOffset(zone.GetUtcOffset(entry.At));
            entry.Day.ShouldBe(new DateOnly(wall.Year, wall.Month, wall.Day));
        }
    }));

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 23.5)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    public void Take_OfADayWorkedThrough_PaysAsManyHoursAsItHas(string zone, string day, double hours)
    {
        var person = new PayPerson { Expert = Guid.NewGuid(), Zone = zone };
        var from = DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal).AddHours(-24);
        var card = Work.Card(1, from, "EUR", [.. Enumerable.Repeat(new Rate(0, 2_100), 6)]);
        // One event each half hour of three days around; each ends in the half hour that it is about.
        var events = Enumerable.Range(0, 144).Select(n =>
            new PayableEvent(Work.Engagement, n + 1, person.Expert, Guid.NewGuid(), WorkStep.Done, PaidKind.Task, 1_800, from.AddMinutes((30 * n) + 29)));

        var entries = new Work([card], [person], []).Price(Unbounded, events).Where(entry => entry.Day == DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        entries.Sum(entry => entry.Counted).ShouldBe((long)(hours * 3_600));
        entries.Sum(entry => entry.Amount).ShouldBe((long)(hours * 2_100));
    }

    [Fact]
    public void Take_OverABound_ShowsWhatWasReportedAndPaysToTheBound()
    {
        var person = new PayPerson { Expert = Guid.NewGuid(), Zone = "Europe/Berlin" };
        var start = new DateTimeOffset(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);
        var card = Work.Card(1, start, "EUR", [.. Enumerable.Repeat(new Rate(50, 3_600), 6)]);
        PayableEvent Of(int n, long seconds) => new(Work.Engagement, n, person.Expert, Guid.NewGuid(), WorkStep.Done, PaidKind.Task, seconds, start.AddHours(n));

        var entries = new Work([card], [person], []).Price(new PayBounds(Event: 4_000, Day: 9_000), [Of(1, 5_000), Of(2, 3_999), Of(3, 2_000), Of(4, -7)]);

        entries.Select(entry => (entry.Seconds, entry.Counted, entry.Amount)).ShouldBe([(5_000, 4_000, 4_050), (3_999, 3_999, 4_049), (2_000, 1_001, 1_051), (-7, 0, 50)]);
    }

    [Fact]
    public void Of_ADaysTotal_PaysEachOfItsCountsOnTheLabsDate()
    {
        var person = new PayPerson { Expert = Guid.NewGuid(), Zone = "America/New_York" };
        var day = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
        var card = Work.Card(1, day.AddHours(9), "EUR", [.. Enumerable.Range(1, 6).Select(n => new Rate(n, 3_600))]);
        var total = new WorkEvent(Guid.NewGuid(), "/labs/orion/engagements/x", WorkEventTypes.DayTotal, day, 9, Guid.NewGuid(), new WorkEventData(Totals:
        [
            new DayCount(WorkEventTypes.AssignmentStarted, WorkKind.Task, 31, 0),
            new DayCount(WorkEventTypes.AssignmentSubmitted, WorkKind.Task, 30, 36_000),
            new DayCount(WorkEventTypes.AssignmentSkipped, WorkKind.Task, 1, 60),
            new DayCount(WorkEventTypes.ReadingDone, WorkKind.Reading, 2, 600),
        ]));

        var entries = new Work([card], [person], []).Price(new PayBounds(), PayableEvents.Of(total, Work.Engagement, person.Expert));

        entries.Select(entry => (entry.Event, entry.Part, entry.Paid, entry.Pieces, entry.Amount)).ShouldBe(
            [(9, 1, PaidKind.Task, 30, 30 + 36_000), (9, 2, PaidKind.Task, 0, 60), (9, 3, PaidKind.Reading, 2, (2 * 3) + 600)]);
        entries.ShouldAllBe(entry => entry.Day == new DateOnly(2026, 5, 4) && entry.Card == card.Id);
    }

    [Fact]
    public void Take_WithNoCardInForce_MakesAnEntryThatPaysNothingYet()
    {
        var person = new PayPerson { Expert = Guid.NewGuid(), Zone = "Europe/Berlin" };
        var now = new DateTimeOffset(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);

        var entry = new Work([], [person], []).Price(new PayBounds(), [new(Work.Engagement, 1, person.Expert, Guid.NewGuid(), WorkStep.Done, PaidKind.Reading, 60, now)]).ShouldHaveSingleItem();

        (entry.Card, entry.Amount, entry.Currency, entry.Counted).ShouldBe((null, 0L, EventPricing.Unrated, 60L));
    }

    [Theory]
    [InlineData("EUR", -1205, "-12.05")]
    [InlineData("EUR", 7, "0.07")]
    [InlineData("JPY", 1500, "1500")]
    [InlineData("KWD", 1, "0.001")]
    [InlineData("KWD", long.MinValue, "-9223372036854775.808")]
    public void Text_OfMoney_HasTheDecimalsOfItsCurrency(string currency, long minor, string text) => new Money(minor, Currency.Of(currency)).Text().ShouldBe(text);

    [Theory]
    [InlineData("2026-03-01T12:00Z", "2026-03-01T12:00Z", 14, 14 * 20 * 3600 / 7, 14 * 20 * 2_100 / 7 / 2)]
    [InlineData("2026-03-01T12:00Z", "2026-03-11T12:00Z", 4, 41_143, 12_000)]
    [InlineData("2026-03-01T12:00Z", "2026-04-01T12:00Z", 0, 0, 0)]
    public void Owed_WhereWorkStopsBeforeItsNoticeHasRun_IsTheShareOfWhatWasPromised(string given, string stopped, int days, long seconds, long minor)
    {
        var now = DateTimeOffset.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        var agreed = Work.Card(1, now, "EUR", [.. Enumerable.Repeat(new Rate(0, 2_100), 6)]);
        var card = new RateCard
        {
            Id = agreed.Id,
            Engagement = agreed.Engagement,
            Version = 1,
            From = now,
            Currency = "EUR",
            MadeAt = now,
            By = Guid.Empty,
            WeekSeconds = 20 * 3600,
            NoticeDays = 14,
            PauseShare = 5_000,
            Lines = agreed.Lines,
        };

        // New York's clocks change on 8 March: a day of 23 hours is a day.
        var owed = PausePay.Owed(card, PayClock.Zone("America/New_York"), now, DateTimeOffset.Parse(stopped, System.Globalization.CultureInfo.InvariantCulture));

        owed.ShouldBe(new PausePay(days, seconds, minor));
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("/etc/localtime", false)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("", false)]
    public void TryFind_OfAName_KnowsZonesOnly(string name, bool known) => PayClock.TryFind(name, out _).ShouldBe(known);
}
