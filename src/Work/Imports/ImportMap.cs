using System.Text.Json;

namespace Cofferdam.Work.Imports;

/// <summary>Which fields of a row are what. Where no content is mapped, it is recognised by usual names; labels never are.</summary>
internal sealed class ImportMap
{
    private static readonly string[] PromptNames = ["prompt", "instruction", "question", "messages", "conversation"];
    private static readonly string[] TextNames = ["text", "sentence", "document", "passage"];
    private static readonly string[] ImageNames = ["image", "image_name"];
    private static readonly string[] ListNames = ["responses", "completions", "outputs"];
    private static readonly string[] ExternalNames = ["id", "external_id"];

    private static readonly (string A, string B)[] ResponseNames =
    [
        ("response_1", "response_2"), ("output_1", "output_2"), ("chosen", "rejected"), ("response_a", "response_b"), ("completion_a", "completion_b"),
    ];

    private readonly Dictionary<string, string> content = new(StringComparer.Ordinal);
    private string? external;

    private ImportMap()
    {
    }

    /// <summary>Question and path of each suggestion that an annotator is shown.</summary>
    public List<(string Question, string Path)> Prelabels { get; } = [];

    /// <summary>Question and path of each known answer.</summary>
    public List<(string Question, string Path)> Gold { get; } = [];

    /// <summary>Facet and path.</summary>
    public List<(string Facet, string Path)> Facets { get; } = [];

    /// <summary>Reads a map from field to path.</summary>
    /// <param name="map">
    /// Fields are <c>prompt</c>, <c>a</c>, <c>b</c>, <c>responses</c>, <c>text</c>, <c>image</c> and <c>id</c>, or a usual
    /// name of one of them, and <c>prelabel.</c>, <c>gold.</c> and <c>facet.</c> with a name. Paths name nested fields with
    /// dots, such as <c>data.question</c>.
    /// </param>
    /// <returns>The map, or what is wrong with it.</returns>
    public static (ImportMap? Map, Fault? Fault) Create(IReadOnlyDictionary<string, string>? map)
    {
        var made = new ImportMap();
        foreach (var (field, path) in map ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrWhiteSpace(path))
                return (null, new Fault("A path is missing.", field));
            if (!made.Put(field, path))
                return (null, new Fault("A map may name prompt, a, b, responses, text, image, id, and prelabel., gold. and facet. with a name.", field));
        }

        return made.content.ContainsKey("a") != made.content.ContainsKey("b")
            ? (null, new Fault("A map that names one response must name the other.", made.content.ContainsKey("a") ? "b" : "a"))
            : (made, null);
    }

    /// <summary>What is recognised in a row when nothing is mapped.</summary>
    public static Dictionary<string, string> Suggest(JsonElement row)
    {
        var suggested = new Dictionary<string, string>(StringComparer.Ordinal);
        var none = new ImportMap();
        var (a, b) = none.Pair(row);
        foreach (var (field, found) in ((string, Field)[])
        [
            ("prompt", none.Prompt(row)), ("a", a), ("b", b), ("responses", a.Found ? default : none.List(row)),
            ("text", a.Found ? default : none.Text(row)), ("image", none.Image(row)), ("id", none.External(row)),
        ])
        {
            if (found.Found)
                suggested[field] = found.Name!;
        }

        return suggested;
    }

    public Field Prompt(JsonElement row) => One(row, "prompt", PromptNames, recognise: !content.ContainsKey("text") && !content.ContainsKey("image"));

    public Field Text(JsonElement row) => One(row, "text", TextNames, recognise: content.Count == 0);

    public Field Image(JsonElement row) => One(row, "image", ImageNames, recognise: content.Count == 0);

    /// <summary>A list of responses.</summary>
    public Field List(JsonElement row) => One(row, "responses", ListNames, recognise: content.Keys.All(key => key == "prompt"));

    public Field External(JsonElement row) => external is null ? Recognise(row, ExternalNames) : Find(row, external);

    /// <summary>Two responses.</summary>
    public (Field A, Field B) Pair(JsonElement row)
    {
        if (content.TryGetValue("a", out var pathOfA))
            return (Find(row, pathOfA), Find(row, content["b"]));
        if (content.Keys.Any(key => key != "prompt"))
            return default;
        foreach (var names in ResponseNames)
        {
            if (row.TryGetProperty(names.A, out var first) && row.TryGetProperty(names.B, out var second))
                return (new Field(names.A, first), new Field(names.B, second));
        }

        return default;
    }

    /// <summary>Whether the map itself names this part, so that a row without it is at fault.</summary>
    public bool Names(string part) => content.ContainsKey(part);

    public static Field Find(JsonElement row, string path)
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

    private bool Put(string field, string path)
    {
        if (field.Split('.', 2) is [var kind, { Length: > 0 } name] && kind is "prelabel" or "gold" or "facet")
        {
            (kind switch { "prelabel" => Prelabels, "gold" => Gold, _ => Facets }).Add((name, path));
            return true;
        }

        if (field is "external" || ExternalNames.Contains(field))
        {
            external = path;
            return true;
        }

        var part = PromptNames.Contains(field) ? "prompt"
            : field == "a" || ResponseNames.Any(names => names.A == field) ? "a"
            : field == "b" || ResponseNames.Any(names => names.B == field) ? "b"
            : ListNames.Contains(field) ? "responses"
            : TextNames.Contains(field) ? "text"
            : ImageNames.Contains(field) ? "image" : null;
        return part is not null && content.TryAdd(part, path);
    }

    private Field One(JsonElement row, string part, string[] usual, bool recognise) =>
        content.TryGetValue(part, out var path) ? Find(row, path) : recognise ? Recognise(row, usual) : default;

    private static Field Recognise(JsonElement row, string[] names)
    {
        foreach (var name in names)
        {
            if (row.TryGetProperty(name, out var value))
                return new Field(name, value);
        }

        return default;
    }

    /// <summary>A value that was found in a row.</summary>
    /// <param name="Name">The top-level field that it is; empty where it lies deeper; null where nothing was found.</param>
    internal readonly record struct Field(string? Name, JsonElement Value)
    {
        public bool Found => Name is not null && Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }
}
