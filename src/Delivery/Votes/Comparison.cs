using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Votes;

/// <summary>Responses to one prompt, and how each vote ranks them: two under a preference, more under a ranking.</summary>
/// <param name="Ranks">Of each vote, a rank per response: 1 is best, equal ranks are a tie.</param>
internal sealed record Comparison(JsonElement Prompt, IReadOnlyList<JsonElement> Responses, IReadOnlyList<IReadOnlyList<int>> Ranks)
{
    /// <summary>Mean rank of each response over the votes. Of two responses the lower mean is the one with more votes.</summary>
    public IReadOnlyList<double> Means { get; } = [.. Enumerable.Range(0, Responses.Count).Select(response => Ranks.Average(vote => (double)vote[response]))];

    /// <summary>Share of the votes that rank one response before another.</summary>
    public double Share(int better, int worse) => (double)Ranks.Count(vote => vote[better] < vote[worse]) / Ranks.Count;

    /// <summary>Why neither of two responses with equal means is ahead.</summary>
    public string Tied(int one, int other) => Ranks.All(vote => vote[one] == vote[other]) ? TieReasons.Tie : TieReasons.Split;

    /// <returns>The comparison, or why the item is none.</returns>
    public static (Comparison? Found, string? Unfit) Of(DeliveredItem item)
    {
        var prompt = item.Part("prompt");
        if (!IsMessage(prompt))
            return (null, "the item has no prompt");
        var votes = item.Votes(QuestionTypes.Pairwise, QuestionTypes.Ranking);
        var responses = ResponsesOf(item, ranked: votes.Count > 0 && votes[0].Question.Type == QuestionTypes.Ranking);
        if (responses.Count < 2 || !responses.TrueForAll(IsMessage))
            return (null, "the item is not a pair of responses");
        if (votes.Count == 0)
            return (null, "no accepted answer has a preference");
        List<IReadOnlyList<int>> ranks = [.. votes.Select(RanksOf)];
        return ranks.TrueForAll(vote => vote.Count == responses.Count)
            ? (new Comparison(prompt, responses, ranks), null)
            : (null, "an answer is to another number of responses");
    }

    /// <summary>Ranks as an answer gives them, in the order of the item's responses.</summary>
    public static IReadOnlyList<int> RanksOf(Vote vote) => vote.Question.Type == QuestionTypes.Ranking
        ? [.. vote.Value.GetProperty("ranks"u8).EnumerateArray().Select(rank => rank.GetInt32())]
        : vote.Value.GetProperty("preference"u8).GetString() switch { "a" => [1, 2], "b" => [2, 1], _ => [1, 1] };

    /// <summary>A ranking is of all responses; a preference is between a and b, whatever else the item has.</summary>
    private static List<JsonElement> ResponsesOf(DeliveredItem item, bool ranked) => ranked && item.Part("responses") is { ValueKind: JsonValueKind.Array } several
        ? [.. several.EnumerateArray()]
        : [.. ((JsonElement[])[item.Part("a"), item.Part("b")]).Where(response => response.ValueKind is not JsonValueKind.Undefined)];

    private static bool IsMessage(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Array;
}
