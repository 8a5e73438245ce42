using System.Diagnostics.CodeAnalysis;

namespace Cofferdam.Ledger;

/// <summary>A log's word on how long it is and what it holds (C2SP tlog-checkpoint): the text of a signed note.</summary>
/// <param name="Origin">The log's name in the world, one line.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root hash over them, 32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root)
{
    /// <summary>Lines after the root, of the log's own meaning. Our logs write none.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads a note's text.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text is not [.., '\n'])
            return false;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3
            || lines.Contains("")
            || !StrictText.TryNumber(lines[1], out var size)
            || !StrictText.TryHash(lines[2], out var root))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root) { Extensions = lines[3..] };
        return true;
    }

    /// <summary>Opens a checkpoint of one log: its key signed it, and its origin is the key's name.</summary>
    public static CheckpointOpening Open(ReadOnlySpan<byte> note, VerifierKey log)
    {
        switch (SignedNote.Open(note, log))
        {
            case NoteOpening.Opened opened when TryParse(opened.Note.Text, out var checkpoint):
                return checkpoint.Origin == log.Name
                    ? new CheckpointOpening.Opened(checkpoint, opened.Note)
                    : new CheckpointOpening.OtherLog(checkpoint.Origin);
            case NoteOpening.FalseSignature:
                return new CheckpointOpening.FalseSignature();
            case NoteOpening.NotSigned:
                return new CheckpointOpening.NotSigned();
            default:
                return new CheckpointOpening.Malformed();
        }
    }

    /// <summary>True where both say the same of the same log, whatever extensions they have.</summary>
    public bool IsSameTreeAs(Checkpoint other) => Origin == other.Origin && Size == other.Size && Root.Span.SequenceEqual(other.Root.Span);

    /// <summary>The text to be signed.</summary>
    public string ToText() => string.Concat(new[] { Origin, $"{Size}", Convert.ToBase64String(Root.Span) }.Concat(Extensions).Select(line => line + "\n"));

    /// <summary>The checkpoint as a note, signed by the log.</summary>
    public SignedNote Sign(LogSigner log)
    {
        var text = ToText();
        return new SignedNote(text, [log.Sign(text)]);
    }
}

/// <summary>What came of opening a checkpoint of a known log.</summary>
public abstract record CheckpointOpening
{
    private CheckpointOpening() { }

    /// <summary>Signed by the log.</summary>
    /// <param name="Note">With all signatures; those of other keys are not checked.</param>
    public sealed record Opened(Checkpoint Checkpoint, SignedNote Note) : CheckpointOpening;

    /// <summary>Not a note, or not a checkpoint.</summary>
    public sealed record Malformed : CheckpointOpening;

    /// <summary>A line says it is by the log, and is not.</summary>
    public sealed record FalseSignature : CheckpointOpening;

    /// <summary>No line is by the log.</summary>
    public sealed record NotSigned : CheckpointOpening;

    /// <summary>The log's key signed it for another origin.</summary>
    public sealed record OtherLog(string Origin) : CheckpointOpening;
}
