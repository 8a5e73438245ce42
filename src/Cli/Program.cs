using System.CommandLine;
using Cofferdam.Cli;
using Cofferdam.Cli.Demo;

var root = new RootCommand("Labelling for AI labs that keeps control of what is shown to whom.")
{
    Verb.Json,
    ServeCommand.Create(),
    ServeCommand.CreateWitness(),
    ServeCommand.CreateVault(),
    ImportCommand.Create(),
    DeliverCommand.Create(),
    SuspendCommands.CreateSuspend(),
    SuspendCommands.CreateResume(),
    KeyCommands.Create(),
    BackupCommands.CreateBackup(),
    BackupCommands.CreateRestore(),
    DoctorCommand.Create(),
    DisclosuresCommand.Create(),
    VerifyCommand.Create(),
    LedgerCommands.Create(),
    SampleCommand.Create(),
    DemoCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    var words = parsed.Errors[0].Message.TrimEnd('.');
    Terminal.Standard(args.Contains("--json", StringComparer.Ordinal)).Error(new CliException(
        ExitCode.WrongUse, "usage", char.ToLowerInvariant(words[0]) + words[1..], "cofferdam --help lists the verbs, cofferdam VERB --help their options"));
    return ExitCode.WrongUse;
}

return await parsed.InvokeAsync();
