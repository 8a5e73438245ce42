namespace Cofferdam.Cli.Demo;

/// <summary>A fresh lab node in a temporary folder, and a witness of its log: processes of their own.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    private const string Lab = "lab";

    private readonly DemoProgram server;
    private readonly DemoProgram? vault;
    private readonly DemoWitness witness;

    private DemoNode(DemoProgram server, DemoProgram? vault, DemoWitness witness, string folder, Uri address, DemoLedger ledger)
    {
        this.server = server;
        this.vault = vault;
        this.witness = witness;
        Folder = folder;
        Address = address;
        Ledger = ledger;
    }

    /// <summary>Everything of this run.</summary>
    public string Folder { get; }

    /// <summary>The lab's own folder: what it imports and takes delivery of.</summary>
    public string LabFolder => Path.Combine(Folder, "lab");

    public Uri Address { get; }

    public string OwnerLink => LinkIn(server.Awaited)!;

    /// <summary>The lab's log, as anybody sees it.</summary>
    public DemoLedger Ledger { get; }

    /// <summary>Where nothing may lie in plaintext: stores with their logs, blobs and packages; the published log; the witness; the programs' own words; their TMPDIR.</summary>
    public IEnumerable<string> Searched => new[] { "data", "vault", "ledger", "witness", "log", "tmp" }.Select(name => Path.Combine(Folder, name));

    /// <param name="separate">The vault is a process of its own; the server then has neither its keys nor its store.</param>
    /// <exception cref="CliException">A program does not start.</exception>
    public static async Task<DemoNode> StartAsync(string store, bool separate, Terminal terminal, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-demo-").FullName;
        foreach (var name in (string[])["data", "vault", "keys", "ledger", "witness", "log", "tmp", "lab"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        terminal.Note($"node: {folder}");

        var witness = await DemoWitness.PrepareAsync(folder, cancellation);
        DemoProgram? server = null, vault = null;
        try
        {
            string[] vaults =
            [
                "--keys", Path.Combine(folder, "keys"), "--ledger-folder", Path.Combine(folder, "ledger"), "--witness-policy", witness.PolicyFile,
            ];
            if (separate)
            {
                var socket = Path.Combine(folder, "run", "vault.sock");
                vault = await DemoProgram.StartAsync(
                    NodeProgram.Vault, ["serve", "--socket", socket, "--data", Path.Combine(folder, "vault"), "--store", store, .. vaults], folder,
                    line => line.StartsWith("Cofferdam vault at", StringComparison.Ordinal), cancellation);
                vaults = ["--vault", socket];
            }

            var port = DemoProgram.FreePort();
            server = await DemoProgram.StartAsync(
                NodeProgram.Server,
                ["serve", "--data", Path.Combine(folder, "data"), "--store", store, "--urls", $"http://127.0.0.1:{port}", "--lab", Lab, .. vaults],
                folder, line => LinkIn(line) is not null, cancellation);
            var address = new Uri($"http://lab.localhost:{port}");
            var ledger = await DemoLedger.OpenAsync(new Uri(address, $"ledger/{Lab}/"), witness, cancellation);
            await witness.StartAsync(ledger.Key, cancellation);
            return new DemoNode(server, vault, witness, folder, address, ledger);
        }
        catch
        {
            if (server is not null)
                await server.DisposeAsync();
            if (vault is not null)
                await vault.DisposeAsync();
            await witness.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the programs to end in good order and waits until they have.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await server.StopAsync(cancellation);
        if (vault is not null)
            await vault.StopAsync(cancellation);
        await witness.StopAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Ledger.Dispose();
        await server.DisposeAsync();
        if (vault is not null)
            await vault.DisposeAsync();
        await witness.DisposeAsync();
    }

    private static string? LinkIn(string line)
    {
        var at = line.IndexOf("http", StringComparison.Ordinal);
        return at >= 0 && line.Contains("/enrol#", StringComparison.Ordinal) ? line[at..].Trim() : null;
    }
}
