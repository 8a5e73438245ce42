using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Two responses of which one is preferred.</summary>
internal sealed record Pair(DeliveredItem Item, JsonElement Prompt, JsonElement Chosen, JsonElement Rejected, double Agreement);

/// <summary>What shapes of preferences have in common.</summary>
internal static class Pairs
{
    public static IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.Votes(QuestionTypes.Pairwise, QuestionTypes.Ranking);

    /// <summary>A line for every two responses of an item: of a pair one, of a ranking of n responses n(n-1)/2.</summary>
    /// <param name="lines">Of two responses where one is ahead.</param>
    public static IEnumerable<Line> Lines(DeliveredItem item, Func<Pair, IEnumerable<Line>> lines)
    {
        var (comparison, unfit) = Comparison.Of(item);
        if (comparison is null)
            return [new Line.Unfit(unfit!)];
        var found = new List<Line>();
        for (var one = 0; one < comparison.Responses.Count; one++)
        {
            for (var other = one + 1; other < comparison.Responses.Count; other++)
                found.AddRange(Between(item, comparison, one, other, lines));
        }

        return found;
    }

    private static IEnumerable<Line> Between(DeliveredItem item, Comparison comparison, int one, int other, Func<Pair, IEnumerable<Line>> lines)
    {
        var responses = comparison.Responses;
        if (JsonElement.DeepEquals(responses[one], responses[other]))
            return [new Line.Unfit(responses.Count == 2 ? "both responses are the same" : "two responses are the same")];
        if (comparison.Means[one] == comparison.Means[other])
            return [new Line.Tie(comparison.Tied(one, other), responses.Count == 2 ? null : [one, other])];
        var (better, worse) = comparison.Means[one] < comparison.Means[other] ? (one, other) : (other, one);
        return lines(new Pair(item, comparison.Prompt, responses[better], responses[worse], comparison.Share(better, worse)));
    }
}
