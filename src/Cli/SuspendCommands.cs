using System.CommandLine;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>suspend</c> and <c>resume</c>: stop every disclosure in a scope at once, and let it go on.</summary>
internal static class SuspendCommands
{
    private static readonly string[] Reasons = ["securityIncident", "qualityQuestion", "contractQuestion", "plannedPause", "other"];

    private static readonly Argument<string> Scope = new("SCOPE") { Description = "project, person or lab." };

    private static readonly Argument<Guid?> Id = new("ID")
    {
        Description = "Id of the project, or the person's pseudonym; not for the lab.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Reason = new("--reason") { Description = "What those who are stopped are told.", DefaultValueFactory = _ => "other" };

    private static readonly Argument<Guid> Suspension = new("SUSPENSION") { Description = "Id of the suspension, as suspend printed it." };

    public static Command CreateSuspend()
    {
        Scope.AcceptOnlyFromAmong("project", "person", "lab");
        Reason.AcceptOnlyFromAmong(Reasons);
        return Verb.Create("suspend", "Stop every disclosure to a person, of a project or of the lab.", [Scope, Id, Reason, .. Connection.Options], SuspendAsync);
    }

    public static Command CreateResume() =>
        Verb.Create("resume", "Lift a suspension.", [Suspension, .. Connection.Options], ResumeAsync);

    private static async Task<int> SuspendAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var scope = parsed.GetRequiredValue(Scope);
        var id = parsed.GetValue(Id);
        if (scope != "lab" && id is null)
            throw new CliException(ExitCode.WrongUse, "no-id", $"which {scope}?", $"give its id: suspend {scope} ID");
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var suspension = (await signedIn.Lab.SuspendAsync(new SuspensionBody(scope, scope == "lab" ? null : id, parsed.GetValue(Reason)!), cancellation)).OrThrow();
        terminal.Result(suspension, CliJson.Default.Suspension, made =>
            $"suspended {scope} {id}: {made.SuspensionId}\n  receipt {made.Receipt}; last disclosure before it: {made.LastDisclosure?.ToString() ?? "none"}");
        return ExitCode.Done;
    }

    private static async Task<int> ResumeAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var id = parsed.GetValue(Suspension);
        (await signedIn.Lab.ResumeAsync(id, cancellation)).OrThrow();
        terminal.Result(new Resumed(id), CliJson.Default.Resumed, _ => $"resumed {id}");
        return ExitCode.Done;
    }
}

internal sealed record Resumed(Guid Suspension);
