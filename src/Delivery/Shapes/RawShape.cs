using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Items with every accepted answer, as they were sealed: nothing is decided, nothing is left out.</summary>
internal sealed class RawShape : Shape
{
    public override string Name => "raw";

    public override string File => "items.jsonl";

    public override bool KeepsAllAnswers => true;

    public override string Description =>
        "rows of an item as it was sealed, the state of its slots, every accepted answer with its versions, and beside them what most answers say to each question.";

    public override string Use => "Any; it is the whole of what was asked and answered.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("item", "sc:Text", "Id of the item."),
        new("external", "sc:Text", "Id of the item in the lab's own systems."),
        new("batch", "sc:Text", "Id of its batch."),
        new("slots", "sc:Text", "State of each place for an answer.", IsArray: true),
        new("content", "sc:Text", "The item as it was sealed, as an object."),
        new("answers", "sc:Text", "Objects with annotator, versions, seconds and answers.", IsArray: true),
        new("majority", "sc:Text", "What most answers say, per question, as an object."),
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.DecidingVotes();

    public override IEnumerable<Line> LinesOf(DeliveredItem item) =>
    [
        Line.Json(
            json =>
            {
                json.WriteString("item", item.Id);
                json.WriteString("external", item.External);
                if (item.Batch is { } batch)
                    json.WriteString("batch", batch);
                else
                    json.WriteNull("batch");
                json.WriteStartArray("slots");
                foreach (var state in item.Slots)
                    json.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(state.ToString()));
                json.WriteEndArray();
                json.WritePropertyName("content");
                item.Content.WriteTo(json);
                json.WriteStartArray("answers");
                foreach (var answer in item.Answers)
                    Write(json, answer);
                json.WriteEndArray();
                WriteMajority(json, item);
            },
            agreement: null),
    ];

    /// <summary>One answer as an object.</summary>
    private static void Write(Utf8JsonWriter json, DeliveredAnswer answer)
    {
        json.WriteStartObject();
        AnswerLine.Write(json, answer);
        json.WriteEndObject();
    }

    private static void WriteMajority(Utf8JsonWriter json, DeliveredItem item)
    {
        json.WriteStartObject("majority");
        var questions = item.Answers.SelectMany(answer => answer.Form.Questions).DistinctBy(question => question.Key, StringComparer.Ordinal);
        foreach (var question in questions)
        {
            // Answers to a question of the same key and another type, of another form version, are no votes on this one.
            List<Vote> votes = [.. item.Answers
                .Select(answer => answer.Vote(answer.Form.Questions.FirstOrDefault(other => other.Key == question.Key && other.Type == question.Type)))
                .OfType<Vote>()];
            if (votes.Count == 0)
                continue;
            json.WriteStartObject(question.Key);
            MajorityJson.Write(json, votes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
