using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Cofferdam.ApiClient;

namespace Cofferdam.Faults.Tests;

/// <summary>The real server in a process of its own, on SQLite, that can be killed and started again on its data.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-faults-").FullName;
    private readonly int port = FreePort();
    private readonly TaskCompletionSource<string> ownerToken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    public Uri Address => new($"http://lab.localhost:{port}");

    /// <summary>From the link that the first start prints.</summary>
    public Task<string> OwnerToken => ownerToken.Task;

    public string DataFolder => Path.Combine(folder, "data");

    /// <summary>Starts the server and waits until it serves.</summary>
    public async Task StartAsync()
    {
        var words = new List<string>();
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(ServerProgram(), [
            "serve", "--data", DataFolder, "--keys", Path.Combine(folder, "keys"), "--store", "sqlite", "--urls", $"http://127.0.0.1:{port}", "--lab", "lab",
        ])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => serving.TrySetException(new InvalidOperationException("The server ended: " + string.Join('\n', words)));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var client = new NodeClient(Address);
        while (true)
        {
            try
            {
                (await client.HealthAsync()).OrThrow();
                serving.TrySetResult();
                await serving.Task;
                return;
            }
            catch (HttpRequestException) when (!serving.Task.IsFaulted)
            {
                // Not listening yet. The kernel refuses at once, so leave the processor to the server.
                await Task.WhenAny(serving.Task, Task.Delay(20));
            }
        }

        void Heard(string? line)
        {
            if (line is null)
                return;
            lock (words)
                words.Add(line);
            if (OwnerLink().Match(line) is { Success: true } link)
                ownerToken.TrySetResult(link.Groups["token"].Value);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string ServerProgram()
    {
        // …/tests/Faults.Tests/bin/<configuration>/net10.0/
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        var root = here.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", "Server", "bin", configuration, framework, "cofferdam-server");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("/enrol#(?<token>[A-Za-z0-9_-]+)")]
    private static partial Regex OwnerLink();
}
