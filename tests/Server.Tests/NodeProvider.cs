using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>The OpenID provider of the npm package <c>oidc-provider</c>, in a process of its own: it and we have no line of code in common.</summary>
internal sealed partial class NodeProvider : IAsyncDisposable
{
    private readonly Process process;

    private NodeProvider(Process process, string issuer) => (this.process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>Installs it at first use; skips the test, and says so, where npm or its registry is not there.</summary>
    public static async Task<NodeProvider> StartAsync()
    {
        var folder = Path.Combine(Root(), "tests", "Server.Tests", "oidc-provider");
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            await InstallAsync(folder);
        var started = Process.Start(new ProcessStartInfo("node", "provider.js")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new NodeProvider(started, await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The provider did not start; see above."));
    }

    /// <summary>Tells it its clients (OpenID Connect Dynamic Client Registration 1.0 §2).</summary>
    public async Task RegisterAsync(params object[] clients)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(clients));
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Signs in and consents, on the provider's own pages, in a browser of its own.</summary>
    /// <param name="address">Where the node sent the browser.</param>
    /// <returns>Where the provider sends it back to.</returns>
    public async Task<Uri> SignInAsync(string address, string person)
    {
        using var browser = new Browser(Issuer);
        var answer = await browser.GetAsync(address);
        // Login and consent are two pages; what leads from one to the next are redirects.
        for (var steps = 0; steps < 12; steps++)
        {
            if (answer.Response.Headers.Location is { } location)
            {
                var next = new Uri(new Uri(Issuer), location);
                if (next.GetLeftPart(UriPartial.Authority) != Issuer)
                    return next;
                answer = await browser.GetAsync(next.PathAndQuery);
                continue;
            }

            answer.Must(HttpStatusCode.OK);
            using var form = new FormUrlEncodedContent([new("prompt", Prompt().Match(answer.Text).Groups[1].Value), new("login", person), new("password", "any")]);
            answer = await browser.SendAsync(HttpMethod.Post, new Uri(Action().Match(answer.Text).Groups[1].Value).PathAndQuery, form);
        }

        throw new InvalidOperationException("The provider goes round in circles.");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task InstallAsync(string folder)
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", "ci --no-audit --no-fund --loglevel=error") { WorkingDirectory = folder })!;
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(npm.ExitCode != 0, "oidc-provider could not be installed: npm ci failed in tests/Server.Tests/oidc-provider.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("npm is not here to install oidc-provider with.");
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cofferdam.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("name=\"prompt\" value=\"(\\w+)\"")]
    private static partial Regex Prompt();

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
