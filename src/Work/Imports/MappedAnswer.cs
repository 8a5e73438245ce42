using System.Globalization;
using System.Text.Json;
using Cofferdam.Work.Forms;

namespace Cofferdam.Work.Imports;

/// <summary>Makes an answer, as answers are sealed, of a value in a row: a suggestion, or a known answer.</summary>
/// <param name="type">The question's; null where nothing is known of it: lists of spans are spans, texts are options, numbers are numbers.</param>
internal sealed class MappedAnswer(QuestionType? type = null)
{
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
                return TryWriteText(json, value.GetString()!);
            case JsonValueKind.Number:
                if (!value.TryGetDecimal(out var number))
                    return false;
                WriteNumber(json, number);
                return true;
            default:
                return false;
        }
    }

    private bool TryWriteText(Utf8JsonWriter json, string text)
    {
        switch (type)
        {
            // Tables hold numbers as texts.
            case QuestionType.Number or QuestionType.Rating:
                if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                    return false;
                WriteNumber(json, number);
                return true;
            case QuestionType.Pairwise:
                if (text is not ("a" or "b" or "tie"))
                    return false;
                json.WriteStartObject();
                json.WriteString("preference"u8, text);
                json.WriteNumber("strength"u8, text == "tie" ? 0 : 1);
                json.WriteEndObject();
                return true;
            case QuestionType.Text:
                json.WriteStartObject();
                json.WriteString("text"u8, text);
                json.WriteEndObject();
                return true;
            case null or QuestionType.Choice:
                json.WriteStartObject();
                json.WriteStartArray("values"u8);
                json.WriteStringValue(text);
                json.WriteEndArray();
                json.WriteEndObject();
                return true;
            default:
                return false;
        }
    }

    private void WriteNumber(Utf8JsonWriter json, decimal number)
    {
        json.WriteStartObject();
        json.WriteNumber(type is QuestionType.Rating ? "rating"u8 : "number"u8, number);
        json.WriteEndObject();
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
