using Cofferdam.Durable;

namespace Cofferdam.Ledger;

/// <summary>Watches a log over time: keeps the last checkpoint it saw, and takes a newer one only with a proof that it goes on from there.</summary>
/// <param name="state">File that holds the last checkpoint, as it was signed.</param>
public sealed class LogFollower(LogSource source, WitnessPolicy policy, string state)
{
    /// <summary>Looks once.</summary>
    /// <exception cref="InvalidDataException">The file of the state is no checkpoint.</exception>
    /// <exception cref="IOException">The state or the log cannot be read or written.</exception>
    /// <exception cref="HttpRequestException">The log does not answer.</exception>
    public async Task<FollowStep> LookAsync(CancellationToken cancellation = default)
    {
        var kept = await ReadStateAsync(cancellation);
        if (await source.ReadCheckpointAsync(cancellation) is not { } note)
            return new FollowStep.Broken(new LogFinding(LogFault.NoCheckpoint, LogSource.CheckpointName, null, "there is no checkpoint"));
        if (policy.Open(note) is not PolicyOpening.Satisfied { Checkpoint: var seen, Cosigned: var cosigned })
            return new FollowStep.Broken(LogVerification.Untrusted(policy.Open(note))!);
        if (kept is not null && await LogVerification.SinceAsync(source, kept, seen, cancellation) is { } broken)
            return new FollowStep.Broken(broken);
        if (kept is not null && kept.IsSameTreeAs(seen))
            return new FollowStep.Same(seen);

        await DurableFile.WriteAsync(state, overwrite: true, file => file.WriteAsync(note, cancellation).AsTask());
        return new FollowStep.Seen(kept, seen, cosigned);
    }

    private async Task<Checkpoint?> ReadStateAsync(CancellationToken cancellation)
    {
        if (!File.Exists(state))
            return null;
        var note = await File.ReadAllBytesAsync(state, cancellation);
        return SignedNote.TryParse(note, out var signed) && Checkpoint.TryParse(signed.Text, out var checkpoint)
            ? checkpoint
            : throw new InvalidDataException("The kept state is no checkpoint.");
    }
}

/// <summary>What a look at a log came to.</summary>
public abstract record FollowStep
{
    private FollowStep() { }

    /// <summary>A checkpoint that is new, and that goes on from the one before.</summary>
    /// <param name="Before">Null at the first look.</param>
    /// <param name="Cosigned">Names of the policy's witnesses that have signed it.</param>
    public sealed record Seen(Checkpoint? Before, Checkpoint Checkpoint, IReadOnlyList<string> Cosigned) : FollowStep;

    /// <summary>Nothing has changed.</summary>
    public sealed record Same(Checkpoint Checkpoint) : FollowStep;

    /// <summary>The log is not what it was, or its checkpoint is not good. What was kept stays.</summary>
    public sealed record Broken(LogFinding Finding) : FollowStep;
}
