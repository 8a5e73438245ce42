using System.CommandLine;
using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary>Verbs that start a program of its own and stay until it ends.</summary>
internal static class ServeCommand
{
    /// <summary><c>serve</c>: a lab node.</summary>
    public static Command Create() => Create("serve", "Start a lab node.", NodeProgram.Server);

    /// <summary><c>witness</c>: a witness of other parties' logs.</summary>
    public static Command CreateWitness() => Create("witness", "Start a witness that cosigns the logs of lab nodes (C2SP tlog-witness).", NodeProgram.Witness);

    /// <summary><c>vault</c>: the vault as a process of its own.</summary>
    public static Command CreateVault() => Create("vault", "Run the vault as its own process, or do what is done to a stopped one.", NodeProgram.Vault);

    /// <summary>A verb that the vault's program has, of a stopped vault: <c>key recover</c>, <c>ledger recover</c>, <c>ledger restart</c>.</summary>
    public static Command CreateOf(string name, string description, string verb) => Create(name, description, NodeProgram.Vault, [verb]);

    private static Command Create(string verb, string description, NodeProgram program, params string[] first)
    {
        var rest = new Argument<string[]>("options")
        {
            Description = $"Options of {program.Name}; see {verb} -- --help.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = Verb.Create(
            verb, description, [rest],
            (parsed, _, cancellation) => RunAsync(program.Start([.. first, .. parsed.GetValue(rest) ?? [], .. parsed.UnmatchedTokens]), cancellation));
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }

    private static async Task<int> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var program = Process.Start(start)!;
        try
        {
            await program.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached the program too, which shares this terminal: it lays down its work and ends.
            await program.WaitForExitAsync(CancellationToken.None);
        }

        return program.ExitCode;
    }
}
