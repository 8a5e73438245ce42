using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Bench;

/// <summary>The server as people run it, with its pages, in a process of its own on fresh data.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-bench-").FullName;
    private readonly Process process;

    private ServedNode(string program)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://lab.localhost:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        process = Process.Start(new ProcessStartInfo(program,
        [
            "serve", "--data", Path.Combine(folder, "data"), "--keys", Path.Combine(folder, "keys"), "--store", "sqlite",
            "--urls", $"http://127.0.0.1:{Address.Port}", "--lab", "lab", "--links-file", Links,
        ])
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        // Read to the end, or the server would wait for somebody who reads.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    public string OwnerToken { get; private set; } = "";

    private string Links => Path.Combine(folder, "links.json");

    /// <exception cref="InvalidOperationException">The product is not built, or it ended at once.</exception>
    public static async Task<ServedNode> StartAsync()
    {
        var program = Environment.GetEnvironmentVariable("COFFERDAM_BENCH_SERVER") ?? throw new InvalidOperationException("./bench builds the server that this needs");
        var node = new ServedNode(program);
        using var client = new NodeClient(node.Address);
        while (!File.Exists(node.Links) || !await AnswersAsync(client))
        {
            if (node.process.HasExited)
                throw new InvalidOperationException("the server ended before it served");
            await Task.Delay(BetweenLooks);
        }

        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(node.Links));
        node.OwnerToken = NodeClient.TokenOf(links.RootElement.GetProperty("owners").GetProperty("lab").GetString()!);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> AnswersAsync(NodeClient client)
    {
        try
        {
            return (await client.HealthAsync()).Done;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
