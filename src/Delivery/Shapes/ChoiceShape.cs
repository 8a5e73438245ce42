using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Options chosen for an item, one row each: what classifiers are trained on.</summary>
internal sealed class ChoiceShape : Shape
{
    public override string Name => "choice-jsonl";

    public override string Folder => "choice";

    public override string Description => "rows of the item's content with `label`, or `labels` where the question allows several, for the form's first choice.";

    public override string Use => "Training and evaluation of classifiers.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("text", "sc:Text", "What was classified; prompt and responses stand beside it where the item has them."),
        new("label", "sc:Text", "The option chosen."),
        .. RowTail.Columns,
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.Votes(QuestionTypes.Choice);

    public override IEnumerable<Line> LinesOf(DeliveredItem item)
    {
        var votes = VotesOf(item);
        if (votes.Count == 0)
            return [new Line.Unfit("no accepted answer has a choice")];
        return Majority.Choice(votes) switch
        {
            Outcome<IReadOnlyList<string>>.Decided decided => [Row(item, votes, decided)],
            Outcome<IReadOnlyList<string>>.Undecided undecided => [new Line.Tie(undecided.Reason)],
            _ => throw new InvalidOperationException("An outcome is decided or undecided."),
        };
    }

    private static Line Row(DeliveredItem item, IReadOnlyList<Vote> votes, Outcome<IReadOnlyList<string>>.Decided chosen)
    {
        var multiple = votes[0].Question.Multiple;
        if (!multiple && chosen.Value.Count != 1)
            return new Line.Unfit("an answer to a single choice has not one option");
        return Line.Json(
            json =>
            {
                ItemContent.Write(json, item);
                if (multiple)
                {
                    json.WriteStartArray("labels");
                    foreach (var value in chosen.Value)
                        json.WriteStringValue(value);
                    json.WriteEndArray();
                }
                else
                {
                    json.WriteString("label", chosen.Value[0]);
                }

                json.WriteNumber("agreement", chosen.Agreement);
                RowTail.Write(json, item, votes);
            },
            chosen.Agreement);
    }
}
