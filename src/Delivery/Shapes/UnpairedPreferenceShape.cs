using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>TRL's unpaired preference format: a response and whether it is good.</summary>
internal sealed class UnpairedPreferenceShape : Shape
{
    public override string Name => "trl-unpaired-preference";

    public override string Folder => "unpaired-preference";

    public override string Description =>
        "rows of `prompt`, `completion` and `label`. Of a preference or a ranking the best response is true and the last is false; a single response that was rated is true "
        + "above the middle of the scale and false below it.";

    public override string Use => "Training of models on single judgements (for example KTO), in the field names of TRL's unpaired preference format.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("prompt", "sc:Text", "What was asked."),
        new("completion", "sc:Text", "A response."),
        new("label", "sc:Boolean", "The response is a good one."),
        .. RowTail.Columns,
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.Votes(QuestionTypes.Pairwise, QuestionTypes.Ranking, QuestionTypes.Rating);

    public override IEnumerable<Line> LinesOf(DeliveredItem item)
    {
        var votes = VotesOf(item);
        if (votes.Count > 0 && votes[0].Question.Type == QuestionTypes.Rating)
            return [Rated(item, votes)];
        var (comparison, unfit) = Comparison.Of(item);
        return comparison is null ? [new Line.Unfit(unfit!)] : Ends(item, comparison, votes);
    }

    private static IEnumerable<Line> Ends(DeliveredItem item, Comparison comparison, IReadOnlyList<Vote> votes)
    {
        var means = comparison.Means;
        var best = means.Index().MinBy(mean => mean.Item).Index;
        var worst = means.Index().MaxBy(mean => mean.Item).Index;
        if (means[best] == means[worst])
            return [new Line.Tie(Enumerable.Range(0, means.Count).All(other => comparison.Tied(best, other) == TieReasons.Tie) ? TieReasons.Tie : TieReasons.Split)];
        if (JsonElement.DeepEquals(comparison.Responses[best], comparison.Responses[worst]))
            return [new Line.Unfit("both responses are the same")];
        var agreement = comparison.Share(best, worst);
        return
        [
            Row(item, comparison.Prompt, comparison.Responses[best], label: true, agreement, votes),
            Row(item, comparison.Prompt, comparison.Responses[worst], label: false, agreement, votes),
        ];
    }

    private static Line Rated(DeliveredItem item, IReadOnlyList<Vote> votes)
    {
        var prompt = item.Part("prompt");
        if (prompt.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
            return new Line.Unfit("the item has no prompt");
        if (OnlyResponse(item) is not { } response)
            return new Line.Unfit("the rating is not of a single response");
        var question = votes[0].Question;
        var middle = (question.From + question.To) / 2.0;
        var median = (Outcome<double>.Decided)Majority.Median(votes);
        if (median.Value == middle)
            return new Line.Tie(votes.All(vote => vote.Value.GetProperty("rating"u8).GetDouble() == middle) ? TieReasons.Tie : TieReasons.Split);
        var label = median.Value > middle;
        var agreement = (double)votes.Count(vote => vote.Value.GetProperty("rating"u8).GetDouble() > middle == label) / votes.Count;
        return Row(item, prompt, response, label, agreement, votes);
    }

    private static JsonElement? OnlyResponse(DeliveredItem item)
    {
        JsonElement[] responses = item.Part("responses") is { ValueKind: JsonValueKind.Array } several
            ? [.. several.EnumerateArray()]
            : [.. ((JsonElement[])[item.Part("a"), item.Part("b"), item.Part("text")]).Where(part => part.ValueKind is not JsonValueKind.Undefined)];
        return responses is [{ ValueKind: JsonValueKind.String or JsonValueKind.Array } only] ? only : null;
    }

    private static Line.Row Row(DeliveredItem item, JsonElement prompt, JsonElement completion, bool label, double agreement, IReadOnlyList<Vote> votes)
    {
        var form = Messages.FormOf(prompt, completion);
        return Line.Json(
            json =>
            {
                Messages.Write(json, "prompt", prompt, "user", form);
                Messages.Write(json, "completion", completion, "assistant", form);
                json.WriteBoolean("label", label);
                json.WriteNumber("agreement", agreement);
                RowTail.Write(json, item, votes);
            },
            agreement,
            form);
    }
}
