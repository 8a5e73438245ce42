namespace Cofferdam.VaultHost;

/// <summary>What the command line asks for.</summary>
internal abstract record CommandLine
{
    private CommandLine() { }

    public sealed record Run(HostVerb Verb, HostOptions Options) : CommandLine;
    public sealed record Help(string Text) : CommandLine;
    public sealed record Wrong(string Message) : CommandLine;

    public static CommandLine Parse(ReadOnlySpan<string> args)
    {
        if (args is [] or ["--help" or "-h" or "help", ..] or [_, "--help" or "-h", ..])
            return new Help(Usage());
        var name = args[0];
        if (HostVerb.All.FirstOrDefault(verb => verb.Name == name) is not { } verb)
            return new Wrong($"unknown verb '{name}'; hint: 'cofferdam-vault serve' starts a vault");

        var options = new HostOptions();
        for (var i = 1; i < args.Length; i += 2)
        {
            var given = args[i];
            if (i + 1 == args.Length)
                return new Wrong($"'{given}' needs a value; hint: 'cofferdam-vault --help' lists the options");
            // The value is not said again: a store's holds a password.
            if (Option.All.FirstOrDefault(option => option.Name == given)?.With(options, args[i + 1]) is not { } with)
                return new Wrong($"unknown option or value of '{given}'; hint: 'cofferdam-vault --help' lists them");
            options = with;
        }

        return new Run(verb, options);
    }

    private static string Usage() => string.Join(Environment.NewLine,
    [
        "cofferdam-vault VERB [options]",
        "",
        .. HostVerb.All.Select(verb => $"  {verb.Name,-26}{verb.Help}"),
        "",
        .. Option.All.Select(option => $"  {option.Name + " " + option.Value,-26}{option.Help}"),
    ]);
}

/// <summary>Something that this program does.</summary>
/// <param name="Help">One line.</param>
/// <param name="RunAsync">Does it, and gives the exit code.</param>
internal sealed record HostVerb(string Name, string Help, Func<HostOptions, Task<int>> RunAsync)
{
    public static IReadOnlyList<HostVerb> All { get; } =
    [
        new("serve", "open the store and serve the vault on a socket until SIGTERM", ServeVerb.RunAsync),
        new("backup", "write a sealed backup; beside a vault that works", BackupVerbs.BackUpAsync),
        new("restore", "put a backup into an empty store", BackupVerbs.RestoreAsync),
        new("recover-key", "open a lab with shares of its recovery key; without --lab the node itself; the vault stopped", RecoveryVerbs.RecoverKeyAsync),
        new("recover-log", "give a store from a backup the leaves published since; the vault stopped", RecoveryVerbs.RecoverLogAsync),
        new("new-log", "begin a new log where published leaves are lost, in the name of two people; the vault stopped", RecoveryVerbs.NewLogAsync),
    ];
}
