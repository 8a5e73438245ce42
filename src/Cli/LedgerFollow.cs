using System.CommandLine;
using Cofferdam.Ledger;

namespace Cofferdam.Cli;

/// <summary><c>ledger follow</c>: watch a log from outside, and say so once it is not what it was.</summary>
internal static class LedgerFollow
{
    private static readonly Argument<string?> Place = new("LOG") { Description = "The log's address or folder.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<FileInfo> State = new("--state") { Description = "File that keeps the last checkpoint seen.", HelpName = "FILE", Required = true };

    private static readonly Option<bool> Once = new("--once") { Description = "Look once." };

    private static readonly Option<int> Interval = new("--interval") { Description = "Seconds between looks, 1 to 86400.", HelpName = "S", DefaultValueFactory = _ => 10 };

    public static Command Create() => Verb.Create(
        "follow", "Watch a log: every new checkpoint must go on from the last one.", [Place, State, Once, Interval, LedgerPlace.Key, LedgerPlace.PolicyFile], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var (state, once, seconds) = (parsed.GetRequiredValue(State), parsed.GetValue(Once), parsed.GetValue(Interval));
        if (seconds is < 1 or > 86_400)
            throw new CliException(ExitCode.WrongUse, "interval", "the interval is 1 to 86400 seconds");
        var log = await LedgerPlace.OpenAsync(parsed, parsed.GetValue(Place), cancellation);
        if (log.OnItsWord)
            terminal.Note($"trust rests on the policy file beside the log\n  hint: {LedgerPlace.TrustHint}");
        var follower = new LogFollower(log.Source, log.Policy, state.FullName);

        using var looks = new PeriodicTimer(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        try
        {
            do
            {
                if (await LookAsync(follower, once, terminal, cancellation) is { } exit)
                    return exit;
            }
            while (await looks.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Ended by whoever started it.
        }

        return ExitCode.Done;
    }

    // How it ends; null where it goes on.
    private static async Task<int?> LookAsync(LogFollower follower, bool once, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            switch (await follower.LookAsync(cancellation))
            {
                case FollowStep.Broken broken:
                    Tell(terminal, new LogLook(false, null, null, null, [], broken.Finding.Fault, broken.Finding.What));
                    return ExitCode.NotTrue;
                case FollowStep.Seen seen:
                    Tell(terminal, new LogLook(true, seen.Checkpoint.Origin, seen.Checkpoint.Size, seen.Before?.Size, seen.Cosigned, null, null));
                    break;
                case FollowStep.Same same when once:
                    Tell(terminal, new LogLook(true, same.Checkpoint.Origin, same.Checkpoint.Size, same.Checkpoint.Size, [], null, null));
                    break;
                default:
                    break;
            }

            return once ? ExitCode.Done : null;
        }
        catch (HttpRequestException) when (!once)
        {
            terminal.Note("the log does not answer; looking again");
            return null;
        }
        catch (InvalidDataException)
        {
            throw new CliException(ExitCode.WrongUse, "state", "the file of --state is no checkpoint", "name another file, or remove it to begin anew");
        }
    }

    private static void Tell(Terminal terminal, LogLook look) => terminal.Result(look, CliJson.Default.LogLook, Words);

    private static string Words(LogLook look) => look switch
    {
        { Consistent: false } => $"not true: {look.Wrong}",
        { Before: null } => $"first seen: {look.Size:N0} entries of {look.Origin}",
        _ when look.Before == look.Size => $"unchanged: {look.Size:N0} entries of {look.Origin}",
        _ => $"{look.Size:N0} entries of {look.Origin}, consistent with the {look.Before:N0} seen before",
    };
}

/// <summary>One look at a log.</summary>
/// <param name="Consistent">The checkpoint is good and goes on from the one before.</param>
/// <param name="Before">Size at the look before; null at the first.</param>
internal sealed record LogLook(bool Consistent, string? Origin, long? Size, long? Before, IReadOnlyList<string> Cosigned, LogFault? Fault, string? Wrong);
