using System.Buffers;
using System.Text;
using System.Text.Json;
using Cofferdam.Work.Forms.Rules;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms;

/// <summary>
/// Answers between two shapes. The page knows what it shows, left and right, first and last; what is sealed knows the
/// item, a and b, and how it was shown.
/// </summary>
internal static class AnswerJson
{
    public const string Missing = "This question must be answered.";

    public static Fault NotWhole { get; } = new("A text holds half a character, which cannot be kept. Delete what shows as a box or a question mark.", "answers");

    /// <summary>Checks answers in shown terms and writes them in item terms, ready to be sealed.</summary>
    /// <param name="answers">An object with one property per question that was answered.</param>
    /// <param name="item">What the person was shown.</param>
    /// <param name="seconds">Time counted on the task.</param>
    /// <returns>The fault; null where <paramref name="output"/> holds the answer.</returns>
    public static Fault? Write(Form form, JsonElement answers, ShownItem item, double seconds, IBufferWriter<byte> output)
    {
        if (answers.ValueKind is not JsonValueKind.Object)
            return new Fault("Answers are an object with one property per question.", "answers");
        if (!WholeText.Is(answers))
            return NotWhole;
        foreach (var property in answers.EnumerateObject())
        {
            if (!form.Questions.Any(question => question.Key == property.Name))
                return new Fault("The form has no such question.", property.Name);
        }

        using var prelabels = item.Shape.Prelabels.IsEmpty ? null : JsonDocument.Parse(item.Shape.Prelabels);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = SealedJson.Shapes.Options.Encoder });
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteStartObject("answers");
        var good = new Dictionary<string, (QuestionRule Rule, JsonElement Answer)>(StringComparer.Ordinal);
        foreach (var question in form.Questions)
        {
            var rule = QuestionRule.Of(question.Type);
            var given = answers.TryGetProperty(question.Key, out var answer) && answer.ValueKind is not JsonValueKind.Null;
            if (!rule.CanAsk(item.Shape) || !IsAsked(question.ShowIf, good, item))
            {
                if (given)
                    return new Fault("This question is not asked here.", question.Key);
                continue;
            }

            if (!given && question.Required)
                return new Fault(Missing, question.Key);
            if (!given)
                continue;
            var suggestion = prelabels is not null && prelabels.RootElement.TryGetProperty(question.Key, out var found) ? found : (JsonElement?)null;
            if (rule.Write(json, question, answer, item, suggestion) is { } fault)
                return new Fault(fault, question.Key);
            good.Add(question.Key, (rule, answer));
        }

        json.WriteEndObject();
        json.WriteBoolean("flipped", item.Flipped);
        json.WriteNumber("seconds", seconds);
        json.WriteEndObject();
        json.Flush();
        return null;
    }

    /// <summary>Writes the answers of a sealed answer in shown terms, as one JSON object. Each says what became of a prelabel where there was one.</summary>
    public static void WriteShown(Utf8JsonWriter json, ReadOnlyMemory<byte> plaintext)
    {
        using var document = JsonDocument.Parse(plaintext);
        json.WriteStartObject();
        foreach (var answer in document.RootElement.GetProperty("answers"u8).EnumerateObject())
        {
            json.WritePropertyName(answer.Name);
            // What was sealed says by itself what it is; only these two differ from what is shown.
            var pairwise = answer.Value.TryGetProperty("preference"u8, out _);
            if (!pairwise && !answer.Value.TryGetProperty("ranks"u8, out _))
            {
                answer.Value.WriteTo(json);
                continue;
            }

            json.WriteStartObject();
            if (pairwise)
                PairwiseRule.WriteShown(json, answer.Value);
            else
                RankingRule.WriteShown(json, answer.Value);
            if (answer.Value.TryGetProperty("prelabel"u8, out var prelabel))
                json.WriteString("prelabel"u8, prelabel.GetString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes an item's prelabels in shown terms, as one JSON object; those that do not fit the form are left out.</summary>
    public static void WriteSuggestions(Utf8JsonWriter json, Form form, ShownItem item)
    {
        using var prelabels = JsonDocument.Parse(item.Shape.Prelabels);
        json.WriteStartObject();
        foreach (var question in form.Questions)
        {
            var rule = QuestionRule.Of(question.Type);
            if (rule.CanAsk(item.Shape) && prelabels.RootElement.TryGetProperty(question.Key, out var suggestion))
                rule.WriteSuggestion(json, question, suggestion, item);
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// What an answer says to the form's deciding question, in one spelling per content: answers that say the same give
    /// the same bytes.
    /// </summary>
    /// <param name="plaintext">As it was sealed; so is a known answer, <c>{"v":1,"answers":{…}}</c>.</param>
    /// <returns>UTF-8; empty where the question was not answered.</returns>
    public static byte[] Vote(Form form, ReadOnlyMemory<byte> plaintext)
    {
        using var document = JsonDocument.Parse(plaintext);
        return document.RootElement.GetProperty("answers"u8).TryGetProperty(form.Deciding.Key, out var answer)
            && QuestionRule.Of(form.Deciding.Type).Vote(answer) is { } vote
            ? Encoding.UTF8.GetBytes(vote)
            : [];
    }

    private static bool IsAsked(ShowIf? condition, Dictionary<string, (QuestionRule Rule, JsonElement Answer)> good, ShownItem item) =>
        condition is null || (good.TryGetValue(condition.Question, out var on) && on.Rule.IsOneOf(on.Answer, item, condition.Is));
}
