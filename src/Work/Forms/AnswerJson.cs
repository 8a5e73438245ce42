using System.Buffers;
using System.Text.Json;

namespace Cofferdam.Work.Forms;

/// <summary>What is wrong with an answer.</summary>
/// <param name="Field">Key of the question.</param>
internal sealed record AnswerFault(string Sentence, string Field);

/// <summary>
/// Answers between two shapes. The page knows left and right and sends <c>{"choice":n}</c>, below 0 where left is better;
/// what is sealed knows responses a and b, and how they were shown.
/// </summary>
internal static class AnswerJson
{
    public static AnswerFault NotWhole { get; } = new("A text holds half a character, which cannot be kept. Delete what shows as a box or a question mark.", "answers");

    /// <summary>Checks answers in shown terms and writes them in a/b terms, ready to be sealed.</summary>
    /// <param name="answers">An object with one property per question that was answered.</param>
    /// <param name="seconds">Time counted on the task.</param>
    /// <returns>The fault; null where <paramref name="output"/> holds the answer.</returns>
    public static AnswerFault? Write(Form form, JsonElement answers, bool flipped, double seconds, IBufferWriter<byte> output)
    {
        if (answers.ValueKind is not JsonValueKind.Object)
            return new AnswerFault("Answers are an object with one property per question.", "answers");
        if (!WholeText.Is(answers))
            return NotWhole;
        foreach (var property in answers.EnumerateObject())
        {
            if (!form.Questions.Any(question => question.Key == property.Name))
                return new AnswerFault("The form has no such question.", property.Name);
        }

        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = SealedJson.Shapes.Options.Encoder });
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteStartObject("answers");
        foreach (var question in form.Questions)
        {
            var given = answers.TryGetProperty(question.Key, out var answer) && answer.ValueKind is not JsonValueKind.Null;
            if (!given && question.Required)
                return new AnswerFault("This question must be answered.", question.Key);
            if (given && WriteOne(json, question, answer, flipped) is { } fault)
                return fault;
        }

        json.WriteEndObject();
        json.WriteBoolean("flipped", flipped);
        json.WriteNumber("seconds", seconds);
        json.WriteEndObject();
        json.Flush();
        return null;
    }

    /// <summary>Writes the answers of a sealed answer in shown terms, as one JSON object.</summary>
    public static void WriteShown(Utf8JsonWriter json, ReadOnlyMemory<byte> plaintext)
    {
        using var document = JsonDocument.Parse(plaintext);
        json.WriteStartObject();
        foreach (var answer in document.RootElement.GetProperty("answers").EnumerateObject())
        {
            json.WritePropertyName(answer.Name);
            if (answer.Value.TryGetProperty("shown", out var shown))
            {
                var strength = answer.Value.GetProperty("strength").GetInt32();
                json.WriteStartObject();
                json.WriteNumber("choice", shown.ValueEquals("left"u8) ? -strength : strength);
                json.WriteEndObject();
            }
            else
            {
                answer.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static AnswerFault? WriteOne(Utf8JsonWriter json, Question question, JsonElement answer, bool flipped) => question.Type switch
    {
        QuestionType.Pairwise => WritePairwise(json, question, answer, flipped),
        _ => WriteText(json, question, answer),
    };

    private static AnswerFault? WritePairwise(Utf8JsonWriter json, Question question, JsonElement answer, bool flipped)
    {
        var most = question.Points!.Value / 2;
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("choice", out var value)
            || value.ValueKind is not JsonValueKind.Number || !value.TryGetInt32(out var choice) || Math.Abs((long)choice) > most)
            return new AnswerFault($"The choice is a whole number from -{most} to {most}.", question.Key);
        if (choice == 0 && question.Tie is not true)
            return new AnswerFault("This scale has no tie.", question.Key);

        json.WriteStartObject(question.Key);
        json.WriteString("preference"u8, choice == 0 ? "tie"u8 : choice < 0 == flipped ? "b"u8 : "a"u8);
        json.WriteNumber("strength"u8, Math.Abs(choice));
        json.WriteString("shown"u8, choice == 0 ? "tie"u8 : choice < 0 ? "left"u8 : "right"u8);
        json.WriteEndObject();
        return null;
    }

    private static AnswerFault? WriteText(Utf8JsonWriter json, Question question, JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("text", out var value) || value.ValueKind is not JsonValueKind.String)
            return new AnswerFault("The answer is an object with a text.", question.Key);
        var text = value.GetString()!;
        var most = question.MaxLength ?? Form.DefaultMaxLength;
        if (text.Length > most)
            return new AnswerFault($"The text has {text.Length} characters; at most {most} are allowed.", question.Key);
        if (question.Required && string.IsNullOrWhiteSpace(text))
            return new AnswerFault("This question must be answered.", question.Key);
        json.WriteStartObject(question.Key);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        return null;
    }
}
