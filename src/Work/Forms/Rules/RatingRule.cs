using System.Globalization;
using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary><c>{"rating":n}</c>, shown and sealed.</summary>
internal sealed class RatingRule : QuestionRule<int>
{
    public static RatingRule Rule { get; } = new();

    public override bool HasTerms => true;

    protected override string Property => "rating";

    public override string? Fault(Question question)
    {
        if (question.Points is not (>= 2 and <= 11))
            return "A rating has 2 to 11 points.";
        if (question.From is not (null or 0 or 1))
            return "A rating begins at 0 or 1.";
        return question.Low is { Length: > 200 } || question.High is { Length: > 200 } ? "The words for an end have at most 200 characters." : null;
    }

    public override bool CanBe(Question question, string term) =>
        int.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= Lowest(question) && value <= Highest(question);

    protected override string Wanted(Question question, ItemShape item) =>
        $"The rating is a whole number from {Lowest(question)} to {Highest(question)}.";

    protected override string? Fault(Question question, int value, ItemShape item) =>
        value < Lowest(question) || value > Highest(question) ? Wanted(question, item) : null;

    protected override bool TryRead(JsonElement content, out int value)
    {
        value = 0;
        return content.ValueKind is JsonValueKind.Number && content.TryGetInt32(out value);
    }

    protected override void WriteContent(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);

    protected override string Spell(int value) => value.ToString(CultureInfo.InvariantCulture);

    protected override bool Is(int value, ShownItem item, string term) => term == Spell(value);

    private static int Lowest(Question question) => question.From ?? 1;

    private static int Highest(Question question) => Lowest(question) + question.Points!.Value - 1;
}
