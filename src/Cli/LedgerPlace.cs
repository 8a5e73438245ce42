using System.CommandLine;
using System.Net;
using Cofferdam.ApiClient;
using Cofferdam.Ledger;

namespace Cofferdam.Cli;

/// <summary>A log in a folder or at an address, and whose signatures make its checkpoint good.</summary>
/// <param name="Policy">As it was given; where none was, the one that the log itself holds.</param>
/// <param name="OwnPolicy">The one that the log itself holds, where that counts.</param>
/// <param name="OnItsWord">Nothing was given, so that trust rests on what lies beside the log.</param>
internal sealed record LedgerPlace(LogSource Source, WitnessPolicy Policy, WitnessPolicy? OwnPolicy, bool OnItsWord)
{
    public static Option<string?> Key { get; } = new("--key")
    {
        Description = "The log's key, as kept elsewhere: no witness is asked for.",
        HelpName = "VKEY",
    };

    public static Option<FileInfo?> PolicyFile { get; } = new("--policy")
    {
        Description = "Keys of log and witnesses, and how many must have signed (C2SP tlog-policy), as kept elsewhere.",
        HelpName = "FILE",
    };

    public static string TrustHint => "give --key or --policy, kept elsewhere, so that trust does not rest on a file that whoever writes the log can write too";

    public static bool IsAddress(string place) => place.StartsWith("http://", StringComparison.Ordinal) || place.StartsWith("https://", StringComparison.Ordinal);

    /// <exception cref="CliException">No such folder, or no policy.</exception>
    public static async Task<LedgerPlace> OpenAsync(ParseResult parsed, string? place, CancellationToken cancellation)
    {
        var source = SourceOf(place);
        var given = await GivenPolicyAsync(parsed, cancellation);
        var own = given is null || source is LogFolder ? await OwnPolicyAsync(source, cancellation) : null;
        return new LedgerPlace(
            source,
            given ?? own ?? throw new CliException(ExitCode.WrongUse, "no-policy", "nothing says whose signatures make this log good", "give --key VKEY or --policy FILE"),
            own,
            OnItsWord: given is null);
    }

    /// <returns>Null where neither option was given.</returns>
    public static async Task<WitnessPolicy?> GivenPolicyAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (vkey, file) = (parsed.GetValue(Key), parsed.GetValue(PolicyFile));
        if (vkey is not null && file is not null)
            throw new CliException(ExitCode.WrongUse, "key-and-policy", "a key and a policy say the same thing twice", "give --key or --policy");
        if (vkey is not null)
        {
            return VerifierKey.TryParse(vkey, out var key) && key.Algorithm == VerifierKey.Ed25519Note
                ? WitnessPolicy.ForLog(key)
                : throw new CliException(ExitCode.WrongUse, "key", "this is not the key of a log", "a key looks like lab.example/ledger/name+530d903a+AekyeRrm…");
        }

        if (file is null)
            return null;
        return WitnessPolicy.TryParse(await File.ReadAllBytesAsync(file.FullName, cancellation), out var policy, out var wrong)
            ? policy
            : throw new CliException(ExitCode.WrongUse, "policy", $"the policy cannot be read: {wrong}", "its form is described at c2sp.org/tlog-policy");
    }

    private static async Task<WitnessPolicy?> OwnPolicyAsync(LogSource source, CancellationToken cancellation)
    {
        if (await source.ReadAsync(LogSource.PolicyName, WitnessPolicy.MaxBytes, cancellation) is not { } bytes)
            return null;
        return WitnessPolicy.TryParse(bytes, out var policy, out var wrong)
            ? policy
            : throw new CliException(ExitCode.NotTrue, "own-policy", $"the policy beside the log cannot be read: {wrong}", TrustHint);
    }

    /// <summary>A client for published logs.</summary>
    public static HttpClient Http() => new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, ConnectCallback = LocalNames.ConnectAsync });

    private static LogSource SourceOf(string? place)
    {
        if (place is null)
            throw new CliException(ExitCode.WrongUse, "no-log", "which log?", "give its folder or address");
        if (IsAddress(place))
            return new LogUrl(Http(), new Uri(place));
        return Directory.Exists(place)
            ? new LogFolder(place)
            : throw new CliException(ExitCode.WrongUse, "no-such-file", $"no such folder: {place}", "check the path");
    }
}
