using System.CommandLine;
using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary><c>vault</c>: starts the vault as a program of its own and stays until it ends.</summary>
internal static class VaultCommand
{
    private static readonly Argument<string[]> Rest = new("verb and options") { Description = "What cofferdam-vault takes; see vault -- --help.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = Verb.Create("vault", "Run the vault as its own process, or do what is done to a stopped one.", [Rest], RunAsync);
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        using var vault = Process.Start(new ProcessStartInfo(ServerProgram.Find("vault", "VaultHost"), [.. parsed.GetValue(Rest) ?? [], .. parsed.UnmatchedTokens]))!;
        try
        {
            await vault.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached the vault too, which shares this terminal: it finishes what is under way and ends.
            await vault.WaitForExitAsync(CancellationToken.None);
        }

        return vault.ExitCode;
    }
}
