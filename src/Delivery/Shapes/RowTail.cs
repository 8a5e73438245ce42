using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>What rows, ties and unfit items end with: where they come from, and every vote.</summary>
internal static class RowTail
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("agreement", "sc:Float", "Share of the votes that agree with the row."),
        new("item", "sc:Text", "Id of the item."),
        new("external", "sc:Text", "Id of the item in the lab's own systems."),
    ];

    /// <param name="votes">Of several people each keeps a vote of its own.</param>
    public static void Write(Utf8JsonWriter json, DeliveredItem item, IReadOnlyList<Vote> votes)
    {
        json.WriteString("item", item.Id);
        json.WriteString("external", item.External);
        json.WriteStartArray("votes");
        foreach (var vote in votes)
        {
            json.WriteStartObject();
            json.WriteString("annotator", vote.Answer.Annotator);
            foreach (var property in vote.Value.EnumerateObject())
                property.WriteTo(json);
            json.WriteString("rationale", vote.Question.Type == QuestionTypes.Text ? null : vote.Answer.Rationale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
