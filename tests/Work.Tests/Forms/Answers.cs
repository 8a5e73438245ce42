using System.Buffers;
using System.Text;
using System.Text.Json;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Tests.Forms;

/// <summary>Answers as the page sends them, through to what is sealed and back.</summary>
internal static class Answers
{
    public static Question Pairwise { get; } = new() { Key = "q", Type = QuestionType.Pairwise, Title = "t", Required = true, Points = 5, Tie = true };

    public static Question Ranking { get; } = new() { Key = "q", Type = QuestionType.Ranking, Title = "t", Required = true, Ties = true };

    public static Question Choice { get; } = new()
    {
        Key = "q",
        Type = QuestionType.Choice,
        Title = "t",
        Required = true,
        Multiple = true,
        Min = 1,
        Max = 2,
        Options = [new("x", "X", "1"), new("y", "Y"), new("ü \"z\"", "Z")],
    };

    public static Question Rating { get; } = new() { Key = "q", Type = QuestionType.Rating, Title = "t", Required = true, Points = 5 };

    public static Question Number { get; } = new() { Key = "q", Type = QuestionType.Number, Title = "t", Required = true, Min = -1, Max = 100 };

    public static Question Text { get; } = new() { Key = "q", Type = QuestionType.Text, Title = "t", Required = true, MaxLength = 20 };

    public static Question Spans { get; } = new()
    {
        Key = "q",
        Type = QuestionType.Spans,
        Title = "t",
        Required = true,
        Labels = [new("PER", "Person"), new("LOC", "Place")],
    };

    /// <summary>An item that has everything: a pair, four responses, a text of ten code points.</summary>
    public static ItemShape Everything { get; } = new(true, 4, 10);

    public static ShownItem Show(this ItemShape shape, bool flipped = false, Guid slot = default) =>
        new Arrangement(slot, flipped, "key"u8.ToArray()).Show(shape);

    public static (string? Sealed, Fault? Fault) Write(this Form form, string answers, ShownItem item)
    {
        var output = new ArrayBufferWriter<byte>();
        using var document = JsonDocument.Parse(answers);
        var fault = AnswerJson.Write(form, document.RootElement, item, 1.5, output);
        return (fault is null ? Encoding.UTF8.GetString(output.WrittenSpan) : null, fault);
    }

    public static string WriteShown(string sealedAnswer) => JsonOf(json => AnswerJson.WriteShown(json, Encoding.UTF8.GetBytes(sealedAnswer)));

    public static string WriteSuggestions(this Form form, ShownItem item) => JsonOf(json => AnswerJson.WriteSuggestions(json, form, item));

    public static string Vote(this Form form, string sealedAnswer) => Encoding.UTF8.GetString(AnswerJson.Vote(form, Encoding.UTF8.GetBytes(sealedAnswer)));

    private static string JsonOf(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = SealedJson.Shapes.Options.Encoder }))
            write(json);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
