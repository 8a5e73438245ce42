namespace Cofferdam.Workforce.Vetting;

/// <summary>A question as it is asked.</summary>
/// <param name="Key">Unique in the test.</param>
/// <param name="Options">Of which one is right; null: answered in words, which a person scores.</param>
/// <param name="Points">1 to 100.</param>
public sealed record TestQuestion(string Key, string Text, IReadOnlyList<string>? Options, int Points);

/// <summary>What is right, and why.</summary>
/// <param name="Right">Index of the right option, where there are options.</param>
/// <param name="Why">Shown with the result.</param>
/// <param name="Criteria">What a person looks for in words: all of equal weight. Shown with the result.</param>
public sealed record TestKey(string Key, int? Right, string? Why, IReadOnlyList<string>? Criteria);

/// <summary>A question with what is right, as whoever makes the test writes it.</summary>
public sealed record TestQuestionRequest(
    string Key, string Text, int Points, IReadOnlyList<string>? Options = null, int? Right = null, string? Why = null, IReadOnlyList<string>? Criteria = null)
{
    internal bool IsFit =>
        Experts.Codes.IsCode(Key) && !string.IsNullOrWhiteSpace(Text) && Text.Length <= 8_000 && Points is >= 1 and <= 100 && Why is not { Length: > 2_000 }
        && (Options is null
            ? Right is null && Criteria is { Count: >= 1 and <= 12 } && Criteria.All(one => one.Length is >= 1 and <= 500)
            : Criteria is null && Options.Count is >= 2 and <= 12 && Options.All(one => one.Length is >= 1 and <= 1_000) && Right is { } right && right >= 0 && right < Options.Count);

    internal TestQuestion Asked => new(Key, Text, Options, Points);

    internal TestKey Answer => new(Key, Right, Why, Criteria);
}

/// <param name="Question">Its key.</param>
/// <param name="Option">Index of the chosen option.</param>
/// <param name="Text">Words: at most 8,000 characters.</param>
public sealed record TestAnswer(string Question, int? Option = null, string? Text = null);

/// <param name="Met">For each of the question's criteria, in order.</param>
/// <param name="Comment">At most 2,000 characters.</param>
public sealed record CriterionMarks(string Question, IReadOnlyList<bool> Met, string? Comment = null);

/// <param name="Met">Null where the person who scored has not said.</param>
public sealed record CriterionFeedback(string Criterion, bool? Met);

/// <summary>What became of one answer; always shown to whoever gave it.</summary>
/// <param name="Points">Given.</param>
/// <param name="Of">Possible.</param>
/// <param name="Why">Why the right answer is right.</param>
public sealed record QuestionFeedback(string Question, double Points, int Of, int? RightOption, string? Why, IReadOnlyList<CriterionFeedback>? Criteria, string? Comment);

/// <summary>What is sealed of a sitting.</summary>
/// <param name="Feedback">Null until scored.</param>
internal sealed record SealedSitting(IReadOnlyList<TestAnswer> Answers, IReadOnlyList<QuestionFeedback>? Feedback);

internal static class TestScoring
{
    /// <summary>Whether a person must score some of it.</summary>
    public static bool NeedsPerson(IReadOnlyList<TestQuestion> questions) => questions.Any(question => question.Options is null);

    /// <summary>Points for every question; words by the marks that a person gave, without any: none.</summary>
    public static IReadOnlyList<QuestionFeedback> Score(
        IReadOnlyList<TestQuestion> questions, IReadOnlyList<TestKey> keys, IReadOnlyList<TestAnswer> answers, IReadOnlyList<CriterionMarks> marks)
    {
        var key = keys.ToDictionary(one => one.Key);
        var answer = answers.ToDictionary(one => one.Question);
        var mark = marks.ToDictionary(one => one.Question);
        return [.. questions.Select(question => Score(question, key[question.Key], answer.GetValueOrDefault(question.Key), mark.GetValueOrDefault(question.Key)))];
    }

    /// <summary>Points given of points possible, in whole percent, rounded down: who is just below the bar is below it.</summary>
    public static int Percent(IReadOnlyList<QuestionFeedback> feedback) => (int)Math.Floor((100 * feedback.Sum(one => one.Points) / feedback.Sum(one => one.Of)) + 1e-9);

    private static QuestionFeedback Score(TestQuestion question, TestKey key, TestAnswer? answer, CriterionMarks? marks)
    {
        if (key.Criteria is not { } criteria)
            return new QuestionFeedback(question.Key, answer?.Option == key.Right ? question.Points : 0, question.Points, key.Right, key.Why, null, null);
        var met = marks?.Met.Count(one => one) ?? 0;
        return new QuestionFeedback(
            question.Key, (double)question.Points * met / criteria.Count, question.Points, null, key.Why,
            [.. criteria.Select((criterion, at) => new CriterionFeedback(criterion, marks?.Met[at]))], marks?.Comment);
    }
}
