using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Cofferdam.Work.Forms;

[JsonConverter(typeof(JsonStringEnumConverter<QuestionType>))]
public enum QuestionType
{
    /// <summary>Which of two responses is better, and by how much.</summary>
    [JsonStringEnumMemberName("pairwise")]
    Pairwise,

    /// <summary>Free text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}

/// <summary>One question of a form.</summary>
/// <param name="Key">Its name in answers: <c>[a-z0-9][a-z0-9_-]{0,63}</c>.</param>
/// <param name="Title">What is asked; 1 to 500 characters.</param>
/// <param name="Points">Pairwise: steps of the scale. 3, 5 or 7 with a tie in the middle; 2, 4 or 6 without.</param>
/// <param name="Tie">Pairwise: "equal" may be chosen.</param>
/// <param name="MaxLength">Text: most characters, 1 to 100,000; 4,000 if not given.</param>
public sealed record Question(
    string Key, QuestionType Type, string Title, bool Required = false, int? Points = null, bool? Tie = null, int? MaxLength = null);

internal sealed record SealedForm(int V, IReadOnlyList<Question> Questions);

/// <summary>The rules of one version of a form.</summary>
internal sealed partial class Form(IReadOnlyList<Question> questions)
{
    public const int MostQuestions = 50;
    public const int DefaultMaxLength = 4_000;

    public IReadOnlyList<Question> Questions { get; } = questions;

    public static Form Parse(ReadOnlySpan<byte> plaintext) =>
        new(JsonSerializer.Deserialize(plaintext, SealedJson.Shapes.SealedForm)!.Questions);

    /// <summary>Whether these questions make a form.</summary>
    /// <returns>The first fault as a sentence and the question's key; null where there is none.</returns>
    public static (string Sentence, string Field)? Fault(IReadOnlyList<Question>? questions)
    {
        if (questions is not { Count: >= 1 and <= MostQuestions })
            return ($"A form has 1 to {MostQuestions} questions.", "questions");

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (question?.Key is null || !Key().IsMatch(question.Key))
                return ("A question's key has up to 64 small letters, digits, '-' and '_' and begins with a letter or digit.", "key");
            if (!keys.Add(question.Key))
                return ("Two questions have the same key.", question.Key);
            if (question.Title is not { Length: >= 1 and <= 500 })
                return ("A question's title has 1 to 500 characters.", question.Key);
            if (question.Type is QuestionType.Pairwise && question.Points is not (2 or 3 or 4 or 5 or 6 or 7))
                return ("A pairwise scale has 2 to 7 points.", question.Key);
            if (question.Type is QuestionType.Pairwise && question.Points % 2 != (question.Tie is true ? 1 : 0))
                return ("A scale with a tie has an odd number of points; one without has an even number.", question.Key);
            if (question.Type is QuestionType.Text && question.MaxLength is < 1 or > 100_000)
                return ("A text may have at most 1 to 100,000 characters.", question.Key);
        }

        return questions.Any(question => question.Type is QuestionType.Pairwise)
            ? null
            : ("A form needs a pairwise question.", "questions");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    public static partial Regex Key();
}
