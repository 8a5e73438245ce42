using System.Text;
using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Anthropic's HH-RLHF format: two whole transcripts (huggingface.co/datasets/Anthropic/hh-rlhf).</summary>
internal sealed class HhRlhfShape : Shape
{
    private const string Human = "\n\nHuman:";
    private const string Assistant = "\n\nAssistant:";

    public override string Name => "hh-rlhf";

    public override bool NeedsIndex => true;

    public override string Description => "rows of `chosen` and `rejected`: two transcripts that begin alike, with turns of `Human:` and `Assistant:`.";

    public override string Use => "Training of reward models on transcripts, in the field names of HH-RLHF.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("chosen", "sc:Text", "Transcript that ends in the preferred response."),
        new("rejected", "sc:Text", "Transcript that ends in the other response."),
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => Pairs.VotesOf(item);

    public override IEnumerable<Line> LinesOf(DeliveredItem item) => Pairs.Lines(item, pair =>
    {
        if (Transcript(pair.Prompt, pair.Chosen) is not { } chosen || Transcript(pair.Prompt, pair.Rejected) is not { } rejected)
            return [new Line.Unfit("a message is of neither user nor assistant, or holds what would read as a turn of its own")];
        return
        [
            Line.Json(
                json =>
                {
                    json.WriteString("chosen", chosen);
                    json.WriteString("rejected", rejected);
                },
                pair.Agreement),
        ];
    });

    private static string? Transcript(JsonElement prompt, JsonElement response)
    {
        var transcript = new StringBuilder();
        foreach (var (role, content) in (IEnumerable<(string, string)>)[.. Messages.Of(prompt, "user"), .. Messages.Of(response, "assistant")])
        {
            var turn = role switch { "user" => Human, "assistant" => Assistant, _ => null };
            var text = " " + content;
            if (turn is null || text.Contains(Human, StringComparison.Ordinal) || text.Contains(Assistant, StringComparison.Ordinal))
                return null;
            transcript.Append(turn).Append(text);
        }

        return transcript.ToString();
    }
}
