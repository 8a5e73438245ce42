using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>One accepted answer as it was sealed: the raw votes that every package holds.</summary>
internal static class AnswerLine
{
    public const string File = "answers.jsonl";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("item", "sc:Text", "Id of the item."),
        new("external", "sc:Text", "Id of the item in the lab's own systems."),
        new("answer", "sc:Text", "Id of the answer."),
        new("annotator", "sc:Text", "Name of the person in this delivery alone."),
        new("formVersion", "sc:Integer", "Version of the form."),
        new("guidelineVersion", "sc:Integer", "Version of the guidelines."),
        new("seconds", "sc:Float", "Time counted on the task."),
        new("answers", "sc:Text", "Answers by question, as an object."),
    ];

    public static ReadOnlyMemory<byte> Of(DeliveredItem item, DeliveredAnswer answer) => JsonLine.Of(json =>
    {
        json.WriteString("item", item.Id);
        json.WriteString("external", item.External);
        Write(json, answer);
    });

    public static void Write(Utf8JsonWriter json, DeliveredAnswer answer)
    {
        json.WriteString("answer", answer.Record);
        json.WriteString("annotator", answer.Annotator);
        json.WriteNumber("formVersion", answer.Form.Version);
        json.WriteNumber("guidelineVersion", answer.GuidelineVersion);
        json.WriteNumber("seconds", answer.Seconds);
        json.WritePropertyName("answers");
        answer.Given.WriteTo(json);
    }
}
