using System.Reflection;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo;

/// <summary>What the demo's people work on: guidelines, form and names with the canary in each, and a file of items.</summary>
/// <param name="ItemFiles">JSONL.</param>
/// <param name="Map">Given by the caller, or none.</param>
internal sealed record DemoProject(IReadOnlyList<string> ItemFiles, IReadOnlyDictionary<string, string> Map)
{
    public const string PreferenceKey = "preference";
    public const string RationaleKey = "rationale";
    private const int GeneratedItems = 500;
    private const int WatchedTexts = 12;

    public static string Name(Canary canary) => $"Everyday help {canary.Mark}";

    public static string Description(Canary canary) => $"Pairs of answers to everyday questions. {canary.Mark}";

    public static IReadOnlyList<GuidelineSection> Guidelines(Canary canary) =>
    [
        new("goal", $"What a good answer does {canary.Mark}", $"It is right, it answers what was asked, and it is **short**. {canary.Mark}", []),
        new("comparing", "How to compare", $"Read the question first. Do not prefer an answer because it stands on the left. {canary.Mark}", [PreferenceKey]),
        new("rationale", "Writing the reason", $"Say what tipped the balance. {canary.Mark}", [RationaleKey]),
    ];

    public static IReadOnlyList<Question> Form(Canary canary) =>
    [
        new(PreferenceKey, "pairwise", $"Which answer would help more? {canary.Mark}", Required: true, Points: 5, Tie: true),
        new(RationaleKey, "text", $"Why? {canary.Mark}", Required: false, MaxLength: 4000),
    ];

    /// <summary>Items of the samples, over and over, each with the canary and a number of its own.</summary>
    public static async Task<DemoProject> GenerateAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        var samples = await ReadSamplesAsync(cancellation);
        var path = Path.Combine(folder, $"items-{canary.Mark}.jsonl");
        await using var file = new StreamWriter(path);
        for (var i = 0; i < GeneratedItems; i++)
        {
            var item = JsonNode.Parse(samples[i % samples.Count])!.AsObject();
            item["id"] = $"demo-{i:D4}-{canary.Mark}";
            item["source"] = $"round {i / samples.Count} {canary.Mark}";
            if (item["prompt"] is JsonValue prompt)
                item["prompt"] = $"{prompt.GetValue<string>()}\n\n(No. {i}, {canary.Mark})";
            item["response_1"] = Marked(item["response_1"]!, canary);
            await file.WriteLineAsync(item.ToJsonString().AsMemory(), cancellation);
        }

        return new DemoProject([path], new Dictionary<string, string>());
    }

    /// <summary>A file or folder that somebody gave. Longer texts from it are looked for as well as the canary.</summary>
    /// <exception cref="CliException">There is no JSONL there.</exception>
    public static async Task<DemoProject> GivenAsync(string path, IReadOnlyDictionary<string, string> map, Canary canary, CancellationToken cancellation)
    {
        List<string> files = Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.jsonl").Order(StringComparer.Ordinal)] : File.Exists(path) ? [path] : [];
        if (files.Count == 0)
            throw new CliException(ExitCode.WrongUse, "no-items", $"no JSONL at {path}", "give a .jsonl file, or a folder with some");
        foreach (var text in await TextsAsync(files[0], cancellation))
            canary.Watch(text);
        return new DemoProject(files, map);
    }

    private static JsonNode Marked(JsonNode response, Canary canary)
    {
        if (response is JsonValue text)
            return JsonValue.Create($"{text.GetValue<string>()}\n\n[{canary.Mark}]");
        var messages = response.DeepClone().AsArray();
        messages[^1]!["content"] = $"{messages[^1]!["content"]!.GetValue<string>()}\n\n[{canary.Mark}]";
        return messages;
    }

    /// <summary>Stretches of plain letters out of the first rows: what would be found if they were stored in clear.</summary>
    private static async Task<IReadOnlyList<string>> TextsAsync(string path, CancellationToken cancellation)
    {
        var texts = new List<string>();
        await foreach (var line in File.ReadLinesAsync(path, cancellation))
        {
            if (texts.Count == WatchedTexts)
                break;
            if (Stretch(line) is { } text)
                texts.Add(text);
        }

        return texts;
    }

    /// <summary>The longest run of letters and spaces in a row, at least 40 long: no escape changes it.</summary>
    private static string? Stretch(string row)
    {
        var best = "";
        var from = 0;
        for (var i = 0; i <= row.Length; i++)
        {
            if (i < row.Length && (char.IsAsciiLetter(row[i]) || row[i] == ' '))
                continue;
            if (i - from > best.Length)
                best = row[from..i];
            from = i + 1;
        }

        return best.Length >= 40 ? best : null;
    }

    private static async Task<List<string>> ReadSamplesAsync(CancellationToken cancellation)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/items.jsonl")!);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellation) is { } line)
            lines.Add(line);
        return lines;
    }
}
