using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Cofferdam.Work.Imports;

/// <summary>
/// Reads CoNLL files: the first column is the token, the others are its tags. Each item has <c>text</c>, the tokens with
/// one space between them, and per further column, by its number from 2, the spans or values that its tags say.
/// </summary>
internal sealed class ConllRows(PipeReader input, ConllUnit unit, int longest) : RowSource
{
    /// <summary>Most tokens of an item: each takes many times its own length in memory.</summary>
    private const int MostTokens = 100_000;
    private const int MostColumns = 100;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = SealedJson.Shapes.Options.Encoder };

    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly List<string[]> tokens = [];
    // Tokens that begin a line of the text: the first of each sentence but the first.
    private readonly HashSet<int> breaks = [];
    private long begins;
    private long bytes;
    private string? fault;
    private int document;

    public override async IAsyncEnumerable<Line> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in new JsonLines(input, longest, empty: true).ReadAsync(cancellation))
        {
            if (line.Fault is null && line.Bytes.IsEmpty)
            {
                if (unit is ConllUnit.Sentence && Take() is { } sentence)
                    yield return sentence;
                else if (unit is ConllUnit.Document && tokens.Count > 0)
                    breaks.Add(tokens.Count);
            }
            else if (line.Bytes.Span.StartsWith("-DOCSTART-"u8))
            {
                if (Take() is { } last)
                    yield return last;
                document++;
            }
            else
            {
                Add(line);
            }
        }

        if (Take() is { } end)
            yield return end;
    }

    private void Add(Line line)
    {
        if (begins == 0)
            begins = line.Number;
        bytes += line.Bytes.Length;
        if (line.Fault is not null || bytes > longest)
            fault ??= Line.TooLong;
        if (fault is not null)
            return;

        string[] columns;
        try
        {
            columns = CharacterSets.Find("utf-8")!.GetString(line.Bytes.Span).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        }
        catch (DecoderFallbackException)
        {
            fault = "it is not valid UTF-8";
            return;
        }

        if (tokens.Count == MostTokens)
            fault = $"it has more than {MostTokens:N0} tokens";
        else if (columns.Length > MostColumns)
            fault = $"line {line.Number} has more than {MostColumns} columns";
        else if (tokens.Count > 0 && tokens[0].Length != columns.Length)
            fault = $"line {line.Number} has {columns.Length} columns where its first line has {tokens[0].Length}";
        else
            tokens.Add(columns);
    }

    /// <summary>What has gathered as a row; null where nothing has.</summary>
    private Line? Take()
    {
        if (begins == 0)
            return null;
        var taken = fault is null ? new Line(begins, Write()) : new Line(begins, default, fault);
        tokens.Clear();
        breaks.Clear();
        (begins, bytes, fault) = (0, 0, null);
        return taken;
    }

    private ReadOnlyMemory<byte> Write()
    {
        var text = new StringBuilder();
        var places = new (int Start, int End)[tokens.Count];
        var at = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0)
            {
                text.Append(breaks.Contains(i) ? '\n' : ' ');
                at++;
            }

            var token = tokens[i][0];
            text.Append(token);
            places[i] = (at, at += token.EnumerateRunes().Count());
        }

        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("text"u8, text.ToString());
            if (document > 0)
                json.WriteNumber("document"u8, document);
            for (var column = 1; column < tokens[0].Length; column++)
            {
                json.WritePropertyName((column + 1).ToString(CultureInfo.InvariantCulture));
                WriteColumn(json, [.. tokens.Select(token => token[column])], places);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void WriteColumn(Utf8JsonWriter json, string[] tags, (int Start, int End)[] places)
    {
        json.WriteStartArray();
        if (tags.All(BioTags.Is))
        {
            foreach (var (first, last, label) in BioTags.Spans(tags, breaks))
            {
                json.WriteStartObject();
                json.WriteNumber("start"u8, places[first].Start);
                json.WriteNumber("end"u8, places[last].End);
                json.WriteString("label"u8, label);
                json.WriteEndObject();
            }
        }
        else
        {
            foreach (var tag in tags)
                json.WriteStringValue(tag);
        }

        json.WriteEndArray();
    }
}

/// <summary>Tags that mark spans of tokens: IOB1, IOB2 (BIO), BIOES and BILOU alike.</summary>
internal static class BioTags
{
    public static bool Is(string tag) => tag == "O" || (tag.Length > 2 && tag[1] == '-' && tag[0] is 'B' or 'I' or 'E' or 'S' or 'L' or 'U');

    /// <summary>Spans as first and last token.</summary>
    /// <param name="breaks">Tokens that no span reaches over: each begins a sentence.</param>
    public static IEnumerable<(int First, int Last, string Label)> Spans(string[] tags, IReadOnlySet<int> breaks)
    {
        var first = -1;
        for (var i = 0; i < tags.Length; i++)
        {
            // I after another label begins a span, as IOB1 writes it; after its own it goes on.
            var goesOn = first >= 0 && tags[i][0] is 'I' or 'E' or 'L' && tags[i].AsSpan(1).SequenceEqual(tags[i - 1].AsSpan(1)) && !breaks.Contains(i);
            if (first >= 0 && !goesOn)
            {
                yield return (first, i - 1, tags[i - 1][2..]);
                first = -1;
            }

            if (first < 0 && tags[i] != "O")
                first = i;
            if (first >= 0 && tags[i][0] is 'E' or 'S' or 'L' or 'U')
            {
                yield return (first, i, tags[i][2..]);
                first = -1;
            }
        }

        if (first >= 0)
            yield return (first, tags.Length - 1, tags[^1][2..]);
    }
}
