using System.Text.Json;
using Cofferdam.Work.Acceptances;

namespace Cofferdam.Delivery.About;

/// <summary><c>quality.json</c>.</summary>
/// <param name="AnswersPerItem">How many items have so many accepted answers.</param>
/// <param name="Agreement">On what decides.</param>
/// <param name="Shown">Sides as they were shown, in random order: a habit of choosing one side shows here.</param>
/// <param name="Suggestions">Suggestions that came with items, and what became of them.</param>
/// <param name="Annotators">By the name that each has in this delivery alone.</param>
internal sealed record QualityReport(
    long Answers, IReadOnlyDictionary<string, long> AnswersPerItem, AgreementFigure Agreement, IReadOnlyList<QuestionReport> Questions, SideReport Shown,
    SuggestionCounts Suggestions, IReadOnlyDictionary<string, AnnotatorReport> Annotators)
{
    public string Format { get; } = "cofferdam/quality@2";
}

/// <param name="Items">Items with at least two answers.</param>
/// <param name="Value">0 to 1; null where there is no such item.</param>
internal sealed record AgreementFigure(string Measure, long Items, double? Value, double? Low, double? High, string Interval);

internal sealed record QuestionReport(string Key, string Type, bool Deciding, AgreementFigure Agreement);

/// <param name="LeftShare">Of the answers that chose a side; without a habit near a half. Null where there are none.</param>
/// <param name="Low">Of its 95 % interval (Wilson).</param>
internal sealed record SideReport(long Left, long Right, long Tie, double? LeftShare, double? Low, double? High);

internal sealed record AnnotatorReport(long Answers, long Rationales, SideReport Shown);

internal sealed class AnnotatorCounts
{
    public long Answers { get; set; }

    public long Rationales { get; set; }

    public SideCounts Shown { get; } = new();

    public AnnotatorReport Report() => new(Answers, Rationales, Shown.Report());
}

internal sealed class SideCounts
{
    private long left;
    private long right;
    private long tie;

    public void Add(string? shown)
    {
        switch (shown)
        {
            case "left": left++; break;
            case "right": right++; break;
            default: tie++; break;
        }
    }

    public SideReport Report()
    {
        var share = Wilson.Of(left, left + right);
        return new SideReport(left, right, tie, share?.Value, share?.Low, share?.High);
    }
}

/// <summary>Answers to questions for which the item came with a suggestion.</summary>
internal sealed class SuggestionCounts
{
    public long Kept { get; private set; }

    public long Changed { get; private set; }

    public void Add(JsonElement answer)
    {
        if (!answer.TryGetProperty("prelabel"u8, out var became))
            return;
        if (became.ValueEquals("kept"u8))
            Kept++;
        else
            Changed++;
    }
}
