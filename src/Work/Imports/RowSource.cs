using System.IO.Pipelines;

namespace Cofferdam.Work.Imports;

/// <summary>The file as a whole is not what it must be; the message is a sentence for whoever sent it.</summary>
internal sealed class ImportFileException(string sentence) : Exception(sentence);

/// <summary>One row, whatever the file's format: a JSON object.</summary>
/// <param name="Number">Line that it begins on, from 1.</param>
/// <param name="Bytes">UTF-8; valid until the next row is asked for. Empty where there is a fault.</param>
/// <param name="Fault">Why it is no row, as <see cref="BadRow.Reason"/>; null where it may be one.</param>
internal readonly record struct Line(long Number, ReadOnlyMemory<byte> Bytes, string? Fault = null)
{
    public const string TooLong = "it is longer than 16 MiB";
}

/// <summary>Reads the rows of a file of any length; holds one row at a time.</summary>
internal abstract class RowSource
{
    /// <param name="longest">Most bytes of a row; a longer one is reported and passed over.</param>
    public static RowSource Of(Reading reading, PipeReader input, int longest) => reading.Format switch
    {
        ImportFormat.Json => new JsonRows(input, longest),
        ImportFormat.Csv => new CsvRows(input.AsStream(leaveOpen: true), reading.Csv, longest),
        ImportFormat.Conll => new ConllRows(input, reading.Conll.Unit, longest),
        _ => new JsonLines(input, longest),
    };

    /// <exception cref="ImportFileException">It is not a file of this format.</exception>
    public abstract IAsyncEnumerable<Line> ReadAsync(CancellationToken cancellation);
}
