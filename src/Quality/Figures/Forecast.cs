namespace Cofferdam.Quality.Figures;

/// <summary>When the work that is open will be accepted if it goes on as in the last week.</summary>
/// <param name="Remaining">Answers still wanted: open, in hand, under review, returned, escalated.</param>
/// <param name="PerDay">Answers accepted per day of the last seven, or since the first of them where that is less; never less than one day.</param>
/// <param name="DoneBy">Null where nothing is left, nothing was accepted lately, or it is more than ten years away.</param>
public sealed record Forecast(long Remaining, double PerDay, DateTimeOffset? DoneBy)
{
    private const int Days = 7;

    internal static Forecast Of(long remaining, IReadOnlyList<DayFigures> days, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var recent = days.Where(day => day.Day > today.AddDays(-Days) && day.Accepted > 0).ToList();
        if (recent.Count == 0)
            return new Forecast(remaining, 0, null);
        var since = now.UtcDateTime - recent.Min(day => day.Day).ToDateTime(TimeOnly.MinValue);
        var perDay = recent.Sum(day => day.Accepted) / Math.Max(1, since.TotalDays);
        var left = remaining / perDay;
        return new Forecast(remaining, perDay, remaining > 0 && left < 3653 ? now.AddDays(left) : null);
    }
}
