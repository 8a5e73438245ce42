using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary>Shown: <c>{"choice":n}</c>, below 0 where left is better. Sealed: preference a, b or tie, its strength, and the side.</summary>
/// <remarks>An answer is a number: above 0 where a is better, below 0 where b is.</remarks>
internal sealed class PairwiseRule : QuestionRule<int>
{
    public static PairwiseRule Rule { get; } = new();

    public override bool HasTerms => true;

    protected override string Property => "preference";

    public override string? Fault(Question question)
    {
        if (question.Points is not (>= 2 and <= 7))
            return "A pairwise scale has 2 to 7 points.";
        return question.Points % 2 != (question.Tie is true ? 1 : 0)
            ? "A scale with a tie has an odd number of points; one without has an even number."
            : null;
    }

    public override bool CanAsk(ItemShape item) => item.IsPair;

    public override bool CanBe(Question question, string term) => term is "left" or "right" || (term is "tie" && question.Tie is true);

    /// <summary>Writes what was sealed in shown terms.</summary>
    public static void WriteShown(Utf8JsonWriter json, JsonElement answer)
    {
        var strength = answer.GetProperty("strength"u8).GetInt32();
        json.WriteNumber("choice"u8, answer.GetProperty("shown"u8).ValueEquals("left"u8) ? -strength : strength);
    }

    protected override string Wanted(Question question, ItemShape item) =>
        $"The choice is a whole number from -{question.Points / 2} to {question.Points / 2}.";

    protected override string? Fault(Question question, int value, ItemShape item)
    {
        if (Math.Abs((long)value) > question.Points!.Value / 2)
            return Wanted(question, item);
        return value == 0 && question.Tie is not true ? "This scale has no tie." : null;
    }

    protected override bool TryReadShown(JsonElement answer, ShownItem item, out int value)
    {
        value = 0;
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("choice"u8, out var content)
            || content.ValueKind is not JsonValueKind.Number || !content.TryGetInt32(out var choice) || choice == int.MinValue)
            return false;
        value = item.Flipped ? choice : -choice;
        return true;
    }

    protected override bool TryReadSealed(JsonElement answer, out int value)
    {
        if (!base.TryReadSealed(answer, out value))
            return false;
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("strength"u8, out var given))
            return true;
        if (given.ValueKind is not JsonValueKind.Number || !given.TryGetInt32(out var strength) || strength is < 0 or > 3)
            return false;
        value *= strength;
        return true;
    }

    protected override bool TryRead(JsonElement content, out int value)
    {
        value = 0;
        if (content.ValueKind is not JsonValueKind.String)
            return false;
        value = content.ValueEquals("a"u8) ? 1 : content.ValueEquals("b"u8) ? -1 : 0;
        return value != 0 || content.ValueEquals("tie"u8);
    }

    protected override void WriteContent(Utf8JsonWriter json, int value) => json.WriteStringValue(Spell(value));

    protected override void WriteSealed(Utf8JsonWriter json, int value, ShownItem item)
    {
        base.WriteSealed(json, value, item);
        json.WriteNumber("strength"u8, Math.Abs(value));
        json.WriteString("shown"u8, Side(value, item));
    }

    protected override void WriteShown(Utf8JsonWriter json, int value, ShownItem item) =>
        json.WriteNumber("choice"u8, item.Flipped ? value : -value);

    protected override string Spell(int value) => value switch { > 0 => "a", < 0 => "b", _ => "tie" };

    protected override bool Same(int answer, int suggestion) => answer == suggestion;

    protected override bool Is(int value, ShownItem item, string term) => term == Side(value, item);

    private static string Side(int value, ShownItem item) => value == 0 ? "tie" : value > 0 != item.Flipped ? "left" : "right";
}
