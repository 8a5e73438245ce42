using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>One signature line.</summary>
/// <param name="KeyId">See <see cref="VerifierKey.Id"/>.</param>
/// <param name="Signature">Without the key's id; its form is the key type's.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The line, with its newline, as it stands under a note.</summary>
    public string ToLine()
    {
        var bytes = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(sizeof(uint)));
        return $"— {Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <summary>Reads a line without its newline.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith("— "))
            return false;
        line = line[2..];
        var space = line.IndexOf(' ');
        if (space < 0 || !StrictText.TryBase64(line[(space + 1)..], out var bytes) || bytes.Length <= sizeof(uint))
            return false;
        var name = line[..space].ToString();
        if (!VerifierKey.IsName(name))
            return false;
        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)));
        return true;
    }
}

/// <summary>A text with signatures under it (C2SP signed-note).</summary>
/// <param name="Text">Ends with a newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Most bytes of a note that is read.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Most signatures under a note that is read.</summary>
    public const int MaxSignatures = 100;

    /// <summary>Reads a note without checking its signatures.</summary>
    /// <returns>False where it is not in the form of a note: every note that is read is written with the same bytes again.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (bytes.Length > MaxBytes || !StrictText.TryLines(bytes, out var all))
            return false;

        // The text may have empty lines of its own; the last one parts it from the signatures.
        var split = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == all.Length || all[^1] != '\n')
            return false;

        var lines = all.AsSpan(split + 2, all.Length - split - 3);
        var signatures = new List<NoteSignature>();
        foreach (var line in lines.Split('\n'))
        {
            if (signatures.Count == MaxSignatures || !NoteSignature.TryParse(lines[line], out var signature))
                return false;
            signatures.Add(signature);
        }

        note = new SignedNote(all[..(split + 1)], signatures);
        return true;
    }

    /// <summary>Reads a note and checks it: lines of unknown keys are passed over, one false line of a known key refuses it.</summary>
    public static NoteOpening Open(ReadOnlySpan<byte> bytes, params ReadOnlySpan<VerifierKey> known)
    {
        if (!TryParse(bytes, out var note))
            return new NoteOpening.Malformed();

        var signers = new HashSet<VerifierKey>();
        foreach (var signature in note.Signatures)
        {
            foreach (var key in known)
            {
                if (!key.IsNamedBy(signature))
                    continue;
                if (!key.Verify(note.Text, signature))
                    return new NoteOpening.FalseSignature(key);
                signers.Add(key);
            }
        }

        return signers.Count > 0 ? new NoteOpening.Opened(note, signers) : new NoteOpening.NotSigned();
    }

    /// <summary>The note with one more signature.</summary>
    public SignedNote With(NoteSignature signature) => this with { Signatures = [.. Signatures, signature] };

    /// <summary>The note as it is served and kept.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Text}\n{string.Concat(Signatures.Select(signature => signature.ToLine()))}");
}

/// <summary>What came of opening a note with the keys one knows.</summary>
public abstract record NoteOpening
{
    private NoteOpening() { }

    /// <param name="Signers">The known keys that signed it, at least one.</param>
    public sealed record Opened(SignedNote Note, IReadOnlySet<VerifierKey> Signers) : NoteOpening;

    /// <summary>Not in the form of a note.</summary>
    public sealed record Malformed : NoteOpening;

    /// <summary>A line says it is by a known key, and is not.</summary>
    public sealed record FalseSignature(VerifierKey Key) : NoteOpening;

    /// <summary>No line is by a known key.</summary>
    public sealed record NotSigned : NoteOpening;
}
