using System.Text.RegularExpressions;

namespace Cofferdam.Workforce.Pay.Floors;

/// <summary>Codes of places. Their form is checked; whether there is such a place is for who sets a floor to know.</summary>
internal static partial class Places
{
    /// <summary>ISO 3166-1 alpha-2, or ISO 3166-2.</summary>
    public static bool Are(string code) => Code().IsMatch(code);

    [GeneratedRegex("^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
