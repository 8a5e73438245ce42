using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary><c>{"text":"…"}</c>, shown and sealed.</summary>
internal sealed class TextRule : QuestionRule<string>
{
    private const int DefaultMaxLength = 4_000;

    public static TextRule Rule { get; } = new();

    public override bool CanDecide => false;

    protected override string Property => "text";

    public override string? Fault(Question question) =>
        question.MaxLength is < 1 or > 100_000 ? "A text may have at most 1 to 100,000 characters." : null;

    protected override string Wanted(Question question, ItemShape item) => "The answer is an object with a text.";

    protected override string? Fault(Question question, string value, ItemShape item)
    {
        var most = question.MaxLength ?? DefaultMaxLength;
        if (value.Length > most)
            return $"The text has {value.Length} characters; at most {most} are allowed.";
        return question.Required && string.IsNullOrWhiteSpace(value) ? AnswerJson.Missing : null;
    }

    protected override bool TryRead(JsonElement content, out string value)
    {
        value = content.ValueKind is JsonValueKind.String ? content.GetString()! : "";
        return content.ValueKind is JsonValueKind.String;
    }

    protected override void WriteContent(Utf8JsonWriter json, string value) => json.WriteStringValue(value);

    protected override string Spell(string value) => value;
}
