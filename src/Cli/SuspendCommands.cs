using System.CommandLine;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>suspend</c> and <c>resume</c>: stop every disclosure in a scope at once, and let it go on.</summary>
internal static class SuspendCommands
{
    private static readonly string[] Reasons = ["securityIncident", "qualityQuestion", "contractQuestion", "plannedPause", "other"];

    private static readonly string[] Scopes = ["lab", "project", "engagement", "person", "process", "export", "model"];

    // Of exports and models there are all, too.
    private static readonly string[] ScopesOfOne = ["project", "engagement", "person", "process"];

    private static readonly Argument<string> Scope = new("SCOPE") { Description = string.Join(", ", Scopes[..^1]) + " or model." };

    private static readonly Argument<Guid?> Id = new("ID")
    {
        Description = "Which: a person by pseudonym, all others by id. Not for the lab; exports and models without it are all of them.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "When it ends of itself, within a year; without it, when it is lifted.", HelpName = "TIME" };

    private static readonly Option<bool> Drill = new("--drill") { Description = "Do everything but stop anybody, and see afterwards what it would have stopped." };

    private static readonly Option<string> Reason = new("--reason") { Description = "What those who are stopped are told.", DefaultValueFactory = _ => "other" };

    private static readonly Argument<Guid> Suspension = new("SUSPENSION") { Description = "Id of the suspension, as suspend printed it." };

    public static Command CreateSuspend()
    {
        Scope.AcceptOnlyFromAmong(Scopes);
        Reason.AcceptOnlyFromAmong(Reasons);
        return Verb.Create("suspend", "Stop every disclosure in a scope at once.", [Scope, Id, Reason, Until, Drill, .. Connection.Options], SuspendAsync);
    }

    public static Command CreateResume() =>
        Verb.Create("resume", "Lift a suspension.", [Suspension, .. Connection.Options], ResumeAsync);

    private static async Task<int> SuspendAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var scope = parsed.GetRequiredValue(Scope);
        var id = parsed.GetValue(Id);
        if (ScopesOfOne.Contains(scope, StringComparer.Ordinal) && id is null)
            throw new CliException(ExitCode.WrongUse, "no-id", $"which {scope}?", $"give its id: suspend {scope} ID");
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var body = new SuspensionBody(scope, scope == "lab" ? null : id, parsed.GetValue(Reason)!, parsed.GetValue(Until), parsed.GetValue(Drill));
        var suspension = (await signedIn.Lab.SuspendAsync(body, cancellation)).OrThrow();
        terminal.Result(suspension, CliJson.Default.Suspension, Words);
        return ExitCode.Done;
    }

    private static async Task<int> ResumeAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var id = parsed.GetValue(Suspension);
        var noted = (await signedIn.Lab.ResumeAsync(id, cancellation)).OrThrow();
        terminal.Result(new Resumed(id, noted is null, noted?.Sentence), CliJson.Default.Resumed, resumed =>
            resumed.Lifted ? $"resumed {id}" : $"not yet: {resumed.Sentence}");
        return ExitCode.Done;
    }

    private static string Words(Suspension made)
    {
        var what = made.Scope == "lab" ? "the lab" : made.Id == Guid.Empty ? $"every {made.Scope}" : $"{made.Scope} {made.Id}";
        var lines = new List<string>
        {
            $"{(made.Drill ? "drill of suspending" : "suspended")} {what}: {made.SuspensionId}",
            $"receipt {made.Receipt}; last disclosure before it: {made.LastDisclosure?.ToString() ?? "none"}",
        };
        if (made.Until is { } until)
            lines.Add($"ends of itself at {until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
        if (made.InFlight is { Count: > 0 } inFlight)
            lines.Add($"in flight, given to a server just before: receipts {string.Join(", ", inFlight)}");
        if (made.Acknowledged is { } acknowledged)
            lines.Add($"acknowledged by {acknowledged} vault processes{(made.Expired is > 0 ? $"; {made.Expired} did not, and their leases have run out" : "")}");
        if (made.TwoToLift)
            lines.Add("lifting it takes two people");
        return string.Join("\n  ", lines);
    }
}

/// <param name="Lifted">False where a second person has to lift it too.</param>
/// <param name="Sentence">What is still needed; null where it is lifted.</param>
internal sealed record Resumed(Guid Suspension, bool Lifted, string? Sentence);
