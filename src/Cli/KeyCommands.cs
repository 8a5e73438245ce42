using System.CommandLine;
using System.Globalization;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>key</c>: custody of a lab's root key, rotation, resealing, recovery, and shredding by two people.</summary>
internal static class KeyCommands
{
    private static readonly Argument<string> Custodian = new("CUSTODIAN") { Description = "Name of a custodian that the vault was started with; 'key show' lists them." };
    private static readonly Option<int> Shares = new("--shares") { Description = "How many people hold a part of the recovery key, 2 to 16.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Threshold = new("--threshold") { Description = "How many of them it takes.", DefaultValueFactory = _ => 3 };
    private static readonly Argument<string> What = new("WHAT") { Description = "project, lab or person." };
    private static readonly Argument<Guid?> Id = new("ID") { Description = "Id of the project, or the person's pseudonym; not for the lab.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<Guid> Proposal = new("PROPOSAL") { Description = "Id, as 'key proposals' shows it." };

    public static Command Create()
    {
        What.AcceptOnlyFromAmong("project", "lab", "person");
        return new Command("key", "A lab's keys: who keeps them, and what is done to them.")
        {
            Verb.Create("show", "Show who keeps the root key, and since when.", Connection.Options, ShowAsync),
            Verb.Create("rotate", "Make new root and lab keys and rewrap everything under them.", Connection.Options, RotateAsync),
            Verb.Create("custodian", "Hand the lab's keys to another custodian.", [Custodian, .. Connection.Options], ChangeAsync),
            Verb.Create("recovery", "Make a recovery key and print its shares, this once.", [Shares, Threshold, .. Connection.Options], RecoveryAsync),
            ServeCommand.CreateOf("recover", "Open a lab whose custodian is lost, with shares of its recovery key; the vault stopped.", "recover-key"),
            Verb.Create("reseal", "Re-encrypt a project under a new key, after a theft.", [Connection.Project, .. Connection.Options], ResealAsync),
            Verb.Create("shred", "Propose to destroy the keys of a project, of the lab, or of what ties a person to receipts.", [What, Id, .. Connection.Options], ShredAsync),
            Verb.Create("proposals", "List what waits for a second person, or for its time.", Connection.Options, ProposalsAsync),
            Verb.Create("approve", "Approve a proposal as the second person.", [Proposal, .. Connection.Options], ApproveAsync),
            Verb.Create("withdraw", "Take back a proposal before it takes effect.", [Proposal, .. Connection.Options], WithdrawAsync),
        };
    }

    private static async Task<int> ShowAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        terminal.Result((await signedIn.Lab.Keys.GetAsync(cancellation)).OrThrow(), CliJson.Default.Keys, keys =>
            $"custodian {keys.Custodian}{(keys.Reachable ? "" : ", which cannot be reached")}; others: {string.Join(", ", keys.Custodians.Where(name => name != keys.Custodian))}\n"
            + $"  root and lab key of {Time(keys.RotatedAt)}; {keys.Projects} projects have keys\n"
            + (keys.Recovery is { } made ? $"  recovery key of {Time(made.MadeAt)}: {made.Threshold} of {made.Shares} shares" : "  no recovery key")
            + (keys.Evaluation ? "\n  evaluation mode: the root key lies in a file" : ""));
        return ExitCode.Done;
    }

    private static async Task<int> RotateAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        terminal.Result((await signedIn.Lab.Keys.RotateAsync(cancellation)).OrThrow(), CliJson.Default.KeyAct, done => $"rotated; receipt {done.Receipt}");
        return ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var to = parsed.GetRequiredValue(Custodian);
        terminal.Result((await signedIn.Lab.Keys.ChangeCustodianAsync(to, cancellation)).OrThrow(), CliJson.Default.KeyAct, done => $"the root key is with {to}; receipt {done.Receipt}");
        return ExitCode.Done;
    }

    private static async Task<int> RecoveryAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var made = (await signedIn.Lab.Keys.MakeRecoveryKeyAsync(parsed.GetValue(Shares), parsed.GetValue(Threshold), cancellation)).OrThrow();
        terminal.Result(made, CliJson.Default.RecoveryShares, shares =>
            string.Join('\n', shares.Shares) + $"\n\n{shares.Threshold} of these {shares.Shares.Count} replace a lost custodian. Give each to another person; they are kept nowhere. Receipt {shares.Receipt}.");
        return ExitCode.Done;
    }

    private static async Task<int> ResealAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var project = await Connection.ProjectIdAsync(signedIn, parsed, cancellation);
        var step = (await signedIn.Lab.Keys.ResealAsync(project, cancellation)).OrThrow();
        var done = step.Resealed;
        using (var progress = terminal.Progress("resealing", done + step.Left, "records"))
        {
            while (step.Left > 0)
            {
                step = (await signedIn.Lab.Keys.ResealAsync(project, cancellation)).OrThrow();
                done += step.Resealed;
                progress.Report(done);
            }
        }

        terminal.Result(step with { Resealed = done }, CliJson.Default.ResealStep, all => $"resealed {all.Resealed:N0} records; the old key is destroyed");
        return ExitCode.Done;
    }

    private static async Task<int> ShredAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var (what, id) = (parsed.GetRequiredValue(What), parsed.GetValue(Id));
        if (what != "lab" && id is null)
            throw new CliException(ExitCode.WrongUse, "no-id", $"which {what}?", $"give its id: key shred {what} ID");
        var kind = what switch { "project" => "shredProject", "person" => "erasePerson", _ => "shredLab" };
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var proposal = (await signedIn.Lab.Keys.ProposeAsync(new ProposalBody(kind, what == "lab" ? null : id), cancellation)).OrThrow();
        terminal.Result(proposal, CliJson.Default.Proposal, made => $"proposed {made.Id}\n  another owner approves it with: cofferdam key approve {made.Id}");
        return ExitCode.Done;
    }

    private static async Task<int> ProposalsAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var proposals = (await signedIn.Lab.Keys.ProposalsAsync(cancellation)).OrThrow();
        terminal.Result(proposals, CliJson.Default.IReadOnlyListProposal, all => all.Count == 0 ? "nothing is proposed" : string.Join('\n', all.Select(Line)));
        return ExitCode.Done;
    }

    private static async Task<int> ApproveAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        terminal.Result((await signedIn.Lab.Keys.ApproveAsync(parsed.GetValue(Proposal), cancellation)).OrThrow(), CliJson.Default.Proposal, Line);
        return ExitCode.Done;
    }

    private static async Task<int> WithdrawAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        terminal.Result((await signedIn.Lab.Keys.WithdrawAsync(parsed.GetValue(Proposal), cancellation)).OrThrow(), CliJson.Default.Proposal, Line);
        return ExitCode.Done;
    }

    private static string Line(Proposal one) =>
        $"{one.Id}  {one.Kind} {one.Subject}  {one.State}"
        + (one is { State: "approved", EffectiveAt: { } effective } ? $", takes effect {Time(effective)}" : "")
        + (one.GoneAt is { } gone ? $", backups unreadable from {Time(gone)}" : "");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
