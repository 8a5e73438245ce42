using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>What a question of everyday life is about: the prompts of the sample, or a file with a column of categories.</summary>
internal sealed class ChoiceShape : DemoShape
{
    private static readonly string[] Own = ["home", "money", "health", "other"];
    private static readonly string[] Columns = ["category", "label", "intent"];

    public override string Name => "choice";

    public override string Delivery => "choice-jsonl";

    public override Question Question(DemoItems items, Canary canary) => new(
        Judgement, "choice", $"What is it about? {canary.Mark}", Required: true)
    {
        Options = [.. (items.Terms ?? Own).Select(term => new QuestionOption(term, $"{term} {canary.Mark}"))],
    };

    public override async Task<DemoItems> MakeAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        var samples = await Samples.ReadAsync(cancellation);
        return await WriteAsync(folder, canary, Enumerable.Range(0, Made).Select(i => new JsonObject
        {
            ["id"] = $"demo-{i:D4}-{canary.Mark}",
            ["text"] = $"{Samples.Prompt(samples[i % samples.Count])} (No. {i}, {canary.Mark})",
        }), cancellation);
    }

    /// <summary>A CSV's column of categories becomes the options, and what each row has there a suggestion.</summary>
    public override async Task<DemoItems> ReadAsync(DemoItems given, CancellationToken cancellation)
    {
        var file = given.Files[0];
        if (!file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return given;
        var rows = new List<string>();
        await foreach (var line in File.ReadLinesAsync(file, cancellation))
            rows.Add(line);
        var columns = rows[0].Split(',').ToList();
        if (columns.FindIndex(column => Columns.Contains(column)) is not (>= 0 and var at) || at != columns.Count - 1)
            return given;
        // The last column of a row that ends here; a quoted text over several lines has none of its own on the others.
        var terms = rows.Skip(1).Select(row => row[(row.LastIndexOf(',') + 1)..].Trim('"', '\r'))
            .Where(term => term.Length is > 0 and <= 100 && !term.Contains(' ', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return given with { Terms = terms, Map = new Dictionary<string, string>(given.Map, StringComparer.Ordinal) { [$"prelabel.{Judgement}"] = columns[at] } };
    }

#pragma warning disable CA5394 // Behaviour that can be repeated; nothing secret hangs on it.
    public override QuestionAnswer Answer(AnnotationTask task, Question question, Random habit)
    {
        var options = question.Options!;
        if (habit.Next(8) == 0)
            return new QuestionAnswer { Values = [options[habit.Next(options.Count)].Value] };
        return task.Prelabels?.GetValueOrDefault(Judgement) ?? new QuestionAnswer { Values = [options[Taste(task.Text!) % options.Count].Value] };
    }
#pragma warning restore CA5394

    public override string? Meaning(AnnotationTask task, QuestionAnswer answer) => string.Join('|', answer.Values!);

    public override string? Meaning(JsonElement item, JsonElement answer) => string.Join('|', Shown(answer).Values!);

    public override QuestionAnswer Shown(JsonElement answer) => new() { Values = [.. answer.GetProperty("values").EnumerateArray().Select(value => value.GetString()!)] };

    public override QuestionAnswer Known(JsonElement item, Question question) =>
        item.TryGetProperty("prelabels", out var suggested) && suggested.TryGetProperty(Judgement, out var known)
            ? Shown(known)
            : new() { Values = [question.Options![Taste(item.GetProperty("text").GetString()!) % question.Options.Count].Value] };
}
