using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary><c>{"values":["x"]}</c>, shown and sealed.</summary>
internal sealed class ChoiceRule : QuestionRule<string[]>
{
    private const int MostOptions = 500;

    public static ChoiceRule Rule { get; } = new();

    public override bool HasTerms => true;

    protected override string Property => "values";

    public override string? Fault(Question question)
    {
        if (OptionRule.Fault(question.Options, 2, MostOptions, "option") is { } fault)
            return fault;
        if (question.Multiple is not true)
            return question.Min is null && question.Max is null ? null : "Only a multiple choice has a least and a most.";
        var count = question.Options!.Count;
        return Whole(question.Min, 0, count) && Whole(question.Max, Math.Max(1, question.Min ?? 1), count)
            ? null
            : "The least and the most that are chosen are whole numbers, no more than there are options.";

        static bool Whole(decimal? number, decimal least, decimal most) =>
            number is not { } value || (value >= least && value <= most && value == decimal.Truncate(value));
    }

    public override bool CanBe(Question question, string term) => question.Options!.Any(option => option.Value == term);

    protected override string Wanted(Question question, ItemShape item) => "The values are a list of options' values.";

    protected override string? Fault(Question question, string[] value, ItemShape item)
    {
        if (value.Distinct(StringComparer.Ordinal).Count() < value.Length)
            return "An option is chosen twice.";
        if (!value.All(chosen => CanBe(question, chosen)))
            return "There is no such option.";
        if (question.Multiple is not true)
            return value.Length == 1 ? null : "One option is chosen.";
        var least = (int)(question.Min ?? (question.Required ? 1 : 0));
        var most = (int)(question.Max ?? question.Options!.Count);
        return value.Length < least || value.Length > most ? $"{least} to {most} options are chosen." : null;
    }

    protected override bool TryRead(JsonElement content, out string[] value)
    {
        value = [];
        if (content.ValueKind is JsonValueKind.String)
        {
            value = [content.GetString()!];
            return true;
        }

        if (content.ValueKind is not JsonValueKind.Array || content.GetArrayLength() > MostOptions
            || content.EnumerateArray().Any(one => one.ValueKind is not JsonValueKind.String))
            return false;
        value = [.. content.EnumerateArray().Select(one => one.GetString()!)];
        return true;
    }

    protected override void WriteContent(Utf8JsonWriter json, string[] value)
    {
        json.WriteStartArray();
        foreach (var chosen in value)
            json.WriteStringValue(chosen);
        json.WriteEndArray();
    }

    // Values hold no line breaks.
    protected override string Spell(string[] value) => string.Join('\n', value.Order(StringComparer.Ordinal));

    protected override bool Is(string[] value, ShownItem item, string term) => value.Contains(term, StringComparer.Ordinal);
}
