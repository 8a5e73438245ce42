using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Cofferdam.Work.Imports;

/// <summary>Cuts a JSON array, or the one array of a JSON object, into its elements without parsing what lies around them.</summary>
/// <remarks>Only brackets and quotes are looked at: what is wrong inside an element is that row's fault and no other's.</remarks>
internal sealed class JsonRows(PipeReader input, int longest) : RowSource
{
    private const string NoList = "This file holds no list of rows. If it has one object per line, import it as jsonl.";

    private byte[] row = new byte[4096];
    private int length;
    private bool tooLong;
    private long line = 1;
    private long rowLine;
    private int depth;
    // Depth of the array whose elements are the rows; 0 before and after it.
    private int rowsDepth;
    private bool rowsSeen;
    private bool inString;
    private bool escaped;
    private bool ended;

    public override async IAsyncEnumerable<Line> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await SkipMarkAsync(cancellation);
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (Take(ref rest))
            {
                yield return tooLong ? new Line(rowLine, default, Line.TooLong) : new Line(rowLine, row.AsMemory(0, length));
                (length, tooLong) = (0, false);
            }

            input.AdvanceTo(rest.End);
            if (!read.IsCompleted)
                continue;
            if (!rowsSeen)
                throw new ImportFileException(NoList);
            if (!ended)
                throw new ImportFileException("This file ends in the middle. Send the whole of it.");
            yield break;
        }
    }

    private async Task SkipMarkAsync(CancellationToken cancellation)
    {
        var read = await input.ReadAtLeastAsync(4, cancellation);
        var start = read.Buffer.Slice(0, Math.Min(4, read.Buffer.Length)).ToArray();
        var (encoding, mark) = CharacterSets.ByMark(start);
        input.AdvanceTo(read.Buffer.GetPosition(mark));
        if (encoding.CodePage != System.Text.Encoding.UTF8.CodePage || start is [0, ..] or [_, 0, ..])
            throw new ImportFileException("This file is UTF-16 or UTF-32 text. Save it as UTF-8 and send it again.");
    }

    /// <summary>Consumes bytes to the end of the next row, or all there are.</summary>
    private bool Take(ref ReadOnlySequence<byte> rest)
    {
        var consumed = 0L;
        foreach (var memory in rest)
        {
            var bytes = memory.Span;
            for (var i = 0; i < bytes.Length; i++)
            {
                if (Step(bytes[i]))
                {
                    rest = rest.Slice(consumed + i + 1);
                    return true;
                }
            }

            consumed += bytes.Length;
        }

        rest = rest.Slice(rest.End);
        return false;
    }

    /// <returns>True where this byte ends a row.</returns>
    private bool Step(byte next)
    {
        if (next == '\n')
            line++;
        if (inString)
        {
            Keep(next);
            if (escaped)
                escaped = false;
            else if (next == '\\')
                escaped = true;
            else if (next == '"')
                inString = false;
            return false;
        }

        switch (next)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                if (length > 0)
                    Keep(next);
                return false;
            case (byte)'"':
                inString = true;
                break;
            case (byte)'[' or (byte)'{':
                return Open(next);
            case (byte)']' or (byte)'}':
                return Close(next);
            case (byte)',' when rowsDepth > 0 && depth == rowsDepth:
                return length > 0;
        }

        if (depth == 0)
            throw new ImportFileException(NoList);
        Keep(next);
        return false;
    }

    private bool Open(byte next)
    {
        if (ended)
            throw new ImportFileException(NoList);
        Keep(next);
        depth++;
        // The file is the array, or an object of which it is a value.
        if (next == '[' && rowsDepth == 0 && depth <= 2)
        {
            if (rowsSeen)
                throw new ImportFileException("This file holds more than one list. Keep the one that has the rows.");
            rowsSeen = true;
            rowsDepth = depth;
        }

        return false;
    }

    private bool Close(byte next)
    {
        var last = rowsDepth > 0 && depth == rowsDepth;
        if (last)
            rowsDepth = 0;
        else
            Keep(next);
        ended = --depth == 0;
        return last && length > 0;
    }

    private void Keep(byte next)
    {
        if (rowsDepth == 0 || tooLong)
            return;
        if (length == 0)
            rowLine = line;
        if (length == longest)
        {
            tooLong = true;
            return;
        }

        if (length == row.Length)
            Array.Resize(ref row, (int)Math.Min(longest, row.Length * 2L));
        row[length++] = next;
    }
}
