using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>The server as people run it, in a process of its own, on SQLite in a temporary folder. Each test takes a lab of its own.</summary>
public sealed class Node : IAsyncDisposable
{
    private const int Labs = 40;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-browser-").FullName;
    private readonly int port = FreePort();
    private Process? process;
    private Dictionary<string, string> ownerLinks = [];
    private int labsTaken;

    public Uri Address => new($"http://lab.localhost:{port}");

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds its last words.</exception>
    public async Task StartAsync()
    {
        var links = Path.Combine(folder, "links.json");
        process = Process.Start(new ProcessStartInfo(Checkout.ServerProgram,
        [
            "serve", "--data", Path.Combine(folder, "data"), "--keys", Path.Combine(folder, "keys"), "--store", "sqlite",
            "--urls", $"http://127.0.0.1:{port}", "--lab", string.Join(',', Enumerable.Range(1, Labs).Select(number => $"lab-{number}")), "--links-file", links,
        ])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        // Read to the end, or the server would wait for somebody who reads.
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();

        using var client = new NodeClient(Address);
        while (!File.Exists(links) || !await AnswersAsync(client))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The server ended: {await output}{await errors}");
            // A port that nobody listens on refuses at once, so leave the processor to the server.
            await Task.Delay(BetweenLooks);
        }

        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(links));
        ownerLinks = file.RootElement.GetProperty("owners").Deserialize<Dictionary<string, string>>()!;
    }

    /// <summary>A lab that nobody has entered yet.</summary>
    /// <returns>Its name in routes, and the owner's enrolment link.</returns>
    public (string Slug, string OwnerLink) FreshLab()
    {
        var slug = $"lab-{Interlocked.Increment(ref labsTaken)}";
        return (slug, ownerLinks[slug]);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
