using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault;
using Cofferdam.Vault.Logs;

namespace Cofferdam.VaultHost;

/// <summary>What is done to a vault that is stopped, and has lost its custodian or the end of a log.</summary>
internal static class RecoveryVerbs
{
    /// <summary>The first <c>--custodian</c> keeps the key from now on.</summary>
    public static async Task<int> RecoverKeyAsync(HostOptions options)
    {
        if (options.SharesFile is null)
            throw new VaultStartException("Whose shares? Give --shares FILE, one a line.");
        var to = options.Custodians is [var first, ..] ? first : CustodianChoice.Parse("file");
        switch (await KeyRecovery.RecoverAsync(options.Vault, options.Lab, BackupVerbs.Shares(options), to))
        {
            case RecoverOutcome.Recovered:
                await Console.Out.WriteLineAsync($"The key is with the custodian {to.Kind}. Start the vault with it; its start writes the receipt.");
                return 0;
            case RecoverOutcome.SharesDoNotFit wrong:
                return await RefuseAsync(wrong.Sentence);
            default:
                return await RefuseAsync("There is no such lab in the store, or no recovery key was made for it.");
        }
    }

    public static async Task<int> RecoverLogAsync(HostOptions options)
    {
        if (options.Lab is null || options.Log is null)
            throw new VaultStartException("Which log? Give --lab SLUG, and --log with its folder or address.");
        using var http = new HttpClient();
        LogSource published = Uri.TryCreate(options.Log, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new LogUrl(http, address!)
            : Directory.Exists(options.Log) ? new LogFolder(options.Log) : throw new VaultStartException($"There is no folder {options.Log}.");
        switch (await LogRecovery.TakeLeavesAsync(options.Vault, options.Lab, published))
        {
            case LogRecoveryOutcome.Taken taken:
                await Console.Out.WriteLineAsync($"Took the leaves of receipts {taken.From} to {taken.To - 1}. The ledger has {taken.To} receipts.");
                return 0;
            case LogRecoveryOutcome.NothingMissing whole:
                await Console.Out.WriteLineAsync($"Nothing is missing: the ledger has {whole.Size} receipts.");
                return 0;
            case LogRecoveryOutcome.Refused refused:
                return await RefuseAsync(refused.Why);
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }

    public static async Task<int> NewLogAsync(HostOptions options)
    {
        if (options.Lab is null || options.People is not [var by, var approvedBy])
            throw new VaultStartException("Whose log, and which two people? Give --lab SLUG, and --people with two pseudonyms.");
        switch (await LogRestart.BeginAsync(options.Vault, options.Lab, by, approvedBy))
        {
            case LogRestartOutcome.Begun begun:
                await Console.Out.WriteLineAsync($"Began the log {begun.Origin}. Tell its witnesses its key:\n{begun.Key}");
                return 0;
            case LogRestartOutcome.Refused refused:
                return await RefuseAsync(refused.Why);
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync($"cofferdam-vault: {why}");
        return 1;
    }
}
