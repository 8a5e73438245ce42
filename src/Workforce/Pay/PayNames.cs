using System.Text.Json;

namespace Cofferdam.Workforce.Pay;

/// <summary>Enum values as they are written in files: camelCase, as in the API.</summary>
internal static class PayNames
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static string? Of<T>(T? value) where T : struct, Enum => value is { } known ? Of(known) : null;
}
