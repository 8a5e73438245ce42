using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>A proof that an entry is in a log, which anybody checks offline (C2SP tlog-proof); kept as <c>.tlog-proof</c>.</summary>
/// <param name="Index">Zero-based index of the entry.</param>
/// <param name="Hashes">Inclusion proof, leaf side first, 32 bytes each; at most 63.</param>
/// <param name="Checkpoint">The signed checkpoint as it was read.</param>
/// <param name="Extra">Bytes beside the proof. Ours hold the entry; they are believed only once its hash is in the tree.</param>
public sealed record TlogProof(long Index, IReadOnlyList<ReadOnlyMemory<byte>> Hashes, ReadOnlyMemory<byte> Checkpoint, ReadOnlyMemory<byte>? Extra)
{
    /// <summary>Most bytes of a proof that is read.</summary>
    public const int MaxBytes = SignedNote.MaxBytes + (128 * 1024);

    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const int MaxHashes = 63;

    /// <summary>Reads a proof without checking it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TlogProof? proof)
    {
        proof = null;
        var end = bytes.IndexOf("\n\n"u8);
        if (bytes.Length > MaxBytes || end < 0 || !StrictText.TryLines(bytes[..end], out var head))
            return false;

        var lines = new Queue<string>(head.Split('\n'));
        if (lines.Dequeue() != FirstLine)
            return false;
        byte[]? extra = null;
        if (lines.TryPeek(out var line) && line.StartsWith("extra ", StringComparison.Ordinal))
        {
            if (!StrictText.TryBase64(lines.Dequeue().AsSpan(6), out extra))
                return false;
        }

        if (!lines.TryDequeue(out line) || !line.StartsWith("index ", StringComparison.Ordinal) || !StrictText.TryNumber(line.AsSpan(6), out var index) || lines.Count > MaxHashes)
            return false;
        var hashes = new List<ReadOnlyMemory<byte>>();
        foreach (var one in lines)
        {
            if (!StrictText.TryHash(one, out var hash))
                return false;
            hashes.Add(hash);
        }

        proof = new TlogProof(index, hashes, bytes[(end + 2)..].ToArray(), extra is null ? default(ReadOnlyMemory<byte>?) : extra);
        return true;
    }

    /// <summary>Checks that a leaf is at the proof's index in a tree whose checkpoint is good under a policy.</summary>
    /// <param name="leafHash">See <see cref="MerkleTree.HashLeaf"/>.</param>
    public ProofOutcome Verify(ReadOnlySpan<byte> leafHash, WitnessPolicy policy) => policy.Open(Checkpoint.Span) switch
    {
        PolicyOpening.Satisfied good when MerkleTree.VerifyInclusion(Index, good.Checkpoint.Size, leafHash, Hashes, good.Checkpoint.Root.Span) =>
            new ProofOutcome.Proved(good.Checkpoint, good.Cosigned),
        PolicyOpening.Satisfied => new ProofOutcome.NotIncluded(),
        var other => new ProofOutcome.NotTrusted(other),
    };

    /// <summary>The proof as it is kept and sent.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        if (Extra is { } extra)
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append("index ").Append(Index).Append('\n');
        foreach (var hash in Hashes)
            text.Append(Convert.ToBase64String(hash.Span)).Append('\n');
        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Checkpoint.Span];
    }
}

/// <summary>What came of checking a proof.</summary>
public abstract record ProofOutcome
{
    private ProofOutcome() { }

    /// <summary>The leaf is in the tree of a good checkpoint.</summary>
    /// <param name="Cosigned">Names of the policy's witnesses that have signed it.</param>
    public sealed record Proved(Checkpoint Checkpoint, IReadOnlyList<string> Cosigned) : ProofOutcome;

    /// <summary>The checkpoint is good, the hashes do not lead from the leaf to its root.</summary>
    public sealed record NotIncluded : ProofOutcome;

    /// <summary>The checkpoint is not good under the policy.</summary>
    public sealed record NotTrusted(PolicyOpening Why) : ProofOutcome;
}
