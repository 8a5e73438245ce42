using System.Globalization;

namespace Cofferdam.Workforce.Pay;

/// <summary>An amount in minor units of its currency. There is no other number for money in this program: no floating point, no fraction.</summary>
/// <param name="Minor">Whole minor units; negative where it is owed back.</param>
public readonly record struct Money(long Minor, Currency Currency)
{
    /// <exception cref="InvalidOperationException">Two currencies: a bug, since nothing here converts.</exception>
    /// <exception cref="OverflowException">More than 64 bits hold.</exception>
    public static Money operator +(Money one, Money other) => one.Currency == other.Currency
        ? one with { Minor = checked(one.Minor + other.Minor) }
        : throw new InvalidOperationException($"{one.Currency} and {other.Currency} do not add up.");

    public static Money operator -(Money one) => one with { Minor = checked(-one.Minor) };

    /// <summary>The amount in major units with as many decimals as the currency has, such as <c>-12.05</c>; the currency is not said.</summary>
    public string Text()
    {
        var digits = UInt128.CreateChecked(Int128.Abs(Minor)).ToString(CultureInfo.InvariantCulture).PadLeft(Currency.Exponent + 1, '0');
        var whole = digits[..^Currency.Exponent];
        return (Minor < 0 ? "-" : "") + (Currency.Exponent == 0 ? whole : $"{whole}.{digits[^Currency.Exponent..]}");
    }

    public override string ToString() => $"{Text()} {Currency.Code}";
}
