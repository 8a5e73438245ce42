using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>TRL's preference format with an explicit prompt (huggingface/trl docs/source/dataset_formats.md).</summary>
internal sealed class PreferenceShape : Shape
{
    public override string Name => "trl-preference";

    public override string Folder => "preference";

    public override string Description =>
        "rows of `prompt`, `chosen` and `rejected`: three texts, or three lists of messages. A ranking of several responses gives a row for every two of them.";

    public override string Use => "Training and evaluation of models on preferences, in the field names of TRL's preference format.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("prompt", "sc:Text", "What was asked."),
        new("chosen", "sc:Text", "The preferred response."),
        new("rejected", "sc:Text", "The other response."),
        .. RowTail.Columns,
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => Pairs.VotesOf(item);

    public override IEnumerable<Line> LinesOf(DeliveredItem item)
    {
        var votes = VotesOf(item);
        return Pairs.Lines(item, pair =>
        {
            var form = Messages.FormOf(pair.Prompt, pair.Chosen, pair.Rejected);
            return
            [
                Line.Json(
                    json =>
                    {
                        Messages.Write(json, "prompt", pair.Prompt, "user", form);
                        Messages.Write(json, "chosen", pair.Chosen, "assistant", form);
                        Messages.Write(json, "rejected", pair.Rejected, "assistant", form);
                        json.WriteNumber("agreement", pair.Agreement);
                        RowTail.Write(json, item, votes);
                    },
                    pair.Agreement,
                    form),
            ];
        });
    }
}
