using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>Names in a text: the prompts of the sample, or a file in CoNLL's columns with its tags as suggestions.</summary>
internal sealed class SpansShape : DemoShape
{
    private static readonly string[] Own = ["PER", "ORG", "LOC", "MISC"];

    public override string Name => "spans";

    public override string Delivery => "conll";

    public override IReadOnlyList<string> Endings => [".conll", ".jsonl", ".json"];

    public override Question Question(DemoItems items, Canary canary) => new(
        Judgement, "spans", $"Mark every name. {canary.Mark}", Required: true)
    {
        Labels = [.. (items.Terms ?? Own).Select(term => new QuestionOption(term, $"{term} {canary.Mark}"))],
    };

    public override async Task<DemoItems> MakeAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        var samples = await Samples.ReadAsync(cancellation);
        return await WriteAsync(folder, canary, Enumerable.Range(0, Made).Select(i => new JsonObject
        {
            ["id"] = $"demo-{i:D4}-{canary.Mark}",
            // Characters beyond the first plane: a place counted in UTF-16 units would be another.
            ["text"] = $"\U0001F44B Anna from Porto asks {i}: {Samples.Prompt(samples[i % samples.Count])} {canary.Mark}",
        }), cancellation);
    }

    public override async Task<DemoItems> ReadAsync(DemoItems given, CancellationToken cancellation)
    {
        if (!given.Files[0].EndsWith(".conll", StringComparison.OrdinalIgnoreCase))
            return given;
        var terms = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var line in File.ReadLinesAsync(given.Files[0], cancellation))
        {
            if (line.Split(' ', '\t')[^1] is ['B' or 'I', '-', .. var label])
                terms.Add(label);
        }

        return given with { Terms = [.. terms], Map = new Dictionary<string, string>(given.Map, StringComparer.Ordinal) { [$"prelabel.{Judgement}"] = "tag" } };
    }

#pragma warning disable CA5394 // Behaviour that can be repeated; nothing secret hangs on it.
    /// <summary>What is suggested, or every word with a capital; sometimes one is left out.</summary>
    public override QuestionAnswer Answer(AnnotationTask task, Question question, Random habit)
    {
        var spans = (task.Prelabels?.GetValueOrDefault(Judgement)?.Spans ?? Capitals(task.Text!, question)).ToList();
        if (spans.Count > 0 && habit.Next(8) == 0)
            spans.RemoveAt(habit.Next(spans.Count));
        return new QuestionAnswer { Spans = spans };
    }
#pragma warning restore CA5394

    public override string? Meaning(AnnotationTask task, QuestionAnswer answer) => InWords(task.Text!, answer.Spans!);

    public override string? Meaning(JsonElement item, JsonElement answer) => InWords(item.GetProperty("text").GetString()!, Shown(answer).Spans!);

    public override QuestionAnswer Shown(JsonElement answer) => new()
    {
        Spans = [.. answer.GetProperty("spans").EnumerateArray().Select(span =>
            new Span(span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32(), span.GetProperty("label").GetString()!))],
    };

    public override QuestionAnswer Known(JsonElement item, Question question) =>
        item.TryGetProperty("prelabels", out var suggested) && suggested.TryGetProperty(Judgement, out var known)
            ? Shown(known)
            : new() { Spans = Capitals(item.GetProperty("text").GetString()!, question) };

    private static string InWords(string text, IEnumerable<Span> spans)
    {
        var runes = text.EnumerateRunes().ToList();
        return string.Join('|', spans.Select(span => $"{span.Label}:{string.Concat(runes.Skip(span.Start).Take(span.End - span.Start))}"));
    }

    private static List<Span> Capitals(string text, Question question)
    {
        var runes = text.EnumerateRunes().ToList();
        var spans = new List<Span>();
        for (var start = 0; start < runes.Count; start++)
        {
            if (!Rune.IsLetterOrDigit(runes[start]))
                continue;
            var end = start;
            while (end < runes.Count && Rune.IsLetterOrDigit(runes[end]))
                end++;
            if (Rune.IsUpper(runes[start]))
                spans.Add(new Span(start, end, question.Labels![Taste(string.Concat(runes.Skip(start).Take(end - start))) % question.Labels.Count].Value));
            start = end;
        }

        return spans;
    }
}
