using System.CommandLine;
using Cofferdam.Ledger;

namespace Cofferdam.Cli;

/// <summary><c>ledger verify</c> of a published log: every file of it, without the node.</summary>
internal static class LedgerLogVerify
{
    public static Option<FileInfo?> Since { get; } = new("--since")
    {
        Description = "A checkpoint kept elsewhere, which the log must go on from.",
        HelpName = "FILE",
    };

    public static async Task<int> RunAsync(ParseResult parsed, string place, Terminal terminal, CancellationToken cancellation)
    {
        var log = await LedgerPlace.OpenAsync(parsed, place, cancellation);
        var check = new LogCheck { Policy = log.Policy, OwnPolicy = log.OwnPolicy };
        if (parsed.GetValue(Since) is { } file)
        {
            var (older, notOurs) = await OlderAsync(file, log.Policy, cancellation);
            if (notOurs is not null)
                return Tell(terminal, log, new LogReport(null, [], Receipts: false, 0, [notOurs]), null);
            check = check with { Since = older };
        }

        return Tell(terminal, log, await LogVerification.VerifyAsync(log.Source, check, null, cancellation), check.Since);
    }

    private static int Tell(Terminal terminal, LedgerPlace log, LogReport report, Checkpoint? since)
    {
        var verdict = new LogVerdict(
            report.Sound,
            report.Checkpoint?.Origin,
            report.Checkpoint?.Size,
            report.Checkpoint is { } checkpoint ? Convert.ToBase64String(checkpoint.Root.Span) : null,
            report.Cosigned,
            log.OnItsWord ? "own" : "given",
            since?.Size,
            report.Receipts,
            report.Beyond,
            report.Findings);
        terminal.Result(verdict, CliJson.Default.LogVerdict, Words);
        if (log.OnItsWord)
            terminal.Note($"trust rests on the policy file beside the log\n  hint: {LedgerPlace.TrustHint}");
        return report.Sound ? ExitCode.Done : ExitCode.NotTrue;
    }

    // A checkpoint that no log of the policy signed is no misuse: the log may be another one than it was.
    private static async Task<(Checkpoint? Older, LogFinding? NotOurs)> OlderAsync(FileInfo file, WitnessPolicy policy, CancellationToken cancellation)
    {
        var opening = policy.Open(await File.ReadAllBytesAsync(file.FullName, cancellation));
        return opening switch
        {
            PolicyOpening.Satisfied good => (good.Checkpoint, null),
            PolicyOpening.NoQuorum few => (few.Checkpoint, null),
            PolicyOpening.Malformed => throw new CliException(ExitCode.WrongUse, "since", "the file is no checkpoint", "save one from the log's address, or with: cofferdam ledger follow"),
            _ => (null, LogVerification.Untrusted(opening)! with { Where = file.Name }),
        };
    }

    private static string Words(LogVerdict verdict)
    {
        if (!verdict.Verified)
            return "not true:\n" + string.Join('\n', verdict.Findings.Select(finding => $"  {finding.Where}: {finding.What}"));
        var who = verdict.Cosigned.Count == 0 ? "no witness asked for has signed" : $"witnessed by {string.Join(", ", verdict.Cosigned)}";
        var what = verdict.Receipts ? "receipts" : "entries";
        var from = verdict.Since is { } size ? $"\n  goes on from the checkpoint of {size:N0} {what}" : "";
        var beyond = verdict.Beyond > 0 ? $"\n  {verdict.Beyond:N0} files hold what comes after this checkpoint, and are not covered by it" : "";
        return $"verified {verdict.Size:N0} {what} of {verdict.Origin}, root {verdict.Root}\n  {who}{from}{beyond}";
    }
}

/// <summary>What <c>ledger verify</c> found of a published log.</summary>
/// <param name="Verified">Every byte of every tile, bundle and of the checkpoint is as it was signed.</param>
/// <param name="Root">Base64.</param>
/// <param name="Cosigned">Witnesses of the policy that have signed the checkpoint.</param>
/// <param name="Trust"><c>given</c>: a key or policy was given. <c>own</c>: it was taken from beside the log.</param>
/// <param name="Since">Size of the checkpoint kept elsewhere that the log goes on from.</param>
/// <param name="Receipts">Every entry is the leaf of a receipt, in its place.</param>
/// <param name="Beyond">Files that hold what comes after the checkpoint.</param>
internal sealed record LogVerdict(
    bool Verified, string? Origin, long? Size, string? Root, IReadOnlyList<string> Cosigned, string Trust, long? Since, bool Receipts, long Beyond,
    IReadOnlyList<LogFinding> Findings);
