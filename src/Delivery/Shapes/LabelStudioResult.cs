using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>One element of an annotation's <c>result</c>.</summary>
/// <param name="Id">Unique within its annotation.</param>
/// <param name="Control">Tag that it comes from, by name; <paramref name="To"/> is the object that it is about.</param>
internal sealed record LabelStudioResult(string Id, string Control, string To, string Type, Action<Utf8JsonWriter> Value)
{
    // Names of objects begin with a capital letter, which no question's key does.
    public const string Whole = "Item";
    public const string Text = "Text";
    public const string Left = "A";
    public const string Right = "B";
    public const string Responses = "Responses";

    /// <summary>Name of the number that says how much better the chosen side is; 0 for a tie.</summary>
    public static string StrengthOf(string question) => $"{question}_strength";

    public static string ResponseId(int response) => $"response-{response + 1}";

    /// <param name="given">Answers by question, as they were sealed.</param>
    /// <returns>The results, or why an answer cannot be expressed.</returns>
    public static (IReadOnlyList<LabelStudioResult> Results, string? Unfit) Of(DeliveredItem item, DeliveredForm form, JsonElement given)
    {
        var results = new List<LabelStudioResult>();
        foreach (var question in form.Questions)
        {
            if (!given.TryGetProperty(question.Key, out var answer) || answer.ValueKind is not JsonValueKind.Object)
                continue;
            if (Fault(item, question, answer) is { } unfit)
                return ([], unfit);
            results.AddRange(Of(item, question, answer));
        }

        return (results, null);
    }

    public static void WriteAll(Utf8JsonWriter json, IReadOnlyList<LabelStudioResult> results)
    {
        json.WriteStartArray("result");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("id", result.Id);
            json.WriteString("from_name", result.Control);
            json.WriteString("to_name", result.To);
            json.WriteString("type", result.Type);
            json.WriteStartObject("value");
            result.Value(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? Fault(DeliveredItem item, DeliveredQuestion question, JsonElement answer) => question.Type switch
    {
        QuestionTypes.Pairwise when item.Part("a").ValueKind is JsonValueKind.Undefined || item.Part("b").ValueKind is JsonValueKind.Undefined =>
            "the item is not a pair of responses",
        QuestionTypes.Ranking when item.Part("responses") is not { ValueKind: JsonValueKind.Array } responses
            || responses.GetArrayLength() != answer.GetProperty("ranks"u8).GetArrayLength() => "an answer is to another number of responses",
        QuestionTypes.Spans when item.Text("text") is null => "the item has no text",
        _ => null,
    };

    private static IEnumerable<LabelStudioResult> Of(DeliveredItem item, DeliveredQuestion question, JsonElement answer)
    {
        LabelStudioResult One(string to, string type, Action<Utf8JsonWriter> value) => new(question.Key, question.Key, to, type, value);
        return question.Type switch
        {
            QuestionTypes.Pairwise => Pairwise(question, answer),
            QuestionTypes.Ranking => [One(Responses, "ranker", json => WriteRanks(json, question, answer))],
            QuestionTypes.Choice => [One(Whole, "choices", json => WriteTexts(json, "choices", Majority.Values(answer)))],
            QuestionTypes.Rating when question.From == 1 => [One(Whole, "rating", json => json.WriteNumber("rating", answer.GetProperty("rating"u8).GetInt32()))],
            // Stars begin at one: a scale from zero is a number.
            QuestionTypes.Rating => [One(Whole, "number", json => json.WriteNumber("number", answer.GetProperty("rating"u8).GetInt32()))],
            QuestionTypes.Number => [One(Whole, "number", json => CopyNumber(json, answer))],
            QuestionTypes.Text => [One(Whole, "textarea", json => WriteTexts(json, "text", [answer.GetProperty("text"u8).GetString()!]))],
            QuestionTypes.Spans => Spans(item, question, answer),
            _ => [],
        };
    }

    private static IEnumerable<LabelStudioResult> Pairwise(DeliveredQuestion question, JsonElement answer)
    {
        var preference = answer.GetProperty("preference"u8).GetString();
        if (preference is "a" or "b")
            yield return new LabelStudioResult(question.Key, question.Key, question.Key, "pairwise", json => json.WriteString("selected", preference == "a" ? "left" : "right"));
        var strength = StrengthOf(question.Key);
        yield return new LabelStudioResult(
            strength, strength, Left, "number", json => json.WriteNumber("number", answer.GetProperty("strength"u8).GetInt32()));
    }

    private static IEnumerable<LabelStudioResult> Spans(DeliveredItem item, DeliveredQuestion question, JsonElement answer)
    {
        var text = new CodePoints(item.Text("text")!);
        // Label Studio counts code points as well.
        return Majority.SpansOf(answer).Index().Select(span => new LabelStudioResult(
            $"{question.Key}-{span.Index + 1}", question.Key, Text, "labels",
            json =>
            {
                json.WriteNumber("start", span.Item.Start);
                json.WriteNumber("end", span.Item.End);
                json.WriteString("text", text.Slice(span.Item.Start, span.Item.End));
                WriteTexts(json, "labels", [span.Item.Label]);
            }));
    }

    /// <summary>Best first; where ranks may be shared, one bucket for each.</summary>
    private static void WriteRanks(Utf8JsonWriter json, DeliveredQuestion question, JsonElement answer)
    {
        var ranks = answer.GetProperty("ranks"u8).EnumerateArray().Select(rank => rank.GetInt32()).Index().OrderBy(response => response.Item);
        json.WriteStartObject("ranker");
        if (question.Ties)
        {
            foreach (var bucket in ranks.GroupBy(response => response.Item))
                WriteTexts(json, LabelStudioConfig.BucketOf(bucket.Key), [.. bucket.Select(response => ResponseId(response.Index))]);
        }
        else
        {
            WriteTexts(json, question.Key, [.. ranks.Select(response => ResponseId(response.Index))]);
        }

        json.WriteEndObject();
    }

    private static void CopyNumber(Utf8JsonWriter json, JsonElement answer)
    {
        json.WritePropertyName("number");
        answer.GetProperty("number"u8).WriteTo(json);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
