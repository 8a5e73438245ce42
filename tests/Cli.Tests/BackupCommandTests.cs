using Cofferdam.Cli.Demo;

namespace Cofferdam.Cli.Tests;

/// <summary>A node in one sealed file, by the programs as people start them.</summary>
public sealed class BackupCommandTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_BackupOfANodeAtWork_IsOfThatMomentAndTakesItsMissingReceiptsFromTheLog()
    {
        CommandLine.ShowPrograms();
        await using var node = await DemoNode.StartAsync("sqlite", separate: false, new Terminal(json: false, TextWriter.Null, TextWriter.Null, bar: false), cancellation);
        using var owner = await DemoPerson.WithPasskeyAsync(node.Address, node.OwnerLink, "owner", cancellation);
        (await owner.Lab.CreateProjectAsync("Before the backup", "", cancellation)).OrThrow();
        var file = Path.Combine(node.LabFolder, "node.cfdb");
        string[] keys = ["--keys", Path.Combine(node.Folder, "keys")];

        var made = await CommandLine.RunAsync(["backup", "--data", Path.Combine(node.Folder, "data"), .. keys, "--output", file, "--json"]);
        (await owner.Lab.CreateProjectAsync("After it", "", cancellation)).OrThrow();
        await node.StopAsync(cancellation);

        made.Exit.ShouldBe(0, made.Error);
        File.ReadAllBytes(file).AsSpan().IndexOf("SQLite format"u8).ShouldBe(-1);
        string[] elsewhere = ["--data", Path.Combine(node.LabFolder, "elsewhere"), .. keys];
        (await CommandLine.RunAsync(["restore", await EditedAsync(file), .. elsewhere])).Exit.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(elsewhere[1]).ShouldBeEmpty();
        var restored = await CommandLine.RunAsync(["restore", file, .. elsewhere]);
        restored.Exit.ShouldBe(0, restored.Error);
        File.Exists(Path.Combine(elsewhere[1], "lab.db")).ShouldBeTrue();
        (await CommandLine.RunAsync(["restore", file, .. elsewhere])).Exit.ShouldBe(1);

        string[] recover = ["ledger", "recover", .. elsewhere, "--lab", "lab", "--log", Path.Combine(node.Folder, "ledger", "lab")];
        (await CommandLine.RunAsync(recover)).Output.ShouldStartWith("Took the leaves of receipts");
        // Its own stop is a receipt, so that the store is further than that log now.
        (await CommandLine.RunAsync(recover)).Output.ShouldStartWith("Nothing is missing");
    }

    private async Task<string> EditedAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(file + ".edited", bytes, cancellation);
        return file + ".edited";
    }
}
