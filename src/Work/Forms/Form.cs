using System.Text.Json;
using System.Text.RegularExpressions;
using Cofferdam.Work.Forms.Rules;

namespace Cofferdam.Work.Forms;

internal sealed record SealedForm(int V, IReadOnlyList<Question> Questions);

/// <summary>The rules of one version of a form.</summary>
internal sealed partial class Form(IReadOnlyList<Question> questions)
{
    public const int MostQuestions = 50;
    private const int MostTerms = 500;

    public IReadOnlyList<Question> Questions { get; } = questions;

    /// <summary>The question whose answers are held against each other: agreement, majority and known answers go by it.</summary>
    public Question Deciding { get; } =
        questions.FirstOrDefault(question => question.Required && QuestionRule.Of(question.Type).CanDecide) ?? questions[0];

    public static Form Parse(ReadOnlySpan<byte> plaintext) =>
        new(JsonSerializer.Deserialize(plaintext, SealedJson.Shapes.SealedForm)!.Questions);

    /// <summary>Whether these questions make a form.</summary>
    /// <returns>The first fault, at the question's key; null where there is none.</returns>
    public static Fault? Fault(IReadOnlyList<Question>? questions)
    {
        if (questions is not { Count: >= 1 and <= MostQuestions })
            return new($"A form has 1 to {MostQuestions} questions.", "questions");

        var earlier = new Dictionary<string, Question>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (question?.Key is null || !Key().IsMatch(question.Key))
                return new("A question's key has up to 64 small letters, digits, '-' and '_' and begins with a letter or digit.", "key");
            if (earlier.ContainsKey(question.Key))
                return new("Two questions have the same key.", question.Key);
            if (FaultOf(question) is { } fault)
                return new(fault, question.Key);
            if (question.ShowIf is { } condition && FaultOf(condition, earlier) is { } wrong)
                return new(wrong, question.Key);
            earlier.Add(question.Key, question);
        }

        return null;
    }

    private static string? FaultOf(Question question)
    {
        if (!Enum.IsDefined(question.Type))
            return "There is no such type of question.";
        if (question.Title is not { Length: >= 1 and <= 500 })
            return "A question's title has 1 to 500 characters.";
        return question.Help is { Length: > 4_000 }
            ? "A question's help has at most 4,000 characters."
            : QuestionRule.Of(question.Type).Fault(question);
    }

    private static string? FaultOf(ShowIf condition, Dictionary<string, Question> earlier)
    {
        if (condition.Question is null || !earlier.TryGetValue(condition.Question, out var asked))
            return "A question can depend only on one that comes before it.";
        var rule = QuestionRule.Of(asked.Type);
        if (!rule.HasTerms)
            return "A question can depend only on a pairwise question, a choice, a rating or a number.";
        return condition.Is is { Count: >= 1 and <= MostTerms } && condition.Is.All(term => term is not null && rule.CanBe(asked, term))
            ? null
            : $"A question that depends on another names 1 to {MostTerms} of the answers that the other can have.";
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    public static partial Regex Key();
}
