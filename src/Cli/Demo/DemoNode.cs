using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cofferdam.Cli.Demo;

/// <summary>A fresh lab node in a temporary folder, as a process of its own.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly Process server;
    private readonly StreamWriter log;

    private DemoNode(Process server, StreamWriter log, string folder, Uri address, string ownerLink)
    {
        this.server = server;
        this.log = log;
        Folder = folder;
        Address = address;
        OwnerLink = ownerLink;
    }

    /// <summary>Everything of this run.</summary>
    public string Folder { get; }

    /// <summary>The lab's own folder: what it imports and takes delivery of.</summary>
    public string LabFolder => Path.Combine(Folder, "lab");

    public Uri Address { get; }

    public string OwnerLink { get; }

    /// <summary>Where nothing may lie in plaintext: stores with their logs, blobs and packages; the server's own words; its TMPDIR.</summary>
    public IEnumerable<string> Searched => [Path.Combine(Folder, "data"), Path.Combine(Folder, "log"), Path.Combine(Folder, "tmp")];

    /// <exception cref="CliException">The server does not start.</exception>
    public static async Task<DemoNode> StartAsync(string store, Terminal terminal, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-demo-").FullName;
        foreach (var name in (string[])["data", "keys", "log", "tmp", "lab"])
            Directory.CreateDirectory(Path.Combine(folder, name));

        var port = FreePort();
        var start = NodeProgram.Server.Start(
        [
            "--data", Path.Combine(folder, "data"), "--keys", Path.Combine(folder, "keys"), "--store", store,
            "--urls", $"http://127.0.0.1:{port}", "--lab", "lab",
        ]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["TMPDIR"] = Path.Combine(folder, "tmp");

        var words = new StreamWriter(Path.Combine(folder, "log", "server.log")) { AutoFlush = true };
        var link = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Exited += (_, _) => link.TrySetException(new CliException(
            ExitCode.Unreachable, "server-stopped", "the server stopped at its start", $"its last words are in {folder}/log/server.log"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        terminal.Note($"node: {folder}");
        try
        {
            return new DemoNode(process, words, folder, new Uri($"http://lab.localhost:{port}"), await link.Task.WaitAsync(StartPatience, cancellation));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }

        void Heard(string? line)
        {
            if (line is null)
                return;
            lock (words)
                words.WriteLine(line);
            var at = line.IndexOf("http", StringComparison.Ordinal);
            if (at >= 0 && line.Contains("/enrol#", StringComparison.Ordinal))
                link.TrySetResult(line[at..].Trim());
        }
    }

    /// <summary>Asks the server to end in good order and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (server.HasExited)
            return;
        if (OperatingSystem.IsWindows())
        {
            server.Kill();
        }
        else
        {
            using var signal = Process.Start("kill", ["-TERM", server.Id.ToString()]);
            await signal.WaitForExitAsync(cancellation);
        }

        await server.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromSeconds(30), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!server.HasExited)
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        server.Dispose();
        await log.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
