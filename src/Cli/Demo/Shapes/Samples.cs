using System.Reflection;
using System.Text.Json.Nodes;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>Items of the sample project, as they lie in this program.</summary>
internal static class Samples
{
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(CancellationToken cancellation)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/items.jsonl")!);
        var rows = new List<JsonObject>();
        while (await reader.ReadLineAsync(cancellation) is { } line)
            rows.Add(JsonNode.Parse(line)!.AsObject());
        return rows;
    }

    /// <summary>What was asked, as one text.</summary>
    public static string Prompt(JsonObject sample) =>
        sample["prompt"] is JsonArray messages ? messages[^1]!["content"]!.GetValue<string>() : sample["prompt"]!.GetValue<string>();
}
