namespace Cofferdam.Workforce.Matching;

/// <summary>How much of a part of somebody else's day people are awake in: between 07:00 and 23:00 of their own time.</summary>
internal static class ZoneOverlap
{
    private const int WakesAt = 7 * 60;
    private const int SleepsAt = 23 * 60;

    /// <summary>Hours of overlap on the day that it is now at the need's place; summer time as it is on that day.</summary>
    public static double Hours(ZoneNeed need, string zone, DateTimeOffset now)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(need.Zone);
        var own = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var day = TimeZoneInfo.ConvertTime(now, place).Date;
        var (from, to) = (At(place, day, need.From), At(place, day, need.To > need.From ? need.To : need.To + 1440));
        var minutes = 0.0;
        // Far away it is yesterday or tomorrow.
        for (var shift = -1; shift <= 2; shift++)
        {
            var (awake, asleep) = (At(own, day.AddDays(shift), WakesAt), At(own, day.AddDays(shift), SleepsAt));
            var (begin, end) = (awake > from ? awake : from, asleep < to ? asleep : to);
            minutes += Math.Max(0, (end - begin).TotalMinutes);
        }

        return minutes / 60;
    }

    private static DateTime At(TimeZoneInfo zone, DateTime day, int minutes)
    {
        var local = DateTime.SpecifyKind(day.AddMinutes(minutes), DateTimeKind.Unspecified);
        // An hour that summer time leaves out is taken as the one after.
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }
}
