using System.Text.RegularExpressions;

namespace Cofferdam.Workforce.Pay;

/// <summary>Time is counted in UTC seconds; days are cut by the clock on the expert's wall.</summary>
/// <remarks>
/// A day on which clocks change has 23 or 25 hours (23.5 or 24.5 on Lord Howe Island); since an event lies on the day on
/// which it happened and brings its own seconds, such a day needs no rule of its own.
/// </remarks>
public static partial class PayClock
{
    /// <summary>The zone of people who have not said theirs.</summary>
    public const string Unsaid = "Etc/UTC";

    /// <summary>Finds a zone by its IANA name, such as <c>Europe/Berlin</c>.</summary>
    public static bool TryFind(string? name, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Utc;
        // The name becomes a path below the system's zone files.
        return name is not null && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!);
    }

    /// <exception cref="TimeZonesMissingException">This machine does not know the zone any more; it did when it was set.</exception>
    public static TimeZoneInfo Zone(string name) => TryFind(name, out var zone) ? zone : throw new TimeZonesMissingException(name);

    /// <summary>The date on the expert's wall.</summary>
    public static DateOnly Day(TimeZoneInfo zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>Asks for zones whose clocks change, so that a machine without zone files is found out at start and not on pay day.</summary>
    /// <exception cref="TimeZonesMissingException">There are none.</exception>
    public static void Check()
    {
        foreach (var name in (ReadOnlySpan<string>)["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
        {
            if (!Zone(name).SupportsDaylightSavingTime)
                throw new TimeZonesMissingException(name);
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9_+-]{1,31}){0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}

/// <summary>Pay cannot be cut into days: the machine lacks the IANA time zone files.</summary>
public sealed class TimeZonesMissingException(string zone) : Exception(
    $"This machine does not know the time zone '{zone}'. Install the time zone files (the package tzdata), or point TZDIR to them, and start again.");
