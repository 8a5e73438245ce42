using System.CommandLine;
using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary><c>serve</c>: starts the server as a program of its own and stays until it ends.</summary>
internal static class ServeCommand
{
    private static readonly Argument<string[]> Rest = new("options") { Description = "Options of cofferdam-server; see serve -- --help.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = Verb.Create("serve", "Start a lab node.", [Rest], RunAsync);
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        using var server = Process.Start(ServerProgram.Start([.. parsed.GetValue(Rest) ?? [], .. parsed.UnmatchedTokens]))!;
        try
        {
            await server.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached the server too, which shares this terminal: it lays down its ledger and ends.
            await server.WaitForExitAsync(CancellationToken.None);
        }

        return server.ExitCode;
    }
}
