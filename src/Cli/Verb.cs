using System.CommandLine;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary>A verb of the command line, and the one place where what went wrong becomes words and an exit code.</summary>
internal static class Verb
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object.", Recursive = true };

    public static Command Create(
        string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, Terminal, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction((parsed, cancellation) => RunAsync(parsed, run, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<ParseResult, Terminal, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        var terminal = Terminal.Standard(parsed.GetValue(Json));
        try
        {
            return await run(parsed, terminal, cancellation);
        }
        catch (Exception exception) when (Understood(exception) is { } failure)
        {
            terminal.Error(failure);
            return failure.Exit;
        }
    }

    private static CliException? Understood(Exception exception) => exception switch
    {
        CliException failure => failure,
        ProblemException { Problem: var problem } => new CliException(
            problem.Status >= 500 ? ExitCode.Unreachable : ExitCode.NotTrue,
            problem.Code.Length > 0 ? problem.Code : $"http-{problem.Status}",
            Lower(problem.ToString()),
            problem.Status == 401 ? "sign in with --sign-in NAME or --credentials FILE, or give a token that has not ended" : ""),
        HttpRequestException => new CliException(
            ExitCode.Unreachable, "unreachable", "the node does not answer", "check the address given with --url, and that the node runs"),
        FileNotFoundException or DirectoryNotFoundException => new CliException(
            ExitCode.WrongUse, "no-such-file", "no such file or folder", "check the path"),
        UnauthorizedAccessException => new CliException(ExitCode.WrongUse, "file-access", "a file may not be read or written", "check its permissions"),
        _ => null,
    };

    private static string Lower(string sentence) => sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');
}
