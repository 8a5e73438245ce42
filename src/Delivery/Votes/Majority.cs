using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Votes;

/// <param name="Start">First code point; <paramref name="End"/> is behind the last.</param>
internal readonly record struct Span(int Start, int End, string Label);

/// <summary>What most answers to a question say, by type of question.</summary>
internal static class Majority
{
    /// <summary>In words, for the manifest and the datasheet.</summary>
    public const string InWords =
        "majority: of two responses the one with more votes, strength not weighed; a ranking by mean rank; the single option with most votes, or each option that more than "
        + "half chose; ratings and numbers by median; spans that more than half marked exactly so; texts only where all are the same";

    /// <summary>The option that most answers name; several options: each that more than half name.</summary>
    public static Outcome<IReadOnlyList<string>> Choice(IReadOnlyList<Vote> votes)
    {
        var chosen = votes.Select(vote => Values(vote.Value)).ToList();
        return votes[0].Question.Multiple ? Options(chosen) : Option(chosen);
    }

    /// <summary>The median; of an even number, the mean of the middle two.</summary>
    public static Outcome<double> Median(IReadOnlyList<Vote> votes)
    {
        var numbers = votes.Select(vote => vote.Value.GetProperty(vote.Question.Type == QuestionTypes.Number ? "number"u8 : "rating"u8).GetDouble()).Order().ToList();
        var middle = numbers.Count / 2;
        var median = numbers.Count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
        return new Outcome<double>.Decided(median, (double)numbers.Count(number => number == median) / numbers.Count);
    }

    /// <summary>Spans that more than half of the answers marked with the same ends and label.</summary>
    /// <remarks>One that exactly half marked leaves the item undecided. Agreement is the mean share over the spans kept.</remarks>
    public static Outcome<IReadOnlyList<Span>> Spans(IReadOnlyList<Vote> votes)
    {
        var marked = votes
            .SelectMany(vote => SpansOf(vote.Value).Distinct())
            .GroupBy(span => span)
            .Select(same => (Span: same.Key, Votes: same.Count()))
            .ToList();
        if (marked.Any(span => span.Votes * 2 == votes.Count))
            return new Outcome<IReadOnlyList<Span>>.Undecided(TieReasons.Split);
        var kept = marked.Where(span => span.Votes * 2 > votes.Count).ToList();
        var agreement = kept.Count > 0 ? kept.Average(span => (double)span.Votes / votes.Count)
            : (double)votes.Count(vote => !SpansOf(vote.Value).Any()) / votes.Count;
        return new Outcome<IReadOnlyList<Span>>.Decided(
            [.. kept.Select(span => span.Span).OrderBy(span => span.Start).ThenBy(span => span.End).ThenBy(span => span.Label, StringComparer.Ordinal)], agreement);
    }

    /// <summary>Only where everybody wrote the same.</summary>
    public static Outcome<string> Text(IReadOnlyList<Vote> votes)
    {
        var texts = votes.Select(vote => vote.Value.GetProperty("text"u8).GetString()!).Distinct(StringComparer.Ordinal).ToList();
        return texts is [var only] ? new Outcome<string>.Decided(only, 1) : new Outcome<string>.Undecided(TieReasons.Split);
    }

    /// <summary>Values of a choice, each once, in ordinal order.</summary>
    public static IReadOnlyList<string> Values(JsonElement choice) =>
        [.. choice.GetProperty("values"u8).EnumerateArray().Select(value => value.GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static IEnumerable<Span> SpansOf(JsonElement answer) => answer.GetProperty("spans"u8).EnumerateArray().Select(span => new Span(
        span.GetProperty("start"u8).GetInt32(), span.GetProperty("end"u8).GetInt32(), span.GetProperty("label"u8).GetString()!));

    private static Outcome<IReadOnlyList<string>> Option(List<IReadOnlyList<string>> chosen)
    {
        var counted = chosen
            .GroupBy(values => string.Join('\n', values), StringComparer.Ordinal)
            .Select(same => (Values: same.First(), Votes: same.Count()))
            .OrderByDescending(option => option.Votes)
            .ToList();
        return counted.Count > 1 && counted[0].Votes == counted[1].Votes
            ? new Outcome<IReadOnlyList<string>>.Undecided(TieReasons.Split)
            : new Outcome<IReadOnlyList<string>>.Decided(counted[0].Values, (double)counted[0].Votes / chosen.Count);
    }

    private static Outcome<IReadOnlyList<string>> Options(List<IReadOnlyList<string>> chosen)
    {
        var counted = chosen.SelectMany(values => values).GroupBy(value => value, StringComparer.Ordinal).Select(same => (Value: same.Key, Votes: same.Count())).ToList();
        if (counted.Any(option => option.Votes * 2 == chosen.Count))
            return new Outcome<IReadOnlyList<string>>.Undecided(TieReasons.Split);
        string[] kept = [.. counted.Where(option => option.Votes * 2 > chosen.Count).Select(option => option.Value).Order(StringComparer.Ordinal)];
        return new Outcome<IReadOnlyList<string>>.Decided(kept, (double)chosen.Count(values => values.SequenceEqual(kept, StringComparer.Ordinal)) / chosen.Count);
    }
}
