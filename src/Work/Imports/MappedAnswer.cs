using System.Text.Json;

namespace Cofferdam.Work.Imports;

/// <summary>Makes an answer, as answers are sealed, of a value in a row: a suggestion, or a known answer.</summary>
internal sealed class MappedAnswer
{
    /// <summary>Where nothing is known of the question: lists of spans are spans, texts are options, numbers are numbers.</summary>
    public static MappedAnswer AsItLooks { get; } = new();

    /// <returns>False where it is no answer.</returns>
    public bool TryWrite(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                value.WriteTo(json);
                return true;
            case JsonValueKind.Array when value.GetArrayLength() == 0 || value[0].ValueKind is JsonValueKind.Object:
                return TryWriteSpans(json, value);
            case JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String):
                json.WriteStartObject();
                json.WritePropertyName("values"u8);
                value.WriteTo(json);
                json.WriteEndObject();
                return true;
            case JsonValueKind.String:
                json.WriteStartObject();
                json.WriteStartArray("values"u8);
                json.WriteStringValue(value.GetString());
                json.WriteEndArray();
                json.WriteEndObject();
                return true;
            case JsonValueKind.Number:
                json.WriteStartObject();
                json.WritePropertyName("number"u8);
                value.WriteTo(json);
                json.WriteEndObject();
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteSpans(Utf8JsonWriter json, JsonElement value)
    {
        var spans = new List<(int Start, int End, string Label)>(value.GetArrayLength());
        foreach (var span in value.EnumerateArray())
        {
            if (span.ValueKind is not JsonValueKind.Object
                || !span.TryGetProperty("start", out var start) || start.ValueKind is not JsonValueKind.Number || !start.TryGetInt32(out var first)
                || !span.TryGetProperty("end", out var end) || end.ValueKind is not JsonValueKind.Number || !end.TryGetInt32(out var last)
                || !span.TryGetProperty("label", out var label) || label.ValueKind is not JsonValueKind.String
                || first < 0 || last <= first)
                return false;
            spans.Add((first, last, label.GetString()!));
        }

        json.WriteStartObject();
        json.WriteStartArray("spans"u8);
        foreach (var (start, end, label) in spans.Order())
        {
            json.WriteStartObject();
            json.WriteNumber("start"u8, start);
            json.WriteNumber("end"u8, end);
            json.WriteString("label"u8, label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }
}
