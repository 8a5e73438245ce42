using System.Text.Json.Nodes;

namespace Cofferdam.Delivery.About;

/// <summary>What Croissant 1.1 requires of a description such as ours; held against every one that is made.</summary>
/// <remarks>Sections "Dataset-level Information", "Resources" and "RecordSets" of mlcommons/croissant docs/croissant-spec-1.1.md.</remarks>
internal static class CroissantRules
{
    public const string Core = "http://mlcommons.org/croissant/1.1";
    public const string Responsible = "http://mlcommons.org/croissant/RAI/1.0";

    private static readonly string[] RequiredOfDataset = ["@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "datePublished", "distribution"];
    private static readonly string[] RequiredOfFile = ["@id", "name", "contentUrl", "contentSize", "encodingFormat", "sha256"];
    private static readonly string[] RequiredOfField = ["@id", "name", "dataType", "source"];

    // Of the vocabulary for responsible AI, as its table of properties has them.
    private static readonly string[] Known =
    [
        "rai:dataCollection", "rai:dataCollectionType", "rai:dataCollectionMissingData", "rai:dataCollectionRawData", "rai:dataCollectionTimeframe", "rai:dataImputationProtocol",
        "rai:dataManipulationProtocol", "rai:dataPreprocessingProtocol", "rai:dataAnnotationProtocol", "rai:dataAnnotationPlatform", "rai:dataAnnotationAnalysis",
        "rai:dataReleaseMaintenancePlan", "rai:personalSensitiveInformation", "rai:dataSocialImpact", "rai:dataBiases", "rai:dataLimitations", "rai:dataUseCases",
        "rai:annotationsPerItem", "rai:annotatorDemographics", "rai:machineAnnotationTools",
    ];

    /// <returns>Every fault in words; empty where there is none.</returns>
    public static IReadOnlyList<string> Faults(JsonObject described)
    {
        var faults = new List<string>();
        Require(described, RequiredOfDataset, "the dataset", faults);
        if (Text(described["@type"]) != "sc:Dataset")
            faults.Add("it is no sc:Dataset");
        if (described["conformsTo"] is not JsonArray conforms || !conforms.Any(version => Text(version) == Core) || !conforms.Any(version => Text(version) == Responsible))
            faults.Add("it does not say what it conforms to");
        faults.AddRange(described.Where(property => property.Key.StartsWith("rai:", StringComparison.Ordinal) && !Known.Contains(property.Key, StringComparer.Ordinal))
            .Select(property => $"{property.Key} is no property of the vocabulary"));

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var files = Objects(described["distribution"]);
        foreach (var file in files)
            CheckFile(file, ids, faults);
        var fileIds = files.Select(file => Text(file["@id"])).ToHashSet(StringComparer.Ordinal);
        foreach (var set in Objects(described["recordSet"]))
            CheckSet(set, fileIds, ids, faults);
        return faults;
    }

    private static void CheckFile(JsonObject file, HashSet<string> ids, List<string> faults)
    {
        var id = Identify(file, "cr:FileObject", ids, faults);
        Require(file, RequiredOfFile, id, faults);
        if (Text(file["sha256"]) is not { Length: 64 } hash || !hash.All(char.IsAsciiHexDigitLower))
            faults.Add($"{id} has no SHA-256");
    }

    private static void CheckSet(JsonObject set, HashSet<string?> files, HashSet<string> ids, List<string> faults)
    {
        var id = Identify(set, "cr:RecordSet", ids, faults);
        var fields = Objects(set["field"]);
        if (fields.Count == 0)
            faults.Add($"{id} has no fields");
        foreach (var field in fields)
        {
            var name = Identify(field, "cr:Field", ids, faults);
            Require(field, RequiredOfField, name, faults);
            if (!name.StartsWith($"{id}/", StringComparison.Ordinal))
                faults.Add($"{name} is not named after its record set");
            if (field["source"] is not JsonObject source || !files.Contains(Text(source["fileObject"]?["@id"])) || Text(source["extract"]?["column"]) is null)
                faults.Add($"{name} comes from no column of a file that is here");
            if (field["isArray"] is not null && Text(field["arrayShape"]) is null)
                faults.Add($"{name} is an array without a shape");
        }
    }

    private static string Identify(JsonObject node, string type, HashSet<string> ids, List<string> faults)
    {
        var id = Text(node["@id"]) ?? "(no id)";
        if (Text(node["@type"]) != type)
            faults.Add($"{id} is no {type}");
        if (!ids.Add(id))
            faults.Add($"{id} comes twice");
        return id;
    }

    private static void Require(JsonObject node, string[] properties, string what, List<string> faults) =>
        faults.AddRange(properties.Where(property => node[property] is null).Select(property => $"{what} lacks {property}"));

    private static List<JsonObject> Objects(JsonNode? list) => list is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
