namespace Cofferdam.Ledger;

/// <summary>How a log is to be checked.</summary>
public sealed record LogCheck
{
    /// <summary>Whose signatures make the checkpoint good.</summary>
    public required WitnessPolicy Policy { get; init; }

    /// <summary>
    /// The policy that the log itself holds. Where it is given, it must be met too, and every signature line must be by a key of
    /// one of the two, so that no byte of a checkpoint can be changed unnoticed.
    /// </summary>
    public WitnessPolicy? OwnPolicy { get; init; }

    /// <summary>A checkpoint that was kept elsewhere: the log must begin with what it says.</summary>
    public Checkpoint? Since { get; init; }
}

/// <summary>
/// Checks a whole log: the checkpoint's signatures, every entry, every hash of every tile, and the root; of a folder, every file.
/// </summary>
public static class LogVerification
{
    /// <summary>Reads the log once, at constant memory, on all cores.</summary>
    /// <param name="progress">Entries read so far.</param>
    /// <exception cref="IOException">The log cannot be read.</exception>
    /// <exception cref="HttpRequestException">The server does not answer, or answers with an error.</exception>
    public static async Task<LogReport> VerifyAsync(LogSource source, LogCheck check, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        if (await ReadAsync(source, cancellation) is not { } note)
            return Refused(LogFault.NoCheckpoint, "there is no checkpoint");
        var opening = check.Policy.Open(note);
        if (Untrusted(opening) is { } fault)
            return new LogReport(null, [], Receipts: false, 0, [fault]);
        var (checkpoint, signed, cosigned) = (PolicyOpening.Satisfied)opening;

        var findings = Lines(check, note, signed).ToList();
        var tiles = new TileVerification(source, checkpoint.Size, progress);
        await tiles.RunAsync(cancellation);
        findings.AddRange(tiles.Findings);
        if (!checkpoint.Root.Span.SequenceEqual(tiles.Root))
            findings.Add(new LogFinding(LogFault.WrongRoot, LogSource.CheckpointName, null, "the entries do not make the root that was signed"));
        if (check.Since is not null && await SinceAsync(source, check.Since, checkpoint, cancellation) is { } broken)
            findings.Add(broken);

        var beyond = 0L;
        if (source is LogFolder folder)
        {
            var files = new FolderVerification(folder, checkpoint.Size);
            await files.RunAsync(cancellation);
            findings.AddRange(files.Findings);
            beyond = files.Beyond;
        }

        return new LogReport(checkpoint, cosigned, tiles.Receipts, beyond, findings[..Math.Min(findings.Count, LogReport.MaxFindings)]);
    }

    /// <summary>Why a checkpoint is not good under a policy; null where it is.</summary>
    public static LogFinding? Untrusted(PolicyOpening opening) => opening switch
    {
        PolicyOpening.Satisfied => null,
        PolicyOpening.FalseSignature wrong => Finding(LogFault.FalseSignature, $"the signature of {wrong.KeyName} is false"),
        PolicyOpening.NotOfALog { Origin: "" } => Finding(LogFault.OtherLog, "no known log has signed the checkpoint"),
        PolicyOpening.NotOfALog other => Finding(LogFault.OtherLog, $"the checkpoint is of another log: {other.Origin}"),
        PolicyOpening.NoQuorum { Cosigned: [] } => Finding(LogFault.NoQuorum, "no witness has signed the checkpoint"),
        PolicyOpening.NoQuorum few => Finding(LogFault.NoQuorum, $"of the witnesses only {string.Join(", ", few.Cosigned)} signed the checkpoint"),
        _ => Finding(LogFault.NoCheckpoint, "the checkpoint is not in its form"),
    };

    /// <summary>Checks with a proof that a log still begins with an older checkpoint.</summary>
    /// <returns>Null where it does.</returns>
    public static async Task<LogFinding?> SinceAsync(LogSource source, Checkpoint older, Checkpoint newer, CancellationToken cancellation = default)
    {
        if (older.Origin != newer.Origin)
            return Finding(LogFault.OtherLog, $"the older checkpoint is of another log: {older.Origin}");
        if (older.Size > newer.Size)
            return Finding(LogFault.RolledBack, $"the log has {newer.Size} entries and had {older.Size}");

        // Nothing proves the empty tree, and it must be empty.
        if (older.Size == 0)
            return older.Root.Span.SequenceEqual(MerkleTree.EmptyRoot.Span) ? null : Forked();
        try
        {
            var proof = await new TileProver(source, newer.Size).ConsistencyAsync(older.Size, cancellation);
            return MerkleTree.VerifyConsistency(older.Size, newer.Size, older.Root.Span, newer.Root.Span, proof) ? null : Forked();
        }
        catch (MissingTileException missing)
        {
            return new LogFinding(LogFault.BadTile, missing.Tile.ToString(), null, "missing, or not in its form");
        }

        LogFinding Forked() => Finding(LogFault.Forked, $"the log no longer begins with the {older.Size} entries it had");
    }

    // What the log's own policy says of the lines under the checkpoint.
    private static IEnumerable<LogFinding> Lines(LogCheck check, byte[] note, SignedNote signed)
    {
        if (check.OwnPolicy is null)
            yield break;
        if (!ReferenceEquals(check.OwnPolicy, check.Policy) && Untrusted(check.OwnPolicy.Open(note)) is { } fault)
            yield return fault;
        foreach (var stranger in check.OwnPolicy.Strangers(signed).Where(check.Policy.Strangers(signed).Contains))
            yield return Finding(LogFault.UnknownSignature, $"a signature is by {stranger.Name}, with a key that the policy does not name");
    }

    private static async Task<byte[]?> ReadAsync(LogSource source, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadCheckpointAsync(cancellation);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static LogReport Refused(LogFault fault, string what) => new(null, [], Receipts: false, 0, [Finding(fault, what)]);

    private static LogFinding Finding(LogFault fault, string what) => new(fault, LogSource.CheckpointName, null, what);
}
