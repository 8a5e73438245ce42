using System.Globalization;
using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary><c>{"number":n}</c>, shown and sealed: a decimal number of up to 28 digits, kept as it was written.</summary>
internal sealed class NumberRule : QuestionRule<decimal>
{
    public static NumberRule Rule { get; } = new();

    public override bool CanDecide => false;

    public override bool HasTerms => true;

    protected override string Property => "number";

    public override string? Fault(Question question)
    {
        if (question.Min > question.Max)
            return "The least is greater than the greatest.";
        return question.Unit is { Length: > 40 } ? "A unit has at most 40 characters." : null;
    }

    public override bool CanBe(Question question, string term) => TryParse(term, out var value) && IsIn(question, value);

    protected override string Wanted(Question question, ItemShape item)
    {
        var kind = question.Whole is true ? "a whole number" : "a number";
        return (question.Min, question.Max) switch
        {
            ({ } min, { } max) => $"The answer is {kind} from {Spell(min)} to {Spell(max)}.",
            ({ } min, null) => $"The answer is {kind}, at least {Spell(min)}.",
            (null, { } max) => $"The answer is {kind}, at most {Spell(max)}.",
            _ => $"The answer is {kind}.",
        };
    }

    protected override string? Fault(Question question, decimal value, ItemShape item) => IsIn(question, value) ? null : Wanted(question, item);

    protected override bool TryRead(JsonElement content, out decimal value)
    {
        value = 0;
        return content.ValueKind is JsonValueKind.Number && content.TryGetDecimal(out value);
    }

    protected override void WriteContent(Utf8JsonWriter json, decimal value) => json.WriteNumberValue(value);

    // Without the zeros at its end: 1.50 and 1.5 are the same.
    protected override string Spell(decimal value) => value == 0 ? "0" : value.ToString("0.############################", CultureInfo.InvariantCulture);

    protected override bool Is(decimal value, ShownItem item, string term) => TryParse(term, out var named) && named == value;

    private static bool TryParse(string term, out decimal value) =>
        decimal.TryParse(term, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static bool IsIn(Question question, decimal value) =>
        !(value < question.Min) && !(value > question.Max) && (question.Whole is not true || value == decimal.Truncate(value));
}
