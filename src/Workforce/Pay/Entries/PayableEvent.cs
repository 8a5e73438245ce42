using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>A work event of a lab's, as far as pay is concerned. The inbox has checked its signature and its place in the order.</summary>
/// <param name="Sequence">Its number in the engagement, from 1. An event is paid once per engagement and number.</param>
/// <param name="Expert">Whose work it is; the inbox knows whom the lab's pseudonym stands for.</param>
/// <param name="Assignment">The lab's id of the piece of work.</param>
/// <param name="Seconds">Worked seconds that the event reports, in UTC seconds.</param>
/// <param name="At">When it happened, by the lab's clock; of a day's total the beginning of the day.</param>
/// <param name="Part">Which part of the event, from 0: a day's total has one for each kind of work.</param>
/// <param name="Pieces">How many pieces were handed in or done.</param>
/// <param name="WholeDay">It is a day's total, of the lab's day in UTC.</param>
public sealed record PayableEvent(
    Guid Engagement, long Sequence, Guid Expert, Guid Assignment, WorkStep Step, PaidKind Kind, long Seconds, DateTimeOffset At,
    int Part = 0, int Pieces = 1, bool WholeDay = false);

/// <summary>What a work event means for pay.</summary>
public enum WorkStep : byte
{
    /// <summary>Nothing: accepted, returned. What a lab thinks of work changes nothing of its pay.</summary>
    None = 0,

    /// <summary>An assignment was taken: its rate is frozen.</summary>
    Taken = 1,

    /// <summary>Handed in or done: pays the piece and the time.</summary>
    Done = 2,

    /// <summary>Passed on, or run out: pays the time.</summary>
    Left = 3,
}

/// <summary>How many seconds are paid without a person looking. What is beyond is not cut: it is shown to both sides, and a correction pays it.</summary>
/// <param name="Event">Most of one event; by default 8 hours.</param>
/// <param name="Day">Most of one person's day, over all engagements; by default 16 hours.</param>
/// <param name="Pieces">Most pieces of one event; more than anybody could do in a day, so that no lab's number breaks the sums.</param>
public sealed record PayBounds(long Event = 8 * 3600, long Day = 16 * 3600, int Pieces = 100_000);
