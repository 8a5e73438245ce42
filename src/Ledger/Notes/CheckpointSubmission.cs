using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>What a log sends to a witness (C2SP tlog-witness, <c>add-checkpoint</c>).</summary>
/// <param name="Old">Size of the checkpoint that the witness cosigned last, as the log believes; 0 where it has none.</param>
/// <param name="Proof">Consistency proof from <paramref name="Old"/> to the checkpoint, of hashes of 32 bytes, at most <see cref="MaxProof"/>.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record CheckpointSubmission(long Old, IReadOnlyList<ReadOnlyMemory<byte>> Proof, ReadOnlyMemory<byte> Note)
{
    /// <summary>Most hashes of a proof: the height of the tallest tree.</summary>
    public const int MaxProof = 63;

    private const string OldLabel = "old ";

    /// <summary>Reads a request's body.</summary>
    /// <remarks>The note is taken as it is: whether it is one, opening it tells.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out CheckpointSubmission? submission)
    {
        submission = null;
        var split = body.IndexOf("\n\n"u8);
        if (split < 0 || !StrictText.TryLines(body[..split], out var head))
            return false;
        var lines = head.Split('\n');
        if (lines.Length > 1 + MaxProof
            || !lines[0].StartsWith(OldLabel, StringComparison.Ordinal)
            || !StrictText.TryNumber(lines[0].AsSpan(OldLabel.Length), out var old))
        {
            return false;
        }

        List<ReadOnlyMemory<byte>> proof = [];
        foreach (var line in lines.AsSpan(1))
        {
            if (!StrictText.TryHash(line, out var hash))
                return false;
            proof.Add(hash);
        }

        submission = new CheckpointSubmission(old, proof, body[(split + 2)..].ToArray());
        return true;
    }

    /// <summary>The request's body.</summary>
    public byte[] ToBytes() =>
        [.. Encoding.UTF8.GetBytes($"{OldLabel}{Old}\n{string.Concat(Proof.Select(hash => Convert.ToBase64String(hash.Span) + "\n"))}\n"), .. Note.Span];
}
