using System.Globalization;

namespace Cofferdam.Workforce.Pay;

/// <summary>One line of CSV (RFC 4180): fields with a comma, a quote or a line break are quoted, lines end with CR LF.</summary>
internal static class CsvLine
{
    public static void Write(TextWriter to, params ReadOnlySpan<object?> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first)
                to.Write(',');
            first = false;
            to.Write(Quoted(Convert.ToString(field, CultureInfo.InvariantCulture) ?? ""));
        }

        to.Write("\r\n");
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
