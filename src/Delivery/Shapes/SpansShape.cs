using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Spans of a text with their labels.</summary>
internal sealed class SpansShape : Shape
{
    public override string Name => "spans-jsonl";

    public override string Folder => "spans";

    public override string Description => "rows of `text` and `spans`: start, end and label of each, counted in Unicode code points from 0, the end behind the last.";

    public override string Use => "Training and evaluation of models that find and name parts of a text.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("text", "sc:Text", "The text."),
        new("spans", "sc:Text", "Objects with start, end, label and the text between.", IsArray: true),
        .. RowTail.Columns,
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.Votes(QuestionTypes.Spans);

    public override IEnumerable<Line> LinesOf(DeliveredItem item) => [Lines(item, VotesOf(item), Row)];

    /// <summary>What shapes of spans have in common.</summary>
    /// <param name="row">Of an item whose spans are decided and lie in its text.</param>
    public static Line Lines(DeliveredItem item, IReadOnlyList<Vote> votes, Func<DeliveredItem, CodePoints, Outcome<IReadOnlyList<Span>>.Decided, Line> row)
    {
        if (item.Text("text") is not { } text)
            return new Line.Unfit("the item has no text");
        if (votes.Count == 0)
            return new Line.Unfit("no accepted answer has spans");
        if (Majority.Spans(votes) is not Outcome<IReadOnlyList<Span>>.Decided spans)
            return new Line.Tie(TieReasons.Split);
        var points = new CodePoints(text);
        return spans.Value.All(span => points.Holds(span.Start, span.End))
            ? row(item, points, spans)
            : new Line.Unfit("a span lies outside the text");
    }

    private Line Row(DeliveredItem item, CodePoints text, Outcome<IReadOnlyList<Span>>.Decided spans) => Line.Json(
        json =>
        {
            json.WriteString("text", item.Text("text"));
            json.WriteStartArray("spans");
            foreach (var span in spans.Value)
                Write(json, span, text);
            json.WriteEndArray();
            json.WriteNumber("agreement", spans.Agreement);
            RowTail.Write(json, item, VotesOf(item));
        },
        spans.Agreement);

    private static void Write(Utf8JsonWriter json, Span span, CodePoints text)
    {
        json.WriteStartObject();
        json.WriteNumber("start", span.Start);
        json.WriteNumber("end", span.End);
        json.WriteString("label", span.Label);
        json.WriteString("text", text.Slice(span.Start, span.End));
        json.WriteEndObject();
    }
}
