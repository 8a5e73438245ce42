using System.Diagnostics;
using Cofferdam.Ledger;

namespace Cofferdam.Cli.Demo;

/// <summary>A witness of the demo's log: a program of another party, with key and memory of its own.</summary>
internal sealed class DemoWitness : IAsyncDisposable
{
    /// <summary>Its name in the policy.</summary>
    public const string Name = "demo-witness";

    private readonly string folder;
    private readonly string[] who;
    private readonly Uri address;
    private DemoProgram? program;

    private DemoWitness(string folder, string[] who, Uri address, string key)
    {
        this.folder = folder;
        this.who = who;
        this.address = address;
        Key = key;
    }

    /// <summary>What its cosignatures are checked with (vkey), as it said itself.</summary>
    public string Key { get; }

    /// <summary>What the node is started with: ask this witness, and have it sign.</summary>
    public string PolicyFile => Path.Combine(folder, "lab", "witnesses");

    /// <summary>The lines of a policy that asks for it.</summary>
    public string PolicyLines => $"witness {Name} {Key} {address}\nquorum {Name}\n";

    /// <summary>Makes its key, which a node must know before there is a log to watch.</summary>
    /// <param name="folder">Of the run.</param>
    /// <exception cref="CliException">It does not start.</exception>
    public static async Task<DemoWitness> PrepareAsync(string folder, CancellationToken cancellation)
    {
        string[] who =
        [
            "--name", "witness.localhost/demo",
            "--keys", Path.Combine(folder, "witness", "keys"), "--data", Path.Combine(folder, "witness", "data"),
        ];
        var start = NodeProgram.Witness.Start(["key", .. who]);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var said = (await process.StandardOutput.ReadToEndAsync(cancellation)).Trim();
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0 || !VerifierKey.TryParse(said, out _))
            throw new CliException(ExitCode.Unreachable, "no-witness", "the witness has no key", "what it said stands above");

        var witness = new DemoWitness(folder, who, new Uri($"http://127.0.0.1:{DemoProgram.FreePort()}"), said);
        await File.WriteAllTextAsync(witness.PolicyFile, witness.PolicyLines, cancellation);
        return witness;
    }

    /// <summary>Starts it watching one log.</summary>
    public async Task StartAsync(VerifierKey log, CancellationToken cancellation) => program = await DemoProgram.StartAsync(
        NodeProgram.Witness, ["serve", .. who, "--log", log.ToString(), "--urls", address.GetLeftPart(UriPartial.Authority)], folder,
        line => line.StartsWith("Cofferdam witness at", StringComparison.Ordinal), cancellation);

    public Task StopAsync(CancellationToken cancellation) => program?.StopAsync(cancellation) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => program?.DisposeAsync() ?? ValueTask.CompletedTask;
}
