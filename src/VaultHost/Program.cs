using System.Data.Common;
using Cofferdam.Sealing;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Cofferdam.VaultHost;

switch (CommandLine.Parse(args))
{
    case CommandLine.Help help:
        await Console.Out.WriteLineAsync(help.Text);
        return 0;
    case CommandLine.Wrong wrong:
        await Console.Error.WriteLineAsync($"cofferdam-vault: {wrong.Message}");
        return 2;
    case CommandLine.Run run:
        return await RunAsync(run);
    default:
        return 2;
}

static async Task<int> RunAsync(CommandLine.Run run)
{
    try
    {
        return await run.Verb.RunAsync(run.Options);
    }
    catch (Exception e) when (e is VaultStartException or VaultUnavailableException or VaultInUseException or KeyCustodyException or DbException
        or FormatException or ArgumentException or IOException or UnauthorizedAccessException or HttpRequestException or PlatformNotSupportedException)
    {
        await Console.Error.WriteLineAsync($"cofferdam-vault: {e.Message}");
        return 1;
    }
}
