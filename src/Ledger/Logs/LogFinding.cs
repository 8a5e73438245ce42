namespace Cofferdam.Ledger;

/// <summary>What can be wrong with a log.</summary>
public enum LogFault
{
    /// <summary>There is no checkpoint, or it is not in its form.</summary>
    NoCheckpoint,

    /// <summary>A signature under the checkpoint is not what it says it is.</summary>
    FalseSignature,

    /// <summary>A line under the checkpoint is by a key that the log's policy does not name.</summary>
    UnknownSignature,

    /// <summary>The checkpoint is of another log, or signed by nobody that is known.</summary>
    OtherLog,

    /// <summary>Too few witnesses of the policy have signed the checkpoint.</summary>
    NoQuorum,

    /// <summary>A bundle of entries is missing or not in its form.</summary>
    BadBundle,

    /// <summary>A tile is missing, or does not hold the hashes of what is below it.</summary>
    BadTile,

    /// <summary>An entry is not a leaf of a receipt.</summary>
    NotALeaf,

    /// <summary>A leaf stands where another should.</summary>
    OutOfSequence,

    /// <summary>The entries do not make the root that was signed.</summary>
    WrongRoot,

    /// <summary>The log is shorter than it was.</summary>
    RolledBack,

    /// <summary>The log no longer begins with what an older checkpoint says.</summary>
    Forked,

    /// <summary>A tile of an older or newer size does not begin as the tile at the checkpoint does.</summary>
    OtherTile,

    /// <summary>A file under <c>tile/</c> that no log has.</summary>
    UnknownFile,
}

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Where">A path below the log's root.</param>
/// <param name="Index">The entry, where it is one.</param>
/// <param name="What">In words, lowercase.</param>
public sealed record LogFinding(LogFault Fault, string Where, long? Index, string What);

/// <summary>What a check of a whole log came to.</summary>
/// <param name="Checkpoint">The checkpoint it was checked against; null where there was none that is good.</param>
/// <param name="Cosigned">Names of the policy's witnesses that have signed it.</param>
/// <param name="Receipts">The entries were checked as leaves of receipts; where they are something else, only their hashes were.</param>
/// <param name="Beyond">Files that the checkpoint says nothing of yet: tiles that are written before the next one.</param>
/// <param name="Findings">In the order of the log; empty where it is sound.</param>
public sealed record LogReport(Checkpoint? Checkpoint, IReadOnlyList<string> Cosigned, bool Receipts, long Beyond, IReadOnlyList<LogFinding> Findings)
{
    /// <summary>Most findings that are listed.</summary>
    public const int MaxFindings = 20;

    /// <summary>True where nothing is wrong.</summary>
    public bool Sound => Checkpoint is not null && Findings.Count == 0;
}
