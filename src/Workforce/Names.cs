using System.Text.Json;

namespace Cofferdam.Workforce;

/// <summary>Enum values as they are written in files and in text that the API gives: camelCase, as elsewhere in the API.</summary>
internal static class Names
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static string? Of<T>(T? value) where T : struct, Enum => value is { } known ? Of(known) : null;
}
