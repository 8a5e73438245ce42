using System.Text.Json;

namespace Cofferdam.Work;

/// <summary>Enum values as they are written on the wire: camelCase, each made once.</summary>
internal static class Names
{
    public static string Of<T>(T value) where T : struct, Enum => Known<T>.Names.GetValueOrDefault(value) ?? "unknown";

    /// <returns>Null where there is no value of this name.</returns>
    public static T? Parse<T>(string name) where T : struct, Enum
    {
        foreach (var (value, known) in Known<T>.Names)
        {
            if (known == name)
                return value;
        }

        return null;
    }

    private static class Known<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
