using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Label Studio's task JSON: one task per item, every answer an annotation, suggestions as predictions; its labelling config beside it.</summary>
internal sealed class LabelStudioShape : Shape
{
    private static readonly string[] Parts = ["prompt", "a", "b", "text"];

    public override string Name => "label-studio";

    public override string File => "tasks.json";

    public override Framing Framing => Framing.Array;

    public override bool KeepsAllAnswers => true;

    public override string Description =>
        "tasks of Label Studio, every accepted answer as an annotation and suggestions that came with an item as a prediction, with the labelling config. Conversations are "
        + "shown as text and kept as messages beside it. Response a is left, b is right; a tie selects neither, and how much better is a number of its own.";

    public override string Use => "Import into Label Studio, or anything that reads its JSON.";

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.DecidingVotes();

    public override IEnumerable<Line> LinesOf(DeliveredItem item)
    {
        var results = new List<(DeliveredAnswer Answer, IReadOnlyList<LabelStudioResult> Results)>();
        foreach (var answer in item.Answers)
        {
            var (found, unfit) = LabelStudioResult.Of(item, answer.Form, answer.Given);
            if (unfit is not null)
                return [new Line.Unfit(unfit)];
            results.Add((answer, found));
        }

        return
        [
            Line.Json(
                json =>
                {
                    WriteData(json, item);
                    json.WriteStartObject("meta");
                    json.WriteString("item", item.Id);
                    json.WriteString("external", item.External);
                    json.WriteEndObject();
                    json.WriteStartArray("annotations");
                    foreach (var (answer, found) in results)
                        WriteAnnotation(json, answer, found);
                    json.WriteEndArray();
                    WritePredictions(json, item);
                },
                agreement: null),
        ];
    }

    public override IEnumerable<(string Name, byte[] Content)> Companions(IReadOnlyList<DeliveredForm> forms)
    {
        if (forms.Count == 0)
            yield break;
        // The newest under the name that people look for; older versions beside it.
        yield return ("config.xml", LabelStudioConfig.Write(forms[^1]));
        foreach (var older in forms.SkipLast(1))
            yield return ($"config-form-{older.Version}.xml", LabelStudioConfig.Write(older));
    }

    private static void WriteData(Utf8JsonWriter json, DeliveredItem item)
    {
        json.WriteStartObject("data");
        json.WriteString("item", Shown(item));
        foreach (var name in Parts)
        {
            var part = item.Part(name);
            if (part.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
                continue;
            json.WriteString(name, Messages.Plain(part));
            if (!Messages.IsList(part))
                continue;
            json.WritePropertyName($"{name}_messages");
            part.WriteTo(json);
        }

        WriteResponses(json, item);
        if (ItemContent.ImageName(item) is { } image)
            json.WriteString("image", image);
        if (item.Part("fields") is { ValueKind: JsonValueKind.Object } fields)
        {
            json.WritePropertyName("fields");
            fields.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json, DeliveredItem item)
    {
        if (item.Part("responses") is not { ValueKind: JsonValueKind.Array } responses)
            return;
        json.WriteStartArray("responses");
        foreach (var (i, response) in responses.EnumerateArray().Index())
        {
            json.WriteStartObject();
            json.WriteString("id", LabelStudioResult.ResponseId(i));
            json.WriteString("title", $"Response {i + 1}");
            json.WriteString("body", Messages.Plain(response));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The item as one text, for the questions that are about all of it.</summary>
    private static string Shown(DeliveredItem item) => string.Join(
        "\n\n",
        ((string?[])
        [
            .. Parts.Select(item.Part).Where(part => part.ValueKind is JsonValueKind.String or JsonValueKind.Array).Select(Messages.Plain),
            ItemContent.ImageName(item),
        ]).OfType<string>());

    private static void WriteAnnotation(Utf8JsonWriter json, DeliveredAnswer answer, IReadOnlyList<LabelStudioResult> results)
    {
        json.WriteStartObject();
        json.WriteString("unique_id", answer.Record);
        // An address that can be nobody's: a bare number would be taken for one of the importing side's own people.
        json.WriteStartObject("completed_by");
        json.WriteString("email", $"{answer.Annotator}@delivery.invalid");
        json.WriteEndObject();
        json.WriteBoolean("was_cancelled", false);
        json.WriteBoolean("ground_truth", false);
        json.WriteNumber("lead_time", answer.Seconds);
        LabelStudioResult.WriteAll(json, results);
        json.WriteEndObject();
    }

    private static void WritePredictions(Utf8JsonWriter json, DeliveredItem item)
    {
        json.WriteStartArray("predictions");
        if (item.Part("prelabels") is { ValueKind: JsonValueKind.Object } prelabels)
        {
            var (results, unfit) = LabelStudioResult.Of(item, item.Answers[^1].Form, prelabels);
            if (unfit is null && results.Count > 0)
            {
                json.WriteStartObject();
                json.WriteString("model_version", "prelabel");
                LabelStudioResult.WriteAll(json, results);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
