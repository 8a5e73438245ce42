using System.CommandLine;
using Cofferdam.Cli.Demo.Shapes;

namespace Cofferdam.Cli.Demo;

/// <summary><c>demo</c>: the whole job against a fresh node, every figure checked.</summary>
internal static class DemoCommand
{
    private const int FewestAnnotators = 32;

    private static readonly Option<FileSystemInfo?> Items = new("--items") { Description = "File or folder to work on; items made from the samples without it.", HelpName = "FILE" };
    private static readonly Option<string> Shape = new("--shape") { Description = "Kind of work.", DefaultValueFactory = _ => "pairwise" };

    private static readonly Option<string[]> Map = new("--map")
    {
        Description = "Field of ours = field of the file, as for import.",
        HelpName = "a=b",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Annotators = new("--annotators") { Description = $"How many work at once; at least {FewestAnnotators}.", DefaultValueFactory = _ => FewestAnnotators };
    private static readonly Option<string> Store = new("--store") { Description = "sqlite, or postgres://user:password@host/database of an empty database.", DefaultValueFactory = _ => "sqlite" };

    private static readonly Option<DirectoryInfo[]> AlsoSearch = new("--also-search")
    {
        Description = "Another folder to search for plaintext, such as PostgreSQL's data directory.",
        HelpName = "FOLDER",
    };

    private static readonly Option<DirectoryInfo?> LedgerOut = new("--ledger-out")
    {
        Description = "Leave the published log there, to be checked with: cofferdam ledger verify FOLDER.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Separate = new("--separate") { Description = "The vault is a process of its own (Linux)." };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Leave the node's folder for a look." };

    public static Command Create()
    {
        Shape.AcceptOnlyFromAmong(DemoShape.Names);
        return Verb.Create("demo", "Run the whole job against a fresh node and check every figure.", [Items, Shape, Map, Annotators, Store, AlsoSearch, LedgerOut, Separate, Keep], RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var annotators = parsed.GetValue(Annotators);
        if (annotators < FewestAnnotators)
            throw new CliException(ExitCode.WrongUse, "annotators", $"{annotators} annotators are too few", $"give {FewestAnnotators} or more");

        if (parsed.GetValue(LedgerOut) is { Exists: true } filled && filled.EnumerateFileSystemInfos().Any())
            throw new CliException(ExitCode.WrongUse, "not-empty", $"there is something in {filled}", "name a folder that is empty or not there");

        var canary = new Canary();
        var map = ImportCommand.ReadMap(parsed.GetValue(Map) ?? []);
        var also = (parsed.GetValue(AlsoSearch) ?? []).Select(folder => folder.FullName).ToList();
        DemoReport report;
        string made;
        await using (var node = await DemoNode.StartAsync(parsed.GetValue(Store)!, parsed.GetValue(Separate), terminal, cancellation))
        {
            made = node.Folder;
            var shape = DemoShape.Of(parsed.GetValue(Shape)!);
            var project = parsed.GetValue(Items) is { } given
                ? await DemoProject.GivenAsync(shape, given.FullName, map, canary, cancellation)
                : await DemoProject.GenerateAsync(shape, node.LabFolder, canary, cancellation);
            report = await new DemoRun(node, project, canary, annotators, also, parsed.GetValue(LedgerOut)?.FullName ?? Path.Combine(node.LabFolder, "log"), terminal).RunAsync(cancellation);
        }

        if (report.Wrong.Count == 0 && !parsed.GetValue(Keep))
            Directory.Delete(made, recursive: true);
        terminal.Result(report, CliJson.Default.DemoReport, Words);
        return report.Wrong.Count == 0 ? ExitCode.Done : ExitCode.NotTrue;
    }

    private static string Words(DemoReport report) => $"""
        {report.Items:N0} items, {report.Annotators} annotators at once, {report.Submitted:N0} answers submitted, {report.Returned:N0} returned, {report.Escalated:N0} escalated, {report.Accepted:N0} accepted
        {report.GoldSeen:N0} answers to items whose answer was known; {report.AcceptedBatches} batch accepted on a sample
        delivered {report.DeliveredRows:N0} rows, {report.Ties:N0} ties, {report.Unfit:N0} not expressible; lost {report.Lost}, over-assigned {report.OverAssigned}
        {report.Receipts:N0} receipts; they match what was opened: {YesNo(report.ReceiptsMatchOpens)}; verified by another process: {YesNo(report.LedgerVerified)}
        its log of {report.Ledger.Size:N0} receipts: {(report.Ledger.Witnessed.Count == 0 ? "NO witness has signed" : "signed by " + string.Join(", ", report.Ledger.Witnessed))}; whole, and goes on from what was seen midway: {YesNo(report.Ledger.Consistent)}
        opened while suspended {report.OpenedAfterSuspend} (last disclosure before: receipt {report.Suspension.LastDisclosure?.ToString() ?? "NOT as the suspension's receipt says"}), refused {report.RefusedAfterSuspend:N0}, drafts kept {report.DraftsKeptWhileSuspended}
        plaintext at rest in {report.PlaintextFoundAtRest} files of {report.BytesSearched / (1 << 20):N0} MiB; control found {report.ControlFound} of {DemoChecks.ControlFiles}
        {(report.Wrong.Count == 0 ? "everything is as it must be" : "NOT as it must be: " + string.Join(", ", report.Wrong))}, {report.Seconds:0.0} s
        """;

    private static string YesNo(bool value) => value ? "yes" : "NO";
}
