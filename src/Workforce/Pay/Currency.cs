using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Cofferdam.Workforce.Pay;

/// <summary>A currency in which people are paid, with the minor unit that ISO 4217 (list one) gives it.</summary>
/// <remarks>The list holds the currencies that this program was checked with; a currency is added here, with its exponent, and nowhere else.</remarks>
public sealed record Currency
{
    private static readonly FrozenDictionary<string, Currency> Known = Table(
        (0, "CLP ISK JPY KRW PYG RWF UGX VND VUV XAF XOF XPF"),
        (2, "AED ALL AMD ARS AUD AZN BAM BDT BOB BRL BWP CAD CHF CNY COP CRC CZK DKK DOP EGP ETB EUR GBP GEL GHS GTQ HKD HNL HUF IDR ILS INR JMD KES KZT"),
        (2, "LKR MAD MDL MKD MUR MXN MYR NAD NGN NIO NOK NPR NZD PAB PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY TTD TWD TZS UAH USD UYU UZS ZAR ZMW"),
        (3, "BHD IQD JOD KWD LYD OMR TND"));

    private Currency(string code, int exponent)
    {
        Code = code;
        Exponent = exponent;
    }

    /// <summary>Three capital letters, such as <c>EUR</c>.</summary>
    public string Code { get; }

    /// <summary>Digits of the minor unit: 0, 2 or 3.</summary>
    public int Exponent { get; }

    /// <summary>Every currency of the list, by code.</summary>
    public static IEnumerable<Currency> All => Known.Values.OrderBy(currency => currency.Code, StringComparer.Ordinal);

    public static bool TryFind([NotNullWhen(true)] string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && Known.TryGetValue(code, out currency);
    }

    /// <exception cref="ArgumentException">The code is not on the list: what is stored was checked when it came in.</exception>
    public static Currency Of(string code) =>
        TryFind(code, out var currency) ? currency : throw new ArgumentException($"'{code}' is no currency of the list.", nameof(code));

    public override string ToString() => Code;

    private static FrozenDictionary<string, Currency> Table(params ReadOnlySpan<(int Exponent, string Codes)> rows)
    {
        Dictionary<string, Currency> table = new(StringComparer.Ordinal);
        foreach (var (exponent, codes) in rows)
        {
            foreach (var code in codes.Split(' '))
                table.Add(code, new Currency(code, exponent));
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
