using System.Data.Common;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>One witness of one log: asks it for a cosignature of every checkpoint it can keep up with.</summary>
internal sealed class LogWitness(PolicyWitness witness, LabLog log, LogPublisher publisher, VaultStore store, HttpClient http, TimeProvider time)
{
    // A size that differs is told by the answer; a second that differs again means that somebody else asks as well.
    private const int Attempts = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly WitnessClient? client = Uri.TryCreate(witness.Url, UriKind.Absolute, out var address) ? new WitnessClient(http, address) : null;

    // What it is thought to have signed last; an error costs one more question.
    private long known;
    private volatile WitnessState state = new(witness.Name, 0, null, "not asked yet");

    public WitnessState State => state;

    public VerifierKey Key => witness.Key;

    /// <summary>Size of the newest checkpoint that it was asked for.</summary>
    public long Asked { get; private set; }

    /// <summary>It is being asked, and answered the last time.</summary>
    public bool IsSigning { get; private set; }

    /// <summary>Compares the store with what the witness remembers of the log; stops the log where they do not fit.</summary>
    /// <returns>True where it was heard.</returns>
    public async Task<bool> CompareAsync(CancellationToken cancellation)
    {
        switch (client is null ? new WitnessMemory.Unheard("has no address in the policy") : await client.RememberedAsync(log.Signer.Verifier, cancellation))
        {
            case WitnessMemory.Remembered(var checkpoint):
                known = checkpoint.Size;
                await publisher.CompareAsync($"the witness {witness.Name}", checkpoint, cancellation);
                return true;
            case WitnessMemory.Unheard(var why):
                Tell(why);
                return false;
            default:
                return true;
        }
    }

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (client is not null)
        {
            await log.UntilAsync(() => log.Standing == LogStanding.Sound && log.Published?.Checkpoint.Size > state.Size, cancellation);
            if (await TryAskAsync(client, log.Published!, cancellation))
            {
                pause = FirstPause;
                continue;
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> TryAskAsync(WitnessClient asked, PublishedCheckpoint published, CancellationToken cancellation)
    {
        Asked = published.Checkpoint.Size;
        IsSigning = state.Trouble is null;
        try
        {
            return await AskAsync(asked, published, cancellation);
        }
        catch (Exception e) when (e is IOException or MissingTileException or LogForkException or DbException)
        {
            Tell("was not asked: the log's folder or the vault's store cannot be used just now");
            return false;
        }
        finally
        {
            IsSigning = false;
            log.Change();
        }
    }

    private async Task<bool> AskAsync(WitnessClient asked, PublishedCheckpoint published, CancellationToken cancellation)
    {
        var checkpoint = published.Checkpoint;
        var note = published.Note with { Signatures = [.. published.Note.Signatures.Where(log.Signer.Verifier.IsNamedBy)] };
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var proof = known is 0 || known >= checkpoint.Size ? [] : await log.Prover(checkpoint.Size).ConsistencyAsync(known, cancellation);
            switch (await asked.AddAsync(Math.Min(known, checkpoint.Size), proof, note, cancellation))
            {
                case WitnessAnswer.Signed(var lines):
                    return await TakeAsync(checkpoint, note.Text, lines, cancellation);
                case WitnessAnswer.Has(var size) when size > checkpoint.Size:
                    return Overtaken(size);
                case WitnessAnswer.Has(var size):
                    known = size;
                    break;
                case WitnessAnswer.NotConsistent:
                    Tell("remembers another tree");
                    await CompareAsync(cancellation);
                    return false;
                case WitnessAnswer.Refused(var why):
                    Tell(why);
                    return false;
            }
        }

        Tell("says another size each time");
        return false;
    }

    private async Task<bool> TakeAsync(Checkpoint checkpoint, string text, IReadOnlyList<NoteSignature> lines, CancellationToken cancellation)
    {
        foreach (var line in lines)
        {
            if (Cosignature.Verify(witness.Key, text, line) is not { } at)
                continue;
            known = checkpoint.Size;
            await publisher.AddAsync(checkpoint, line, cancellation);
            state = new WitnessState(witness.Name, checkpoint.Size, at, null);
            return true;
        }

        Tell("answers without a signature of the key in the policy");
        return false;
    }

    // Another process of this store may have published in between. What no process has committed, nobody can have signed here.
    private bool Overtaken(long size)
    {
        var head = store.Ledger(log.Lab);
        known = size;
        if (head.Log == log.Ordinal && size > head.Size)
            log.Stop(LogStanding.Behind, LogWords.Behind($"the witness {witness.Name}", size, head.Size), size);
        Tell("has signed a longer log");
        return false;
    }

    private void Tell(string trouble)
    {
        state = state with { Trouble = trouble };
        log.Change();
    }
}
