namespace Cofferdam.Work.Imports;

/// <summary>How the rows of a file are written.</summary>
public enum ImportFormat : byte
{
    /// <summary>By the file's name: .jsonl and .ndjson, .json, .csv and .tsv and .txt, .conll and .bio.</summary>
    Auto = 0,

    /// <summary>One JSON object per line.</summary>
    Jsonl = 1,

    /// <summary>A JSON array of objects, or an object that holds one array.</summary>
    Json = 2,

    /// <summary>Values between delimiters (RFC 4180).</summary>
    Csv = 3,

    /// <summary>A token and its tags per line, an empty line between sentences.</summary>
    Conll = 4,
}

/// <summary>How a CSV file is written. What is not given is told from its beginning.</summary>
/// <param name="Delimiter">One ASCII character; otherwise whichever of comma, semicolon, tab and bar divides the first lines alike.</param>
/// <param name="Encoding">Name of a character encoding, such as <c>windows-1252</c>; a byte order mark goes before it; otherwise UTF-8.</param>
/// <param name="Quote">One ASCII character; <c>"</c> if not given.</param>
/// <param name="Header">The first row names the columns; otherwise they are named 1, 2, 3.</param>
public sealed record CsvOptions(string? Delimiter = null, string? Encoding = null, string? Quote = null, bool Header = true);

/// <summary>What becomes an item of a CoNLL file.</summary>
public enum ConllUnit : byte
{
    /// <summary>Each sentence.</summary>
    Sentence = 0,

    /// <summary>All sentences up to the next <c>-DOCSTART-</c>, one per line of its text.</summary>
    Document = 1,
}

/// <param name="Unit">What becomes an item.</param>
public sealed record ConllOptions(ConllUnit Unit = ConllUnit.Sentence);

/// <summary>How a file is read: what was asked for, made definite.</summary>
internal sealed record Reading(ImportFormat Format, CsvOptions Csv, ConllOptions Conll)
{
    /// <returns>The reading, or what is wrong with it.</returns>
    public static (Reading? Reading, Fault? Fault) Of(string? fileName, ImportFormat format, CsvOptions? csv, ConllOptions? conll)
    {
        if (!Enum.IsDefined(format) || !Enum.IsDefined(conll?.Unit ?? default))
            return (null, new Fault("A file is jsonl, json, csv or conll; of conll each sentence or document becomes an item.", "format"));
        csv ??= new CsvOptions();
        if (!IsMark(csv.Delimiter))
            return (null, new Fault("A delimiter is one ASCII character.", "delimiter"));
        if (!IsMark(csv.Quote) || (csv.Quote is not null && csv.Quote == csv.Delimiter))
            return (null, new Fault("A quote is one ASCII character, and another than the delimiter.", "quote"));
        if (csv.Encoding is not null && CharacterSets.Find(csv.Encoding) is null)
            return (null, new Fault("There is no character encoding of this name.", "encoding"));
        return (new Reading(format is ImportFormat.Auto ? ByName(fileName) : format, csv, conll ?? new ConllOptions()), null);
    }

    private static bool IsMark(string? mark) =>
        mark is null || (mark.Length == 1 && char.IsAscii(mark[0]) && !char.IsLetterOrDigit(mark[0]) && mark[0] is not ('\r' or '\n' or '\0' or ' '));

    private static ImportFormat ByName(string? fileName) => Path.GetExtension(fileName)?.ToUpperInvariant() switch
    {
        ".JSON" => ImportFormat.Json,
        ".CSV" or ".TSV" or ".TXT" or ".TAB" => ImportFormat.Csv,
        ".CONLL" or ".BIO" or ".IOB" => ImportFormat.Conll,
        _ => ImportFormat.Jsonl,
    };
}
