using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>What most answers to a question say, as <c>value</c> and <c>agreement</c>, or <c>undecided</c> with its reason.</summary>
internal static class MajorityJson
{
    /// <param name="votes">At least one; all to questions of one type.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Vote> votes)
    {
        switch (votes[0].Question.Type)
        {
            case QuestionTypes.Pairwise or QuestionTypes.Ranking:
                WriteOrder(json, votes);
                break;
            case QuestionTypes.Choice:
                Write(json, Majority.Choice(votes), values => WriteList(json, values));
                break;
            case QuestionTypes.Rating or QuestionTypes.Number:
                Write(json, Majority.Median(votes), json.WriteNumberValue);
                break;
            case QuestionTypes.Spans:
                Write(json, Majority.Spans(votes), spans => WriteSpans(json, spans));
                break;
            case QuestionTypes.Text:
                Write(json, Majority.Text(votes), json.WriteStringValue);
                break;
        }
    }

    private static void WriteOrder(Utf8JsonWriter json, IReadOnlyList<Vote> votes)
    {
        var ranks = votes.Select(Comparison.RanksOf).ToList();
        if (ranks.Exists(vote => vote.Count != ranks[0].Count))
        {
            json.WriteString("undecided", "answers are to different numbers of responses");
            return;
        }

        var comparison = new Comparison(default, new JsonElement[ranks[0].Count], ranks);
        if (votes[0].Question.Type == QuestionTypes.Ranking)
        {
            json.WriteStartArray("value");
            foreach (var mean in comparison.Means)
                json.WriteNumberValue(mean);
            json.WriteEndArray();
            return;
        }

        if (comparison.Means[0] == comparison.Means[1])
        {
            json.WriteString("undecided", comparison.Tied(0, 1));
            return;
        }

        var aIsBetter = comparison.Means[0] < comparison.Means[1];
        json.WriteString("value", aIsBetter ? "a" : "b");
        json.WriteNumber("agreement", aIsBetter ? comparison.Share(0, 1) : comparison.Share(1, 0));
    }

    private static void Write<T>(Utf8JsonWriter json, Outcome<T> outcome, Action<T> value)
    {
        switch (outcome)
        {
            case Outcome<T>.Decided decided:
                json.WritePropertyName("value");
                value(decided.Value);
                json.WriteNumber("agreement", decided.Agreement);
                break;
            case Outcome<T>.Undecided undecided:
                json.WriteString("undecided", undecided.Reason);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter json, IReadOnlyList<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteSpans(Utf8JsonWriter json, IReadOnlyList<Span> spans)
    {
        json.WriteStartArray();
        foreach (var span in spans)
        {
            json.WriteStartObject();
            json.WriteNumber("start", span.Start);
            json.WriteNumber("end", span.End);
            json.WriteString("label", span.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
