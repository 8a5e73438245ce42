using System.CommandLine;
using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary><c>backup</c> and <c>restore</c>: a node in one sealed file. The programs that hold the parts read and write them; this one joins them by pipes.</summary>
internal static class BackupCommands
{
    /// <summary>The server keeps its part where this comes after it.</summary>
    private const byte Kept = (byte)'K';

    private static readonly Option<string> Data = new("--data") { Description = "The server's data folder.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine(".cofferdam", "data") };
    private static readonly Option<string?> VaultData = new("--vault-data") { Description = "The vault's, where it is a process of its own.", HelpName = "DIR" };
    private static readonly Option<string> Keys = new("--keys") { Description = "Folder of key files.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine(".cofferdam", "keys") };
    private static readonly Option<string> Store = new("--store") { Description = "sqlite, or postgres://user:password@host:port/database: then the vault's part alone.", DefaultValueFactory = _ => "sqlite" };
    private static readonly Option<string[]> Custodian = new("--custodian") { Description = "As the vault is started with.", HelpName = "CHOICE" };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The sealed file; there is none of this name yet.", HelpName = "FILE", Required = true };
    private static readonly Argument<string> Input = new("FILE") { Description = "The sealed file." };
    private static readonly Option<string?> Shares = new("--shares") { Description = "Shares of the node's recovery key, one a line, where its custodian is lost.", HelpName = "FILE" };

    private static bool OnSqlite(ParseResult parsed) => parsed.GetValue(Store) == "sqlite";

    public static Command CreateBackup() => Verb.Create(
        "backup", "Write the node into one sealed file, while it works.", [Output, Data, VaultData, Keys, Store, Custodian], BackUpAsync);

    public static Command CreateRestore() => Verb.Create(
        "restore", "Put a backup into empty folders.", [Input, Data, VaultData, Keys, Store, Custodian, Shares], RestoreAsync);

    private static async Task<int> BackUpAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(Output));
        using var vault = StartVault(parsed, "backup", file);
        if (!OnSqlite(parsed))
        {
            terminal.Note("only the vault's part: take schema work of the database with pg_dump");
            vault.StandardInput.Close();
            return Tell(terminal, file, await EndAsync(vault, cancellation));
        }

        using var server = Start(NodeProgram.Server, ["copy-out", "--data", parsed.GetValue(Data)!]);
        var written = await PipeAsync(server.StandardOutput.BaseStream, vault.StandardInput.BaseStream, cancellation);
        server.StandardInput.Close();
        if (!await EndAsync(server, cancellation) || !written)
        {
            // Before its input ends, so that half a part is not taken for a whole one.
            vault.Kill();
            throw Failed();
        }

        vault.StandardInput.Close();
        return Tell(terminal, file, await EndAsync(vault, cancellation));
    }

    private static async Task<int> RestoreAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(Input));
        if (!OnSqlite(parsed))
        {
            using var alone = StartVault(parsed, "restore", file);
            return Tell(terminal, file, await EndAsync(alone, cancellation));
        }

        using var server = Start(NodeProgram.Server, ["put-back", "--data", parsed.GetValue(Data)!]);
        if (await server.StandardOutput.ReadLineAsync(cancellation) is null)
        {
            await EndAsync(server, cancellation);
            throw Failed();
        }

        using var vault = StartVault(parsed, "restore", file);
        var written = await PipeAsync(vault.StandardOutput.BaseStream, server.StandardInput.BaseStream, cancellation);
        if (await EndAsync(vault, cancellation) && written)
            await server.StandardInput.BaseStream.WriteAsync(new[] { Kept }, cancellation);
        server.StandardInput.Close();
        return Tell(terminal, file, await EndAsync(server, cancellation));
    }

    private static Process StartVault(ParseResult parsed, string verb, string file)
    {
        string[] part = OnSqlite(parsed) ? ["--server-part", "pipe"] : [];
        string[] shares = verb == "restore" && parsed.GetValue(Shares) is { } given ? ["--shares", given] : [];
        return Start(NodeProgram.Vault,
        [
            verb, "--file", file, "--data", parsed.GetValue(VaultData) ?? parsed.GetValue(Data)!, "--keys", parsed.GetValue(Keys)!, "--store", parsed.GetValue(Store)!,
            .. (parsed.GetValue(Custodian) ?? []).SelectMany(choice => new[] { "--custodian", choice }), .. part, .. shares,
        ]);
    }

    // What it says of its own accord goes to the same terminal.
    private static Process Start(NodeProgram program, IReadOnlyList<string> arguments)
    {
        var start = program.Start(arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    /// <returns>False where the reader ended first.</returns>
    private static async Task<bool> PipeAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        try
        {
            await from.CopyToAsync(to, cancellation);
            await to.FlushAsync(cancellation);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> EndAsync(Process process, CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0;
    }

    private static int Tell(Terminal terminal, string file, bool done)
    {
        if (!done)
            throw Failed();
        terminal.Result(new BackedUp(file), CliJson.Default.BackedUp, _ => $"done: {file}");
        return ExitCode.Done;
    }

    private static CliException Failed() => new(ExitCode.NotTrue, "backup", "nothing was written", "the reason stands above");
}

internal sealed record BackedUp(string File);
