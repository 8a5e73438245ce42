namespace Cofferdam.Delivery.Preference;

/// <summary>Figures on the votes of a delivery, gathered as they pass; memory grows with annotators, not with items.</summary>
internal sealed class PreferenceQuality
{
    private readonly SortedDictionary<string, AnnotatorCounts> annotators = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, long> votesPerItem = [];
    private readonly SideCounts sides = new();
    private double agreement;
    private long compared;
    private long votes;

    public int Annotators => annotators.Count;

    public long Votes => votes;

    public void Add(IReadOnlyList<Vote> onItem)
    {
        votes += onItem.Count;
        votesPerItem[onItem.Count] = votesPerItem.GetValueOrDefault(onItem.Count) + 1;
        foreach (var vote in onItem)
        {
            if (!annotators.TryGetValue(vote.Annotator, out var counts))
                annotators.Add(vote.Annotator, counts = new AnnotatorCounts());
            counts.Add(vote);
            sides.Add(vote);
        }

        if (onItem.Count < 2)
            return;
        compared++;
        agreement += AgreeingPairs(onItem);
    }

    public QualityReport Report()
    {
        Interval? interval = compared == 0 ? null : Interval.Wilson(agreement / compared, compared);
        return new QualityReport(
            votes,
            votesPerItem.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value),
            new AgreementFigure(
                "mean over items of the share of pairs of votes with the same direction (a, b or tie)",
                compared, compared == 0 ? null : agreement / compared, interval?.Low, interval?.High, "Wilson score, 95 %, items as trials"),
            sides,
            annotators);
    }

    private static double AgreeingPairs(IReadOnlyList<Vote> votes)
    {
        var pairs = votes.Count * (votes.Count - 1) / 2;
        var agreeing = votes.GroupBy(vote => vote.Direction).Sum(same => same.Count() * (same.Count() - 1) / 2);
        return (double)agreeing / pairs;
    }
}

/// <summary>An interval for a share.</summary>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Wilson score interval at 95 % (E. B. Wilson, JASA 22 (1927) 209–212).</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="trials">At least 1.</param>
    public static Interval Wilson(double share, long trials)
    {
        const double z = 1.959963984540054;
        var z2 = z * z / trials;
        var centre = (share + (z2 / 2)) / (1 + z2);
        var half = z / (1 + z2) * Math.Sqrt((share * (1 - share) / trials) + (z2 / (4 * trials)));
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}

/// <param name="VotesPerItem">How many items have so many accepted votes.</param>
/// <param name="Shown">Sides as they were shown, in random order: a habit of choosing one side shows here.</param>
/// <param name="Annotators">By the name that each has in this delivery alone.</param>
internal sealed record QualityReport(
    long Votes, IReadOnlyDictionary<string, long> VotesPerItem, AgreementFigure Agreement, SideCounts Shown,
    IReadOnlyDictionary<string, AnnotatorCounts> Annotators)
{
    public string Format { get; } = "cofferdam/quality@1";
}

/// <param name="Items">Items with at least two votes.</param>
/// <param name="Value">0 to 1; null where there is no such item.</param>
internal sealed record AgreementFigure(string Measure, long Items, double? Value, double? Low, double? High, string Interval);

internal sealed class SideCounts
{
    public long Left { get; private set; }

    public long Right { get; private set; }

    public long Tie { get; private set; }

    public void Add(Vote vote)
    {
        switch (vote.Shown)
        {
            case "left": Left++; break;
            case "right": Right++; break;
            default: Tie++; break;
        }
    }
}

internal sealed class AnnotatorCounts
{
    public long Votes { get; private set; }

    public long Rationales { get; private set; }

    public SideCounts Shown { get; } = new();

    public void Add(Vote vote)
    {
        Votes++;
        Rationales += vote.Rationale is null ? 0 : 1;
        Shown.Add(vote);
    }
}
