using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Cofferdam.Work.Imports;

/// <summary>Reads lines of UTF-8 from a stream of any length; never holds more than one line.</summary>
/// <param name="longest">Most bytes of a line; a longer one is reported and passed over.</param>
/// <param name="empty">Empty lines are given too.</param>
internal sealed class JsonLines(PipeReader input, int longest, bool empty = false) : RowSource
{
    private byte[] joined = [];

    /// <summary>Lines, as a rule those that are not empty.</summary>
    /// <exception cref="ImportFileException">It is UTF-16 or UTF-32.</exception>
    public override async IAsyncEnumerable<Line> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await SkipMarkAsync(cancellation);
        var number = 0L;
        var skipping = false;
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                number++;
                if (skipping || line.Length > longest)
                    yield return new Line(number, default, Line.TooLong);
                else if (Trim(line) is var bytes && (empty || bytes.Length > 0))
                    yield return new Line(number, bytes);
                skipping = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                if (skipping || rest.Length > longest)
                    yield return new Line(number + 1, default, Line.TooLong);
                else if (Trim(rest) is { Length: > 0 } bytes)
                    yield return new Line(number + 1, bytes);
                input.AdvanceTo(rest.End);
                yield break;
            }

            if (skipping || rest.Length > longest)
            {
                // Too long already: what came of it is let go, and what will come too.
                skipping = true;
                input.AdvanceTo(rest.End);
            }
            else
            {
                input.AdvanceTo(rest.Start, rest.End);
            }
        }
    }

    private async Task SkipMarkAsync(CancellationToken cancellation)
    {
        var read = await input.ReadAtLeastAsync(3, cancellation);
        var start = Start(read.Buffer);
        // JSON begins with an ASCII character; a zero beside it is half of a wider one (RFC 4627 §3).
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, ..] or [_, 0, ..])
        {
            input.AdvanceTo(read.Buffer.Start);
            throw new ImportFileException("This file is UTF-16 or UTF-32 text. Save it as UTF-8 and send it again.");
        }

        var mark = start is [0xEF, 0xBB, 0xBF] ? 3 : 0;
        input.AdvanceTo(read.Buffer.GetPosition(mark), read.Buffer.GetPosition(mark));
    }

    private static byte[] Start(ReadOnlySequence<byte> buffer) => buffer.Slice(0, Math.Min(3, buffer.Length)).ToArray();

    private ReadOnlyMemory<byte> Trim(ReadOnlySequence<byte> line)
    {
        ReadOnlyMemory<byte> bytes;
        if (line.IsSingleSegment)
        {
            bytes = line.First;
        }
        else
        {
            if (joined.Length < line.Length)
                joined = new byte[(int)Math.Min(longest, Math.Max(line.Length, joined.Length * 2L))];
            line.CopyTo(joined);
            bytes = joined.AsMemory(0, (int)line.Length);
        }

        while (bytes.Length > 0 && bytes.Span[^1] is (byte)'\r' or (byte)' ' or (byte)'\t')
            bytes = bytes[..^1];
        while (bytes.Length > 0 && bytes.Span[0] is (byte)' ' or (byte)'\t')
            bytes = bytes[1..];
        return bytes;
    }
}
