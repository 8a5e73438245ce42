using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;

namespace Cofferdam.Work.Imports;

/// <summary>Reads CSV and makes an object of each row: the columns' names, and texts.</summary>
internal sealed class CsvRows(Stream input, CsvOptions options, int longest) : RowSource
{
    private const int MostColumns = 10_000;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = SealedJson.Shapes.Options.Encoder };

    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The delimiter that was found or given, once the first row is read.</summary>
    public string? Delimiter { get; private set; }

    public override async IAsyncEnumerable<Line> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string? malformed = null;
        await using var csv = CsvReader.Create(input, new CsvReaderOptions
        {
            Separator = options.Delimiter?[0],
            Quote = options.Quote?[0] ?? '"',
            Encoding = options.Encoding is { } name ? CharacterSets.Find(name) : null,
            HasHeader = false,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = longest,
            // A quote in the middle of an unquoted value is text, such as the sign for inches.
            OnMalformedRecord = record => malformed = record.Reason switch
            {
                CsvMalformedReason.StrayQuote => null,
                CsvMalformedReason.UnterminatedQuote => "a quote is opened and never closed",
                _ => "a value goes on after its closing quote",
            },
        }, leaveOpen: true);

        string[]? columns = null;
        while (await NextAsync(csv, cancellation))
        {
            var fault = malformed;
            malformed = null;
            if (columns is null)
            {
                Delimiter = csv.Separator.ToString();
                columns = Columns(csv);
                if (options.Header)
                    continue;
            }

            yield return fault is not null ? new Line(csv.LineNumber, default, fault)
                : csv.FieldCount != columns.Length ? new Line(csv.LineNumber, default, $"it has {csv.FieldCount} values where there are {columns.Length} columns")
                : Row(columns, csv);
        }
    }

    private async Task<bool> NextAsync(CsvReader csv, CancellationToken cancellation)
    {
        try
        {
            return await csv.ReadAsync(cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw new ImportFileException($"This file is not {options.Encoding ?? "UTF-8"} text. Name its character encoding and send it again.");
        }
        catch (CsvFormatException)
        {
            throw new ImportFileException("A row of this file is longer than 16 MiB. A quote that is not closed makes the rest of a file one row.");
        }
    }

    private string[] Columns(CsvReader csv)
    {
        if (csv.FieldCount > MostColumns)
            throw new ImportFileException($"The first row has more than {MostColumns:N0} columns. Name another delimiter, or take out what is not needed.");
        if (!Utf8.IsValid(csv.RawRecord))
            throw new ImportFileException("The first row is not UTF-8 text. Name the file's character encoding and send it again.");
        var columns = Enumerable.Range(0, csv.FieldCount)
            .Select(index => options.Header ? csv.GetString(index).Trim() : (index + 1).ToString(CultureInfo.InvariantCulture)).ToArray();
        return columns.Any(string.IsNullOrEmpty) || columns.Distinct(StringComparer.Ordinal).Count() < columns.Length
            ? throw new ImportFileException("A column has no name, or two have the same. Name each in the first row, or say that there is no such row.")
            : columns;
    }

    private Line Row(string[] columns, CsvReader csv)
    {
        if (!Utf8.IsValid(csv.RawRecord))
            return new Line(csv.LineNumber, default, "it is not valid UTF-8: name the file's character encoding");
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            for (var i = 0; i < columns.Length; i++)
                json.WriteString(columns[i], csv.GetSpan(i));
            json.WriteEndObject();
        }

        return buffer.WrittenCount > longest ? new Line(csv.LineNumber, default, Line.TooLong) : new Line(csv.LineNumber, buffer.WrittenMemory);
    }
}
