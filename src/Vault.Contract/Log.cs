namespace Cofferdam.Vault.Contract;

/// <summary>How a lab's log stands.</summary>
/// <param name="Origin"><c>node/ledger/lab</c>, as in its checkpoints.</param>
/// <param name="Key">Verifier key of the log (C2SP signed-note vkey).</param>
/// <param name="Checkpoint">Newest published; null where none is yet.</param>
/// <param name="Standing">Whether the lab's ledger may grow.</param>
/// <param name="Witnesses">Those of the policy, in its order.</param>
/// <param name="Quorum">The policy is satisfied by the newest checkpoint that was sent out to be witnessed.</param>
public sealed record LogState(string Origin, string Key, LogCheckpoint? Checkpoint, LogStanding Standing, IReadOnlyList<WitnessState> Witnesses, bool Quorum);

/// <param name="Note">The signed checkpoint with its cosignatures.</param>
public sealed record LogCheckpoint(long Size, ReadOnlyMemory<byte> Root, DateTimeOffset At, ReadOnlyMemory<byte> Note);

/// <param name="Size">Largest size that it cosigned; 0 where none.</param>
/// <param name="Trouble">Why it has not signed the newest: a word for people; null where it has.</param>
public sealed record WitnessState(string Name, long Size, DateTimeOffset? At, string? Trouble);

public enum LogStanding : byte
{
    /// <summary>Grows.</summary>
    Sound = 1,

    /// <summary>A witness or the published log knows more than this store: nothing is opened or signed until that is mended.</summary>
    Behind = 2,

    /// <summary>A witness or the published log knows another tree: nothing is opened or signed.</summary>
    Forked = 3,

    /// <summary>No witness of the policy has been heard since the start: nothing is opened until one has.</summary>
    Unheard = 4,
}
