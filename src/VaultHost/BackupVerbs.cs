using System.Security.Cryptography;
using Cofferdam.Durable;
using Cofferdam.Vault;

namespace Cofferdam.VaultHost;

/// <summary><c>backup</c> and <c>restore</c>: the node in one sealed file (docs/operations/backup.md).</summary>
internal static class BackupVerbs
{
    /// <summary>Name of the server's part in a backup; its form is the server's business.</summary>
    private const string ServerPart = "server.tar";

    /// <summary>Works beside a vault that runs. Whoever pipes the server's part in ends this process where that part breaks off.</summary>
    public static async Task<int> BackUpAsync(HostOptions options)
    {
        var path = FileOf(options);
        if (File.Exists(path))
            throw new VaultStartException($"There is a file {path} already. Name another.");
        await DurableFile.WriteAsync(path, overwrite: false, async file =>
        {
            await using var backup = await VaultBackup.BeginAsync(options.Vault, file);
            if (options.WithServer)
            {
                await using var input = Console.OpenStandardInput();
                await backup.AddAsync(ServerPart, input);
            }

            await VaultBackup.AddAsync(options.Vault, backup);
            await backup.CompleteAsync();
        });
        await Console.Error.WriteLineAsync($"Backup in {path}");
        return 0;
    }

    /// <summary>Into an empty store. The server's part goes out first; it must be kept only where this ends well.</summary>
    public static async Task<int> RestoreAsync(HostOptions options)
    {
        await using var file = new FileStream(FileOf(options), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 << 10, FileOptions.Asynchronous);
        try
        {
            await using var backup = await VaultBackup.OpenAsync(options.Vault, file, Shares(options));
            while (backup is not null && await backup.NextAsync() is { } content)
            {
                if (VaultBackup.IsVault(content))
                    return await SayAsync(await VaultBackup.RestoreAsync(options.Vault, content, backup));
                if (options.WithServer && content.Name == ServerPart)
                {
                    await using var output = Console.OpenStandardOutput();
                    await content.Bytes.CopyToAsync(output);
                }
            }
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        return await SayAsync(RestoreOutcome.CannotBeOpened);
    }

    public static IReadOnlyList<string> Shares(HostOptions options) =>
        options.SharesFile is { } file ? [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)] : [];

    private static async Task<int> SayAsync(RestoreOutcome outcome)
    {
        await Console.Error.WriteLineAsync(outcome switch
        {
            RestoreOutcome.Restored => "Restored the vault.",
            RestoreOutcome.NotEmpty => "cofferdam-vault: there is a vault already where it should go. Choose an empty data folder, or a database without the schema vault.",
            RestoreOutcome.OtherDatabase => "cofferdam-vault: the backup is of the other kind of database. SQLite goes to SQLite, PostgreSQL to PostgreSQL.",
            _ => "cofferdam-vault: this is no backup, was edited or cut, or no custodian or share here opens it. Nothing was changed.",
        });
        return outcome is RestoreOutcome.Restored ? 0 : 1;
    }

    private static string FileOf(HostOptions options) => options.File ?? throw new VaultStartException("Which file? Give --file FILE.");
}
