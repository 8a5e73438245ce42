using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Floors;

/// <summary>Floors, and which one holds.</summary>
public sealed class HourlyFloors(IEnumerable<PayFloor> floors)
{
    private readonly ILookup<(string, string), PayFloor> byPlace =
        floors.OrderByDescending(floor => floor.From).ToLookup(floor => (floor.Place, floor.Currency));

    /// <summary>The floor of a place on a day: of the subdivision where it has one, else of the country. Null where none is known.</summary>
    public PayFloor? On(string? place, string currency, DateOnly day)
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
/// <param name="TopUp">The last floor that held asks for what is missing to be paid.</param>
public readonly record struct EffectiveRate(long Seconds, long Earned, long Shortfall, long Unknown, bool TopUp)
{
    /// <summary>Minor units per hour, rounded half to even; null where no time was worked.</summary>
    public static long? Hour(long earned, long seconds) =>
        seconds <= 0 ? null : (long)Math.Round((decimal)earned * Carry.Denominator / seconds, MidpointRounding.ToEven);

    /// <summary>Weighs each day by its own floor, so that one that rises in the middle of a period is met exactly.</summary>
    /// <param name="entries">One person's, of one engagement and currency, whole.</param>
    public static EffectiveRate Of(IEnumerable<PayEntry> entries, HourlyFloors floors)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(floors);
        long seconds = 0, earned = 0, unknown = 0;
        Int128 missing = 0;
        PayFloor? last = null;
        foreach (var entry in entries.Where(entry => entry.Kind is EntryKind.Work or EntryKind.Correction or EntryKind.TopUp))
        {
            seconds = checked(seconds + entry.Counted);
            earned = checked(earned + entry.Amount);
            if (floors.On(entry.Place, entry.Currency, entry.Day) is { } floor)
            {
                missing += ((Int128)floor.Hour * entry.Counted) - ((Int128)entry.Amount * Carry.Denominator);
                if (last is null || floor.From >= last.From)
                    last = floor;
            }
            else
            {
                unknown += entry.Counted;
            }
        }

        return new EffectiveRate(seconds, earned, missing > 0 ? Rounding.Up(missing) : 0, unknown, last?.TopUp ?? false);
    }
}
