using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Floors;

/// <summary>The least that an hour of work earns at a place, from a day on.</summary>
/// <param name="Place">ISO 3166-1 or 3166-2 code.</param>
/// <param name="Currency">ISO 4217 code; a floor says nothing of work paid in another currency.</param>
/// <param name="From">First day, by the expert's calendar.</param>
/// <param name="Hour">Minor units.</param>
public sealed record HourlyFloor(string Place, string Currency, DateOnly From, long Hour);

/// <summary>Floors, and which one holds.</summary>
public sealed class HourlyFloors(IEnumerable<HourlyFloor> floors)
{
    private readonly ILookup<(string, string), HourlyFloor> byPlace =
        floors.OrderByDescending(floor => floor.From).ToLookup(floor => (floor.Place, floor.Currency));

    /// <summary>The floor of a place on a day: of the subdivision where there is one, else of the country. Null where none is known.</summary>
    public HourlyFloor? On(string? place, string currency, DateOnly day)
    {
        if (place is null)
            return null;
        return byPlace[(place, currency)].FirstOrDefault(floor => floor.From <= day)
            ?? (place.Length > 2 ? On(place[..2], currency, day) : null);
    }
}

/// <summary>What somebody earned per hour on one engagement in a period, against the floor.</summary>
/// <param name="Seconds">Seconds that are paid, with those that corrections added or took away.</param>
/// <param name="Earned">Minor units: work, what was put right of it, and top-ups; not pause pay, nor what is withheld.</param>
/// <param name="Shortfall">Minor units missing to the floor; 0 where nothing is.</param>
/// <param name="Unknown">Seconds for which no floor is known: place not said, no row, or none in this currency.</param>
public readonly record struct EffectiveRate(long Seconds, long Earned, long Shortfall, long Unknown)
{
    /// <summary>Minor units per hour, rounded half to even; null where no time was worked.</summary>
    public long? Hour => Seconds <= 0 ? null : (long)Math.Round((decimal)Earned * Carry.Denominator / Seconds, MidpointRounding.ToEven);

    /// <summary>Weighs each day by its own floor, so that one that rises in the middle of a period is met exactly.</summary>
    /// <param name="entries">One person's, of one engagement and currency, whole.</param>
    public static EffectiveRate Of(IEnumerable<PayEntry> entries, HourlyFloors floors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(floors);
        long seconds = 0, earned = 0, unknown = 0;
        Int128 missing = 0;
        foreach (var entry in entries.Where(entry => entry.Kind is EntryKind.Work or EntryKind.Correction or EntryKind.TopUp))
        {
            seconds = checked(seconds + entry.Counted);
            earned = checked(earned + entry.Amount);
            if (floors.On(entry.Place, entry.Currency, entry.Day) is { } floor)
                missing += ((Int128)floor.Hour * entry.Counted) - ((Int128)entry.Amount * Carry.Denominator);
            else
                unknown += entry.Counted;
        }

        return new EffectiveRate(seconds, earned, missing > 0 ? Rounding.Up(missing) : 0, unknown);
    }
}
