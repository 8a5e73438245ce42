using System.Globalization;
using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;
using Cofferdam.Work.Acceptances;

namespace Cofferdam.Delivery.About;

/// <summary>Figures on the answers of a delivery, gathered as they pass; memory grows with annotators and questions, not with items.</summary>
internal sealed class Quality
{
    private readonly SortedDictionary<string, AnnotatorCounts> annotators = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, long> answersPerItem = [];
    private readonly SortedDictionary<string, QuestionAgreement> questions = new(StringComparer.Ordinal);
    private readonly SideCounts sides = new();
    private readonly SuggestionCounts suggestions = new();
    private long answers;

    public int Annotators => annotators.Count;

    public long Answers => answers;

    /// <summary>Counts an item with all its answers; one that cannot be read is not counted at all.</summary>
    public void Add(DeliveredItem item)
    {
        var comparisons = item.Answers
            .SelectMany(answer => answer.Form.Questions)
            .Where(question => QuestionTypes.IsVote(question.Type))
            .DistinctBy(question => question.Key, StringComparer.Ordinal)
            .Select(question => Compare(item, question))
            .ToList();
        var shown = item.Answers.Select(SidesOf).ToList();

        answers += item.Answers.Count;
        answersPerItem[item.Answers.Count] = answersPerItem.GetValueOrDefault(item.Answers.Count) + 1;
        foreach (var (answer, sidesShown) in item.Answers.Zip(shown))
            Count(answer, sidesShown);
        foreach (var (question, decides, votes) in comparisons)
        {
            if (!questions.TryGetValue(question.Key, out var agreement))
                questions.Add(question.Key, agreement = new QuestionAgreement(question.Type));
            agreement.IsDeciding |= decides;
            agreement.Add(votes);
        }
    }

    public QualityReport Report()
    {
        var deciding = questions.Values.Where(question => question.IsDeciding).ToList();
        var all = deciding.Count == 1 ? deciding[0] : QuestionAgreement.Together(deciding);
        return new QualityReport(
            answers,
            answersPerItem.ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal),
            all.Figure(),
            [.. questions.Select(pair => new QuestionReport(pair.Key, pair.Value.Type, pair.Value.IsDeciding, pair.Value.Figure()))],
            sides.Report(),
            suggestions,
            annotators.ToDictionary(pair => pair.Key, pair => pair.Value.Report(), StringComparer.Ordinal));
    }

    private void Count(DeliveredAnswer answer, IReadOnlyList<string?> shown)
    {
        if (!annotators.TryGetValue(answer.Annotator, out var counts))
            annotators.Add(answer.Annotator, counts = new AnnotatorCounts());
        counts.Answers++;
        counts.Rationales += answer.Rationale is null ? 0 : 1;
        foreach (var side in shown)
        {
            counts.Shown.Add(side);
            sides.Add(side);
        }

        foreach (var question in answer.Form.Questions)
        {
            if (answer.Of(question) is { } given)
                suggestions.Add(given);
        }
    }

    private static List<string?> SidesOf(DeliveredAnswer answer) =>
    [
        .. answer.Form.Questions.Where(question => question.Type == QuestionTypes.Pairwise)
            .Select(answer.Of).OfType<JsonElement>().Select(given => given.GetProperty("shown"u8).GetString()),
    ];

    private static (DeliveredQuestion Question, bool Decides, List<string> Votes) Compare(DeliveredItem item, DeliveredQuestion question)
    {
        var votes = item.Answers
            .Select(answer => answer.Vote(answer.Form.Questions.FirstOrDefault(other => other.Key == question.Key && other.Type == question.Type)))
            .OfType<Vote>()
            .ToList();
        return (question, votes.Exists(vote => vote.Answer.Form.Deciding?.Key == question.Key), votes.ConvertAll(Canonical));
    }

    /// <summary>Two answers agree where this is the same.</summary>
    private static string Canonical(Vote vote) => vote.Question.Type switch
    {
        QuestionTypes.Pairwise => vote.Value.GetProperty("preference"u8).GetString()!,
        QuestionTypes.Ranking => string.Join(' ', Dense(Comparison.RanksOf(vote))),
        QuestionTypes.Choice => string.Join('\n', Majority.Values(vote.Value)),
        QuestionTypes.Spans => string.Join('\n', Majority.SpansOf(vote.Value).Select(span => $"{span.Start} {span.End} {span.Label}").Order(StringComparer.Ordinal)),
        _ => vote.Value.GetProperty("rating"u8).GetRawText(),
    };

    /// <summary>Ranks without gaps: 1, 3, 3 is the same order as 1, 2, 2.</summary>
    private static IEnumerable<int> Dense(IReadOnlyList<int> ranks)
    {
        var order = ranks.Distinct().Order().ToList();
        return ranks.Select(rank => order.IndexOf(rank) + 1);
    }
}

/// <summary>How far people agree on one question.</summary>
internal sealed class QuestionAgreement(string type)
{
    private double agreement;
    private long compared;

    public string Type => type;

    /// <summary>It decides in a form that was answered.</summary>
    public bool IsDeciding { get; set; }

    /// <summary>Several questions, each item's answers to each taken as one comparison.</summary>
    public static QuestionAgreement Together(IEnumerable<QuestionAgreement> questions)
    {
        var all = new QuestionAgreement("");
        foreach (var question in questions)
            (all.agreement, all.compared) = (all.agreement + question.agreement, all.compared + question.compared);
        return all;
    }

    /// <param name="votes">On one item, in a form in which equal votes are equal texts.</param>
    public void Add(IReadOnlyCollection<string> votes)
    {
        if (votes.Count < 2)
            return;
        var pairs = votes.Count * (votes.Count - 1) / 2;
        var agreeing = votes.GroupBy(vote => vote, StringComparer.Ordinal).Sum(same => same.Count() * (same.Count() - 1) / 2);
        agreement += (double)agreeing / pairs;
        compared++;
    }

    public AgreementFigure Figure()
    {
        // A sum of shares may step over the whole by a rounding.
        var estimate = Wilson.Of(Math.Min(agreement, compared), compared);
        return new AgreementFigure(
            "mean over items of the share of pairs of answers that say the same",
            compared, estimate?.Value, estimate?.Low, estimate?.High, "Wilson score, 95 %, items as trials");
    }
}
