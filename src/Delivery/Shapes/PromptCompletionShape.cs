using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>TRL's prompt-completion format: the best response, or what people wrote where they were asked for a text.</summary>
internal sealed class PromptCompletionShape : Shape
{
    public override string Name => "trl-prompt-completion";

    public override string Folder => "prompt-completion";

    public override string Description =>
        "rows of `prompt` and `completion`: the response that is ahead of all others, or the text that people wrote where the form has no preference or ranking.";

    public override string Use => "Supervised fine-tuning, in the field names of TRL's prompt-completion format.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("prompt", "sc:Text", "What was asked."),
        new("completion", "sc:Text", "The best response."),
        .. RowTail.Columns,
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.Votes(QuestionTypes.Pairwise, QuestionTypes.Ranking, QuestionTypes.Text);

    public override IEnumerable<Line> LinesOf(DeliveredItem item)
    {
        var votes = VotesOf(item);
        if (votes.Count > 0 && votes[0].Question.Type == QuestionTypes.Text)
            return [Written(item, votes)];
        var (comparison, unfit) = Comparison.Of(item);
        return [comparison is null ? new Line.Unfit(unfit!) : Best(item, comparison, votes)];
    }

    private static Line Best(DeliveredItem item, Comparison comparison, IReadOnlyList<Vote> votes)
    {
        var best = comparison.Means.Index().MinBy(mean => mean.Item).Index;
        var rivals = comparison.Means.Index().Where(mean => mean.Index != best && mean.Item == comparison.Means[best]).Select(mean => mean.Index).ToList();
        if (rivals.Count > 0)
            return new Line.Tie(rivals.TrueForAll(rival => comparison.Tied(best, rival) == TieReasons.Tie) ? TieReasons.Tie : TieReasons.Split);
        var first = (double)comparison.Ranks.Count(vote => vote[best] == vote.Min() && vote.Count(rank => rank == vote[best]) == 1) / comparison.Ranks.Count;
        return Row(item, comparison.Prompt, comparison.Responses[best], first, votes);
    }

    private static Line Written(DeliveredItem item, IReadOnlyList<Vote> votes)
    {
        var prompt = item.Part("prompt");
        if (prompt.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
            return new Line.Unfit("the item has no prompt");
        return Majority.Text(votes) switch
        {
            Outcome<string>.Decided { Value.Length: 0 } => new Line.Unfit("nothing was written"),
            Outcome<string>.Decided written => Row(item, prompt, JsonSerializer.SerializeToElement(written.Value, DeliveryJson.Default.String), written.Agreement, votes),
            Outcome<string>.Undecided undecided => new Line.Tie(undecided.Reason),
            _ => throw new InvalidOperationException("An outcome is decided or undecided."),
        };
    }

    private static Line.Row Row(DeliveredItem item, JsonElement prompt, JsonElement completion, double agreement, IReadOnlyList<Vote> votes)
    {
        var form = Messages.FormOf(prompt, completion);
        return Line.Json(
            json =>
            {
                Messages.Write(json, "prompt", prompt, "user", form);
                Messages.Write(json, "completion", completion, "assistant", form);
                json.WriteNumber("agreement", agreement);
                RowTail.Write(json, item, votes);
            },
            agreement,
            form);
    }
}
