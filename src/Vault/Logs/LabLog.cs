using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>The checkpoint in a log's folder.</summary>
/// <param name="Note">With the cosignatures that came so far.</param>
internal sealed record PublishedCheckpoint(Checkpoint Checkpoint, SignedNote Note);

/// <summary>One log of a lab's: its name and key, its folder, and how it stands. Anybody may read it at any time.</summary>
internal sealed class LabLog
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PublishedCheckpoint? published;
    private volatile Stand stand = new(LogStanding.Sound, "");
    private volatile TileProver? prover;

    /// <param name="row">The ledger it is of; it has an origin.</param>
    /// <param name="folders">Where the folders of all logs are.</param>
    public LabLog(LedgerRow row, byte[] seed, string folders)
    {
        Lab = row.Lab;
        Ordinal = row.Log;
        Seed = seed;
        Signer = new LogSigner(row.Origin!, seed);
        Folder = new LogFolder(Path.Combine(folders, Origin[(Origin.LastIndexOf('/') + 1)..]));
    }

    /// <summary>The lab's number in the store.</summary>
    public long Lab { get; }

    /// <summary>Which of the lab's logs, from 1.</summary>
    public long Ordinal { get; }

    public byte[] Seed { get; }

    public LogSigner Signer { get; }

    public string Origin => Signer.Verifier.Name;

    public LogFolder Folder { get; }

    public LogTail Tail { get; } = new();

    public LogStanding Standing => stand.Is;

    /// <summary>Largest size that somebody remembers and the store does not have; 0 where there is none.</summary>
    public long Remembered { get; private set; }

    /// <summary>The newest checkpoint that this process published or found; null where there is none yet.</summary>
    public PublishedCheckpoint? Published => published;

    /// <summary>Why nothing may be written to this ledger, for people; null where it may.</summary>
    public VaultUnavailableException? Refusal() => stand is { Is: not LogStanding.Sound, Words: var words } ? new VaultUnavailableException(VaultTrouble.Ledger, words) : null;

    /// <summary>Stops the ledger, until the store is mended or another log begun. What stopped it first is kept.</summary>
    /// <param name="remembered">The size that is remembered elsewhere.</param>
    public void Stop(LogStanding standing, string words, long remembered = 0)
    {
        lock (gate)
        {
            Remembered = Math.Max(Remembered, remembered);
            if (stand.Is is LogStanding.Sound or LogStanding.Unheard)
                stand = new Stand(standing, words);
        }

        Change();
    }

    /// <summary>A witness has been heard.</summary>
    public void Hear()
    {
        lock (gate)
        {
            if (stand.Is == LogStanding.Unheard)
                stand = new Stand(LogStanding.Sound, "");
        }

        Change();
    }

    public void Publish(PublishedCheckpoint checkpoint)
    {
        published = checkpoint;
        Change();
    }

    /// <summary>Wakes whoever waits for a state of this log.</summary>
    public void Change() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a state of this log, or of what says <see cref="Change"/> of it.</summary>
    public async Task UntilAsync(Func<bool> isSo, CancellationToken cancellation)
    {
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (isSo())
                return;
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>The checkpoint in the folder, where it is one of this log's.</summary>
    public async Task<PublishedCheckpoint?> ReadPublishedAsync(CancellationToken cancellation)
    {
        try
        {
            return await Folder.ReadCheckpointAsync(cancellation) is { } bytes && Checkpoint.Open(bytes, Signer.Verifier) is CheckpointOpening.Opened opened
                ? new PublishedCheckpoint(opened.Checkpoint, opened.Note)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Proves out of the folder's tiles about a size that was published; keeps what it read for the next proof.</summary>
    public TileProver Prover(long size) => prover is { } kept && kept.Size == size ? kept : prover = new TileProver(Folder, size);

    private sealed record Stand(LogStanding Is, string Words);
}
