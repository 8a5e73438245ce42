using System.Text.Json;

namespace Cofferdam.Work.Imports;

/// <summary>Which fields of a row are what. Fields that are not mapped are recognised by their usual names.</summary>
/// <param name="promptPath">Null: recognised.</param>
internal sealed class ImportMap(string? promptPath, string? pathOfA, string? pathOfB, string? externalPath)
{
    private static readonly string[] PromptNames = ["prompt", "instruction", "question", "messages", "conversation"];
    private static readonly string[] ExternalNames = ["id", "external_id"];

    private static readonly (string A, string B)[] ResponseNames =
    [
        ("response_1", "response_2"), ("output_1", "output_2"), ("chosen", "rejected"), ("response_a", "response_b"), ("completion_a", "completion_b"),
    ];

    /// <summary>Reads a map from field to path. Fields are <c>prompt</c>, <c>a</c>, <c>b</c> and <c>id</c>, or a usual name of one of them.</summary>
    /// <param name="map">Paths name nested fields with dots, such as <c>data.question</c>.</param>
    /// <returns>The map, or a sentence and the field at fault.</returns>
    public static (ImportMap? Map, string? Fault, string? Field) Create(IReadOnlyDictionary<string, string>? map)
    {
        string? prompt = null, a = null, b = null, external = null;
        foreach (var (field, path) in map ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrWhiteSpace(path))
                return (null, "A path is missing.", field);
            if (PromptNames.Contains(field))
                prompt = path;
            else if (field == "a" || ResponseNames.Any(names => names.A == field))
                a = path;
            else if (field == "b" || ResponseNames.Any(names => names.B == field))
                b = path;
            else if (field == "external" || ExternalNames.Contains(field))
                external = path;
            else
                return (null, "A map may name prompt, a, b and id.", field);
        }

        return (a is null) != (b is null)
            ? (null, "A map that names one response must name the other.", a is null ? "a" : "b")
            : (new ImportMap(prompt, a, b, external), null, null);
    }

    public Field Prompt(JsonElement row) => promptPath is null ? Recognise(row, PromptNames) : Find(row, promptPath);

    public Field External(JsonElement row) => externalPath is null ? Recognise(row, ExternalNames) : Find(row, externalPath);

    public (Field A, Field B) Responses(JsonElement row)
    {
        if (pathOfA is not null && pathOfB is not null)
            return (Find(row, pathOfA), Find(row, pathOfB));
        foreach (var names in ResponseNames)
        {
            if (row.TryGetProperty(names.A, out var first) && row.TryGetProperty(names.B, out var second))
                return (new Field(names.A, first), new Field(names.B, second));
        }

        return default;
    }

    private static Field Recognise(JsonElement row, string[] names)
    {
        foreach (var name in names)
        {
            if (row.TryGetProperty(name, out var value))
                return new Field(name, value);
        }

        return default;
    }

    private static Field Find(JsonElement row, string path)
    {
        if (row.TryGetProperty(path, out var whole))
            return new Field(path, whole);
        var value = row;
        foreach (var step in path.Split('.'))
        {
            if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(step, out value))
                return default;
        }

        // A field that was found deeper is kept among the others as well: only whole top-level fields are taken out.
        return new Field("", value);
    }

    /// <summary>A value that was found in a row.</summary>
    /// <param name="Name">The top-level field that it is; empty where it lies deeper; null where nothing was found.</param>
    internal readonly record struct Field(string? Name, JsonElement Value)
    {
        public bool Found => Name is not null && Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }
}
