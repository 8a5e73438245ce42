using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>What an expert is owed where work stops before the notice that was agreed has run.</summary>
/// <param name="Days">Days of the expert's calendar after the stop, up to the end of the notice.</param>
/// <param name="Seconds">Promised hours of those days, in seconds, rounded to whole seconds.</param>
/// <param name="Minor">Their agreed share at the hourly task rate.</param>
public readonly record struct PausePay(int Days, long Seconds, long Minor)
{
    /// <summary>
    /// Notice runs from the day on which it was given, in days of the calendar: one with 23 hours counts as one. The day
    /// of the stop is not counted: what was worked on it is paid as work.
    /// </summary>
    /// <param name="noticeGiven">When word of the end was given; at the latest the stop itself.</param>
    public static PausePay Owed(RateCard card, TimeZoneInfo zone, DateTimeOffset noticeGiven, DateTimeOffset stopped)
    {
        var stop = PayClock.Day(zone, stopped);
        var given = PayClock.Day(zone, noticeGiven < stopped ? noticeGiven : stopped);
        var days = Math.Max(0, given.AddDays(card.NoticeDays).DayNumber - stop.DayNumber);
        // Both are sums of their own and go through the same rounding as everything else.
        var seconds = (((long)card.WeekSeconds * days) + 3) / 7;
        var parts = (Int128)seconds * card[PaidKind.Task].Hour * card.PauseShare / 10_000;
        return new PausePay(days, seconds, Rounding.HalfEven((long)parts, Carry.None).Minor);
    }
}
