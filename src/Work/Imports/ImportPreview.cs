using System.IO.Pipelines;
using System.Text.Json;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.Imports;

/// <param name="FileName">Tells the format where <paramref name="Format"/> is auto.</param>
/// <param name="Map">As in an import.</param>
/// <param name="Sample">The beginning of the file, at most 1 MiB, in base64.</param>
public sealed record PreviewRequest(
    string FileName, byte[] Sample, IReadOnlyDictionary<string, string>? Map = null, ImportFormat Format = ImportFormat.Auto,
    CsvOptions? Csv = null, ConllOptions? Conll = null);

/// <summary>A row of a preview.</summary>
/// <param name="Line">Line that it begins on, from 1.</param>
/// <param name="Item">As it would be sealed; null where it is bad.</param>
/// <param name="Gold">Its known answers; null where it has none.</param>
/// <param name="Facets">What it has of the lab's facets.</param>
/// <param name="Fault">Why it is bad; null where it is good.</param>
public sealed record PreviewRow(long Line, JsonElement? Item, JsonElement? Gold, IReadOnlyDictionary<string, string>? Facets, string? Fault);

/// <summary>What an import would make of a file.</summary>
/// <param name="Format">What the file was read as.</param>
/// <param name="Delimiter">CSV: the delimiter that was found or given.</param>
/// <param name="Fields">Names of the fields of its first row.</param>
/// <param name="Suggested">From part of an item to the field that is recognised as it.</param>
/// <param name="Rows">The first 20.</param>
/// <param name="Fault">Why it cannot be read as a whole; null where it can.</param>
public sealed record PreviewView(
    ImportFormat Format, string? Delimiter, IReadOnlyList<string> Fields, IReadOnlyDictionary<string, string> Suggested, IReadOnlyList<PreviewRow> Rows, string? Fault);

/// <summary>Shows what an import would make of a file. Nothing is kept: who asks has sent the content along.</summary>
internal static class ImportPreview
{
    private const int MostRows = 20;
    private const int MostBytes = 1 << 20;

    public static async Task<Results<Ok<PreviewView>, ProblemHttpResult>> Post(PreviewRequest request, InProject at, CancellationToken cancellation)
    {
        if (request.Sample is not { Length: <= MostBytes })
            return Problems.Invalid("A sample is the first 1 MiB of a file at most.", "sample");
        var (reading, fault) = Reading.Of(request.FileName, request.Format, request.Csv, request.Conll);
        if (reading is null)
            return Problems.Invalid(fault!);
        (var map, fault) = ImportMap.Create(request.Map);
        return map is null
            ? Problems.Invalid(fault!)
            : TypedResults.Ok(await ReadAsync(request.Sample, reading, new RowParser(map), cancellation));
    }

    private static async Task<PreviewView> ReadAsync(byte[] sample, Reading reading, RowParser parser, CancellationToken cancellation)
    {
        var source = RowSource.Of(reading, PipeReader.Create(new MemoryStream(sample)), ImportRun.LongestRow);
        var rows = new List<PreviewRow>();
        List<string> fields = [];
        var suggested = new Dictionary<string, string>(StringComparer.Ordinal);
        string? fault = null;
        try
        {
            await foreach (var line in source.ReadAsync(cancellation))
            {
                if (fields.Count == 0 && Parse(line.Bytes) is { ValueKind: JsonValueKind.Object } first)
                {
                    fields = [.. first.EnumerateObject().Select(field => field.Name)];
                    suggested = ImportMap.Suggest(first);
                }

                rows.Add(Row(line, parser));
                if (rows.Count == MostRows)
                    break;
            }
        }
        catch (ImportFileException broken)
        {
            // A sample ends anywhere: that its last row is cut is no fault of the file's.
            fault = rows.Count > 0 ? null : broken.Message;
        }

        return new PreviewView(reading.Format, (source as CsvRows)?.Delimiter, fields, suggested, rows, fault);
    }

    private static PreviewRow Row(Line line, RowParser parser)
    {
        try
        {
            var row = line.Fault is null ? parser.Parse(line.Bytes) : throw new RowException(line.Fault);
            return new PreviewRow(
                line.Number, Parse(row.Plaintext), row.Gold is null ? null : Parse(row.Gold)?.GetProperty("answers"),
                row.Facets.Count == 0 ? null : row.Facets.ToDictionary(facet => facet.Facet, facet => facet.Value), null);
        }
        catch (RowException fault)
        {
            return new PreviewRow(line.Number, null, null, null, fault.Message);
        }
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
