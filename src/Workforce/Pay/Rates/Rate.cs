namespace Cofferdam.Workforce.Pay.Rates;

/// <summary>What one kind of work is paid: per piece, per hour, or both (a mixed rate). In minor units of the card's currency.</summary>
/// <param name="Each">For one piece of work handed in, 0 to <see cref="Most"/>.</param>
/// <param name="Hour">For 3,600 counted seconds, 0 to <see cref="Most"/>.</param>
public readonly record struct Rate(long Each, long Hour)
{
    /// <summary>A bound that keeps every product within 64 bits, and typing errors out.</summary>
    public const long Most = 1_000_000_000;

    public bool IsValid => Each is >= 0 and <= Most && Hour is >= 0 and <= Most;

    /// <summary>What one event is paid.</summary>
    /// <param name="pieces">Pieces of work that were handed in; 0 where time alone is paid (a task skipped or run out).</param>
    /// <param name="seconds">Counted seconds.</param>
    /// <param name="carried">What was left over before.</param>
    public Priced Price(long pieces, long seconds, Carry carried) => Rounding.HalfEven(checked((pieces * Each * Carry.Denominator) + (seconds * Hour)), carried);
}

/// <summary>What rounding left over, in 3,600ths of a minor unit: −1,800 to 1,800. It goes into the person's next event of the same engagement and currency.</summary>
public readonly record struct Carry(long Parts)
{
    /// <summary>Parts of a minor unit: seconds of an hour, so that every product of seconds and an hourly rate is a whole number of them.</summary>
    public const long Denominator = 3600;

    public static Carry None { get; }
}

/// <param name="Minor">What is paid, in minor units.</param>
/// <param name="Carry">What is left over now.</param>
public readonly record struct Priced(long Minor, Carry Carry);

/// <summary>The one place where money is rounded.</summary>
public static class Rounding
{
    /// <summary>
    /// Rounds half to even and carries the rest, so that what was paid never differs from what was earned by more than
    /// half a minor unit, however short the events are and however many.
    /// </summary>
    /// <param name="parts">What was earned, in 3,600ths of a minor unit.</param>
    public static Priced HalfEven(long parts, Carry carried)
    {
        var exact = checked(parts + carried.Parts);
        var (quotient, rest) = Math.DivRem(exact, Carry.Denominator);
        const long half = Carry.Denominator / 2;
        if (Math.Abs(rest) > half || (Math.Abs(rest) == half && long.IsOddInteger(quotient)))
            quotient += Math.Sign(rest);
        return new Priced(quotient, new Carry(exact - (quotient * Carry.Denominator)));
    }

    /// <summary>Rounds a sum that is owed at least, such as a floor, up to whole minor units.</summary>
    public static long Up(Int128 parts) => (long)((parts + Carry.Denominator - 1) / Carry.Denominator);
}
