using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.Delivery.Shapes;
using Cofferdam.Package;

namespace Cofferdam.Delivery.About;

/// <summary><c>croissant.json</c>: the delivery as Croissant 1.1 with the vocabulary for responsible AI 1.0, made from the project.</summary>
/// <remarks>mlcommons/croissant docs/croissant-spec-1.1.md and docs/croissant-rai-spec.md.</remarks>
internal static class Croissant
{
    public const string FileName = "croissant.json";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Terms as the specification's own context has them, those that are used here.
    private static readonly (string Term, string Meaning)[] Terms =
    [
        ("arrayShape", "cr:arrayShape"), ("citeAs", "cr:citeAs"), ("column", "cr:column"), ("conformsTo", "dct:conformsTo"), ("extract", "cr:extract"), ("field", "cr:field"),
        ("fileObject", "cr:fileObject"), ("isArray", "cr:isArray"), ("isLiveDataset", "cr:isLiveDataset"), ("key", "cr:key"), ("recordSet", "cr:recordSet"), ("source", "cr:source"),
    ];

    /// <param name="files">Every other file of the package.</param>
    /// <exception cref="InvalidOperationException">What was made is not Croissant: a fault of this program.</exception>
    public static byte[] Write(DeliveryDescription delivery, IReadOnlyList<PackageFile> files)
    {
        var made = Describe(delivery, files);
        return CroissantRules.Faults(made) is [var fault, ..]
            ? throw new InvalidOperationException($"The Croissant description has a fault: {fault}")
            : JsonSerializer.SerializeToUtf8Bytes(made, Written);
    }

    private static JsonObject Describe(DeliveryDescription delivery, IReadOnlyList<PackageFile> files)
    {
        var created = delivery.Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var described = new JsonObject
        {
            ["@context"] = Context(),
            ["@type"] = "sc:Dataset",
            ["conformsTo"] = new JsonArray(CroissantRules.Core, CroissantRules.Responsible),
            ["name"] = delivery.Name,
            ["description"] = string.IsNullOrWhiteSpace(delivery.Description) ? delivery.Name : delivery.Description,
            // The lab's own, handed to nobody else: no licence is granted, and there is no page.
            ["license"] = "All rights reserved by the lab; confidential.",
            ["url"] = $"urn:uuid:{delivery.Row.Id}",
            ["creator"] = new JsonObject { ["@type"] = "sc:Organization", ["name"] = delivery.Lab },
            ["datePublished"] = created,
            ["dateCreated"] = created,
            ["isLiveDataset"] = false,
            ["distribution"] = new JsonArray([.. files.Select(File)]),
            ["recordSet"] = new JsonArray([.. RecordSets(delivery, files)]),
        };
        if (delivery.Row.Since is { } since)
            described["prov:wasDerivedFrom"] = new JsonObject { ["@id"] = $"urn:uuid:{since}" };
        Describe(described, delivery);
        return described;
    }

    /// <summary>The vocabulary for responsible AI: how the labels came about.</summary>
    private static void Describe(JsonObject described, DeliveryDescription delivery)
    {
        var quality = delivery.Quality;
        described["rai:dataCollection"] = Datasheet.Collection;
        described["rai:dataCollectionType"] = new JsonArray("Manual Human Curator");
        described["rai:dataPreprocessingProtocol"] = new JsonArray($"What several answers became: {delivery.Aggregation}.");
        described["rai:dataAnnotationProtocol"] =
            $"{Datasheet.Collection} Guideline versions: {string.Join(", ", delivery.GuidelineVersions)}. Form versions: {string.Join(", ", delivery.FormVersions)}.";
        described["rai:dataAnnotationPlatform"] = new JsonArray("Cofferdam");
        described["rai:dataAnnotationAnalysis"] = new JsonArray(Datasheet.Agreement(delivery));
        described["rai:annotationsPerItem"] = string.Join(
            "; ", quality.AnswersPerItem.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} accepted answers: {pair.Value} items")));
        described["rai:annotatorDemographics"] = new JsonArray(
            string.Create(CultureInfo.InvariantCulture, $"{quality.Annotators.Count} people; nothing about them is recorded but names made for this delivery alone."));
        described["rai:machineAnnotationTools"] = new JsonArray(Datasheet.Suggestions(delivery));
        described["rai:dataReleaseMaintenancePlan"] = Datasheet.Maintenance(delivery);
        described["rai:dataUseCases"] = new JsonArray(delivery.Shape.Use);
        described["rai:dataLimitations"] = new JsonArray(string.Create(
            CultureInfo.InvariantCulture, $"{delivery.Files.Ties} ties and {delivery.Files.Unfit} that the shape cannot express are listed beside the rows, not among them."));
    }

    private static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = "https://schema.org/",
            ["sc"] = "https://schema.org/",
            ["cr"] = "http://mlcommons.org/croissant/",
            ["rai"] = "http://mlcommons.org/croissant/RAI/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["prov"] = "http://www.w3.org/ns/prov#",
            ["dataType"] = new JsonObject { ["@id"] = "cr:dataType", ["@type"] = "@vocab" },
        };
        foreach (var (term, meaning) in Terms)
            context[term] = meaning;
        return context;
    }

    private static JsonNode File(PackageFile file) => new JsonObject
    {
        ["@type"] = "cr:FileObject",
        ["@id"] = file.Name,
        ["name"] = file.Name,
        ["contentUrl"] = file.Name,
        ["contentSize"] = string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} B"),
        ["encodingFormat"] = Path.GetExtension(file.Name) switch
        {
            ".jsonl" => "application/jsonlines",
            ".json" => "application/json",
            ".md" => "text/markdown",
            ".xml" => "application/xml",
            _ => "text/plain",
        },
        ["sha256"] = file.Sha256,
    };

    private static IEnumerable<JsonNode> RecordSets(DeliveryDescription delivery, IReadOnlyList<PackageFile> files)
    {
        var folder = $"data/{delivery.Shape.Folder}/";
        var training = Path.GetFileNameWithoutExtension(delivery.Shape.File);
        if (delivery.Shape.Columns.Count > 0)
        {
            // One set per file: where conversations have a file of their own, its messages are lists.
            foreach (var file in files.Where(file => file.Name.StartsWith(folder + training, StringComparison.Ordinal)))
                yield return RecordSet(file.Name, $"The {delivery.Shape.Description}", delivery.Shape.Columns);
        }

        yield return RecordSet(AnswerLine.File, "Every accepted answer as it was given, one row each.", AnswerLine.Columns);
    }

    private static JsonObject RecordSet(string file, string description, IReadOnlyList<Column> columns)
    {
        var id = Path.ChangeExtension(file, null);
        return new JsonObject
        {
            ["@type"] = "cr:RecordSet",
            ["@id"] = id,
            ["name"] = id,
            ["description"] = description,
            ["field"] = new JsonArray([.. columns.Select(column => (JsonNode)Field(id, file, column))]),
        };
    }

    private static JsonObject Field(string set, string file, Column column)
    {
        var field = new JsonObject
        {
            ["@type"] = "cr:Field",
            ["@id"] = $"{set}/{column.Name}",
            ["name"] = column.Name,
            ["description"] = column.Description,
            ["dataType"] = column.Type,
            ["source"] = new JsonObject
            {
                ["fileObject"] = new JsonObject { ["@id"] = file },
                ["extract"] = new JsonObject { ["column"] = column.Name },
            },
        };
        if (column.IsArray)
        {
            field["isArray"] = true;
            field["arrayShape"] = "-1";
        }

        return field;
    }
}
