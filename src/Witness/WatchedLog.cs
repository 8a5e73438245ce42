using System.Security.Cryptography;
using System.Text;
using Cofferdam.Durable;
using Cofferdam.Ledger;

namespace Cofferdam.Witness;

/// <summary>What this witness knows of one log: the last checkpoint that it cosigned, on disk before anybody sees it.</summary>
/// <param name="witness">The witness's key.</param>
/// <param name="keys">Keys trusted for this origin, at least one, all of one name.</param>
/// <param name="folder">Where the last cosigned note is kept.</param>
internal sealed class WatchedLog(LogSigner witness, VerifierKey[] keys, string folder, TimeProvider time) : IDisposable
{
    public const string FileEnd = ".checkpoint";

    // Size and checkpoint are compared and replaced by one request at a time.
    private readonly SemaphoreSlim one = new(1);
    private (Checkpoint Checkpoint, byte[] Note)? last;

    // A write failed, perhaps after the file had its name.
    private bool unsure;

    public string Origin => keys[0].Name;

    /// <summary>The log's name in addresses: SHA-256 of its origin, in hex.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keys[0].Name)));

    /// <summary>The newest cosigned checkpoint; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Newest => last is { Note: var note } ? note : null;

    private string FilePath => Path.Combine(folder, Id + FileEnd);

    /// <summary>Takes up what was cosigned before.</summary>
    /// <exception cref="StartupException">The file is not what this witness wrote.</exception>
    public async Task LoadAsync()
    {
        if (!File.Exists(FilePath))
        {
            unsure = false;
            return;
        }

        var note = await File.ReadAllBytesAsync(FilePath);
        if (SignedNote.Open(note, [.. keys, witness.Cosigner]) is not NoteOpening.Opened opened
            || !opened.Signers.Contains(witness.Cosigner)
            || !Checkpoint.TryParse(opened.Note.Text, out var checkpoint)
            || checkpoint.Origin != Origin)
        {
            throw new StartupException($"{FilePath} is not what this witness wrote there. What it signed for this log is forgotten, so it must not sign: put the file back.");
        }

        last = (checkpoint, note);
        unsure = false;
    }

    /// <summary>Decides on a checkpoint whose origin is this log's, and cosigns it (C2SP tlog-witness, <c>add-checkpoint</c>).</summary>
    public async Task<WitnessAnswer> AddAsync(CheckpointSubmission submission)
    {
        if (SignedNote.Open(submission.Note.Span, keys) is not NoteOpening.Opened { Note: var note })
            return new WitnessAnswer.NotSigned();
        if (!Checkpoint.TryParse(note.Text, out var checkpoint) || submission.Old > checkpoint.Size)
            return new WitnessAnswer.Malformed();

        await one.WaitAsync();
        try
        {
            if (unsure)
                await LoadAsync();
            var size = last?.Checkpoint.Size ?? 0;
            if (submission.Old != size)
                return new WitnessAnswer.Conflict(size);
            return IsConsistent(submission, checkpoint) ? new WitnessAnswer.Cosigned(await CosignAsync(checkpoint, note)) : new WitnessAnswer.NotConsistent();
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private bool IsConsistent(CheckpointSubmission submission, Checkpoint checkpoint)
    {
        // A proof from nothing says nothing; RFC 6962 has none, and the root of an empty tree is known.
        if (last is not { Checkpoint: { Size: > 0 } known })
            return submission.Proof.Count == 0 && (checkpoint.Size > 0 || checkpoint.Root.Span.SequenceEqual(MerkleTree.EmptyRoot.Span));
        return MerkleTree.VerifyConsistency(known.Size, checkpoint.Size, known.Root.Span, checkpoint.Root.Span, [.. submission.Proof]);
    }

    private async Task<NoteSignature> CosignAsync(Checkpoint checkpoint, SignedNote note)
    {
        var cosignature = Cosignature.Sign(witness, note.Text, time.GetUtcNow());

        // Only lines that were checked: what strangers wrote underneath is not this witness's to pass on.
        var checkedLines = note.Signatures.Where(line => keys.Any(key => key.IsNamedBy(line)));
        var cosigned = new SignedNote(note.Text, [.. checkedLines, cosignature]).ToBytes();
        unsure = true;
        await DurableFile.WriteAsync(FilePath, overwrite: true, async file => await file.WriteAsync(cosigned));
        last = (checkpoint, cosigned);
        unsure = false;
        return cosignature;
    }
}

/// <summary>What the witness says of a checkpoint.</summary>
internal abstract record WitnessAnswer
{
    private WitnessAnswer() { }

    /// <summary>Persisted and cosigned.</summary>
    public sealed record Cosigned(NoteSignature Line) : WitnessAnswer;

    /// <summary>None of the log's keys signed it, or one of them did wrongly.</summary>
    public sealed record NotSigned : WitnessAnswer;

    /// <summary>Not a checkpoint, or smaller than what it says it grows from.</summary>
    public sealed record Malformed : WitnessAnswer;

    /// <param name="Size">What was cosigned last; 0 where nothing was.</param>
    public sealed record Conflict(long Size) : WitnessAnswer;

    /// <summary>It does not continue what was cosigned last.</summary>
    public sealed record NotConsistent : WitnessAnswer;
}
