using System.CommandLine;

namespace Cofferdam.Cli;

/// <summary><c>doctor</c>: what stands between a node and production.</summary>
internal static class DoctorCommand
{
    public static Command Create() => Verb.Create("doctor", "List what stands between this node and production.", Connection.Options, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var doctor = (await signedIn.Lab.Keys.DoctorAsync(cancellation)).OrThrow();
        terminal.Result(doctor, CliJson.Default.Doctor, found =>
            string.Join('\n', found.Findings.Select(finding => $"{(finding.Fit ? "fit" : "not fit"),-7}  {finding.Name,-14} {finding.Sentence}"))
            + (found.Evaluation ? "\n\nEvaluation mode: not for confidential work." : ""));
        return doctor.Fit ? ExitCode.Done : ExitCode.NotTrue;
    }
}
