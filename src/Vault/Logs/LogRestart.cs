using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Logs;

/// <summary>Begins a new log for a lab where leaves that a witness or the published log knows are lost.</summary>
/// <remarks>
/// Such a lab's log takes no receipt, and so no proposal either: two people are named to a vault that is stopped, and the
/// receipts of the new log name both. That it was they is the word of whoever runs the vault.
/// </remarks>
public static class LogRestart
{
    /// <param name="slug">The lab's name in addresses.</param>
    /// <param name="by">Pseudonym of the first of the two.</param>
    /// <param name="approvedBy">Pseudonym of the second.</param>
    /// <exception cref="VaultInUseException">The node is running.</exception>
    public static async Task<LogRestartOutcome> BeginAsync(VaultOptions options, string slug, Guid by, Guid approvedBy, CancellationToken cancellation = default)
    {
        if (by == approvedBy)
            return new LogRestartOutcome.Refused("A new log takes two people.");
        await using var door = await VaultNode.OpenWithinAsync(options, new CallerProcess("recovery", null, Environment.MachineName), cancellation);
        var node = door.Node;
        if (node.Store.Labs().FirstOrDefault(row => row.Slug == slug) is not { } found)
            return new LogRestartOutcome.Refused("The vault's store has no lab of this name.");
        var lab = await node.LabAsync(new LabId(found.Id), cancellation);
        if (node.Logs.Find(lab.Number)!.Log.Standing is not (LogStanding.Behind or LogStanding.Forked))
            return new LogRestartOutcome.Refused("Nothing that is known of this lab's log is missing in the store: there is no reason for another.");
        await door.StartNewLogAsync(lab, Principal.Person(by), Principal.Person(approvedBy));
        var log = node.Logs.Find(lab.Number)!.Log;
        return new LogRestartOutcome.Begun(log.Origin, log.Signer.Verifier.ToString());
    }
}

/// <summary>What came of beginning a new log.</summary>
public abstract record LogRestartOutcome
{
    private LogRestartOutcome() { }

    /// <param name="Origin">Name of the new log.</param>
    /// <param name="Key">Its verifier key, which witnesses need to be told.</param>
    public sealed record Begun(string Origin, string Key) : LogRestartOutcome;

    /// <summary>Everything is as it was.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Refused(string Why) : LogRestartOutcome;
}
