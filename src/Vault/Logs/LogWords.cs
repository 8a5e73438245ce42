namespace Cofferdam.Vault.Logs;

/// <summary>What people are told where a log may not grow.</summary>
internal static class LogWords
{
    private const string Mend =
        "Stop the node and take the missing receipts from the published log with 'cofferdam ledger recover'; where they are lost, two people start a new log.";

    public static string Behind(string by, long remembered, long here) =>
        $"The ledger is older than what was published: {by} knows {remembered} receipts, the vault's store has {here}. Nothing is opened or signed. {Mend}";

    public static string Forked(string by, long size) =>
        $"The first {size} receipts of the ledger are not those that were published, as {by} knows them: the vault's store was edited. "
        + "Nothing is opened or signed. Restore the store from a backup that was not edited; where there is none, two people start a new log.";

    public static string Unheard =>
        "No witness of the ledger has answered since the vault started, so nobody outside can say that the ledger is whole. "
        + "Nothing is opened until one does. See that the addresses in the witness policy can be reached.";
}
