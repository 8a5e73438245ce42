using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Cofferdam.Federation.Signing;

/// <summary>
/// JSON of another node. Members that come twice, that nobody knows or that are missing, comments, numbers in quotes and
/// bytes that are no UTF-8 are refused: two readers of one message must not read two things.
/// </summary>
internal static class StrictJson
{
    /// <returns>Null where it is not that.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        if (!Utf8.IsValid(json))
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
