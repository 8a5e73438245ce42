using System.Globalization;
using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <param name="Start">First code point, from 0.</param>
/// <param name="End">The code point after its last.</param>
internal readonly record struct TextSpan(int Start, int End, string Label);

/// <summary><c>{"spans":[{"start":0,"end":5,"label":"PER"}]}</c>, shown and sealed; sealed in order of start, end and label.</summary>
internal sealed class SpansRule : QuestionRule<TextSpan[]>
{
    private const int MostLabels = 200;
    private const int MostSpans = 5_000;

    public static SpansRule Rule { get; } = new();

    protected override string Property => "spans";

    public override string? Fault(Question question) => OptionRule.Fault(question.Labels, 1, MostLabels, "label");

    public override bool CanAsk(ItemShape item) => item.TextLength is not null;

    protected override string Wanted(Question question, ItemShape item) =>
        $"The spans are a list of at most {MostSpans} objects with a start and an end from 0 to {item.TextLength}, counted in code points, and a label.";

    protected override string? Fault(Question question, TextSpan[] value, ItemShape item)
    {
        var labels = question.Labels!.Select(label => label.Value).ToHashSet(StringComparer.Ordinal);
        var end = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var span = value[i];
            if (span.Start < 0 || span.End <= span.Start || span.End > item.TextLength)
                return Wanted(question, item);
            if (!labels.Contains(span.Label))
                return "There is no such label.";
            if (i > 0 && span == value[i - 1])
                return "The same span has the same label twice.";
            if (span.Start < end && question.Overlap is not true)
                return "Two spans cover the same characters, which is not allowed here.";
            end = Math.Max(end, span.End);
        }

        return null;
    }

    protected override bool TryRead(JsonElement content, out TextSpan[] value)
    {
        value = [];
        if (content.ValueKind is not JsonValueKind.Array || content.GetArrayLength() > MostSpans)
            return false;
        var spans = new List<TextSpan>(content.GetArrayLength());
        foreach (var one in content.EnumerateArray())
        {
            if (one.ValueKind is not JsonValueKind.Object
                || !TryNumber(one, "start"u8, out var start) || !TryNumber(one, "end"u8, out var end)
                || !one.TryGetProperty("label"u8, out var label) || label.ValueKind is not JsonValueKind.String)
                return false;
            spans.Add(new TextSpan(start, end, label.GetString()!));
        }

        value = [.. spans.OrderBy(span => span.Start).ThenBy(span => span.End).ThenBy(span => span.Label, StringComparer.Ordinal)];
        return true;
    }

    protected override void WriteContent(Utf8JsonWriter json, TextSpan[] value)
    {
        json.WriteStartArray();
        foreach (var span in value)
        {
            json.WriteStartObject();
            json.WriteNumber("start"u8, span.Start);
            json.WriteNumber("end"u8, span.End);
            json.WriteString("label"u8, span.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Labels hold no line breaks.
    protected override string Spell(TextSpan[] value) =>
        string.Join('\n', value.Select(span => string.Create(CultureInfo.InvariantCulture, $"{span.Start}-{span.End} {span.Label}")));

    private static bool TryNumber(JsonElement span, ReadOnlySpan<byte> name, out int value)
    {
        value = 0;
        return span.TryGetProperty(name, out var number) && number.ValueKind is JsonValueKind.Number && number.TryGetInt32(out value);
    }
}
