using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>What a project is to be.</summary>
/// <param name="Rows">Items as JSONL; none: no batch is opened.</param>
public sealed record Plan(string Name, IReadOnlyList<Question> Form, IReadOnlyList<string> Rows)
{
    public string Description { get; init; } = "Made by a test.";

    public IReadOnlyList<GuidelineSection> Guidelines { get; init; } = [new("goal", "What this is for", "Answer as you would to a **friend**.", [])];

    public string FileName { get; init; } = "items.jsonl";

    /// <summary>Part of an item to field of a row, where its name does not tell.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public BatchBody Batch { get; init; } = new("First round", 1, 900, Held: 3);

    /// <summary>What people are warned of before they see its content.</summary>
    public IReadOnlyList<Warning>? Warnings { get; init; }
}

public sealed record Warning(string Key, string Label);

internal static class Json
{
    /// <summary>For routes that the client has no method for.</summary>
    public static JsonTypeInfo<JsonElement> Anything { get; } = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));
}
