using System.Text.Json;

namespace Cofferdam.Delivery.Reading;

/// <summary>Types of questions, as forms name them.</summary>
internal static class QuestionTypes
{
    public const string Pairwise = "pairwise";
    public const string Ranking = "ranking";
    public const string Choice = "choice";
    public const string Rating = "rating";
    public const string Number = "number";
    public const string Text = "text";
    public const string Spans = "spans";

    /// <summary>Types whose answers can be compared as votes.</summary>
    public static bool IsVote(string type) => type is Pairwise or Ranking or Choice or Rating or Spans;
}

/// <param name="Value">As answers name it.</param>
internal sealed record DeliveredOption(string Value, string Label);

/// <summary>A question as shapes need it.</summary>
/// <param name="Options">Of a choice, or the labels of spans; otherwise empty.</param>
/// <param name="Multiple">A choice of more than one option.</param>
/// <param name="From">Lowest point of a rating: 0 or 1.</param>
/// <param name="Points">Of a rating or a pairwise scale; otherwise 0.</param>
/// <param name="Ties">A ranking in which responses may share a rank.</param>
internal sealed record DeliveredQuestion(
    string Key, string Type, string Title, bool Required, IReadOnlyList<DeliveredOption> Options, bool Multiple, int From, int Points, bool Ties)
{
    /// <summary>Highest point of a rating.</summary>
    public int To => From + Points - 1;
}

/// <summary>One version of a form.</summary>
internal sealed record DeliveredForm(int Version, IReadOnlyList<DeliveredQuestion> Questions)
{
    /// <summary>What decides: the first required question whose answers are votes; otherwise the first question.</summary>
    public DeliveredQuestion? Deciding =>
        Questions.FirstOrDefault(question => question.Required && QuestionTypes.IsVote(question.Type)) ?? (Questions.Count > 0 ? Questions[0] : null);

    public DeliveredQuestion? First(string type) => Questions.FirstOrDefault(question => question.Type == type);

    /// <param name="form">As it was sealed.</param>
    public static DeliveredForm Read(int version, JsonElement form) =>
        new(version, [.. form.GetProperty("questions"u8).EnumerateArray().Select(Question)]);

    private static DeliveredQuestion Question(JsonElement question)
    {
        var type = question.GetProperty("type"u8).GetString()!;
        return new DeliveredQuestion(
            question.GetProperty("key"u8).GetString()!,
            type,
            question.TryGetProperty("title"u8, out var title) ? title.GetString() ?? "" : "",
            Is(question, "required"),
            [.. Options(question, type == QuestionTypes.Spans ? "labels" : "options")],
            Is(question, "multiple"),
            Number(question, "from", 1),
            Number(question, "points", 0),
            Is(question, "ties"));
    }

    private static bool Is(JsonElement question, string name) => question.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static IEnumerable<DeliveredOption> Options(JsonElement question, string name) =>
        question.TryGetProperty(name, out var options) && options.ValueKind is JsonValueKind.Array
            ? options.EnumerateArray().Select(option => new DeliveredOption(
                option.GetProperty("value"u8).GetString()!,
                option.TryGetProperty("label"u8, out var label) && label.GetString() is { } text ? text : option.GetProperty("value"u8).GetString()!))
            : [];

    private static int Number(JsonElement question, string name, int missing) =>
        question.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : missing;
}
