namespace Cofferdam.Cli.Demo;

/// <summary>A fresh lab node in a temporary folder, and a witness of its log: processes of their own.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    private const string Lab = "lab";

    private readonly DemoProgram server;
    private readonly DemoWitness witness;

    private DemoNode(DemoProgram server, DemoWitness witness, string folder, Uri address, DemoLedger ledger)
    {
        this.server = server;
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
    public IEnumerable<string> Searched => new[] { "data", "ledger", "witness", "log", "tmp" }.Select(name => Path.Combine(Folder, name));

    /// <exception cref="CliException">A program does not start.</exception>
    public static async Task<DemoNode> StartAsync(string store, Terminal terminal, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-demo-").FullName;
        foreach (var name in (string[])["data", "keys", "ledger", "witness", "log", "tmp", "lab"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        terminal.Note($"node: {folder}");

        var witness = await DemoWitness.PrepareAsync(folder, cancellation);
        DemoProgram? server = null;
        try
        {
            var port = DemoProgram.FreePort();
            server = await DemoProgram.StartAsync(
                NodeProgram.Server,
                [
                    "serve", "--data", Path.Combine(folder, "data"), "--keys", Path.Combine(folder, "keys"), "--store", store,
                    "--ledger-folder", Path.Combine(folder, "ledger"), "--witness-policy", witness.PolicyFile,
                    "--urls", $"http://127.0.0.1:{port}", "--lab", Lab,
                ],
                folder, line => LinkIn(line) is not null, cancellation);
            var address = new Uri($"http://lab.localhost:{port}");
            var ledger = await DemoLedger.OpenAsync(new Uri(address, $"ledger/{Lab}/"), witness, cancellation);
            await witness.StartAsync(ledger.Key, cancellation);
            return new DemoNode(server, witness, folder, address, ledger);
        }
        catch
        {
            if (server is not null)
                await server.DisposeAsync();
            await witness.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the programs to end in good order and waits until they have.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await server.StopAsync(cancellation);
        await witness.StopAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Ledger.Dispose();
        await server.DisposeAsync();
        await witness.DisposeAsync();
    }

    private static string? LinkIn(string line)
    {
        var at = line.IndexOf("http", StringComparison.Ordinal);
        return at >= 0 && line.Contains("/enrol#", StringComparison.Ordinal) ? line[at..].Trim() : null;
    }
}
