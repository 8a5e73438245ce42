using Cofferdam.Browser.Tests.Suite;

[assembly: AssemblyFixture(typeof(Stage))]

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>What all tests share: one node and one Chromium.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Node node = new();
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public Node Node => node;

    /// <summary>The browser; a test that asks for it is skipped where there is none.</summary>
    public IBrowser Chromium
    {
        get
        {
            Assert.SkipWhen(chromium is null, "There is no Chromium on this machine; ./test installs one, COFFERDAM_CHROMIUM names another.");
            return chromium!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (FindChromium() is not { } program)
            return;
        await node.StartAsync();
        // How long a page may take before the walk gives up; nothing waits longer than it must.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // Root in a container has no sandbox of Chromium's to offer.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        await node.DisposeAsync();
    }

    private static string? FindChromium() =>
        Environment.GetEnvironmentVariable("COFFERDAM_CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }, Path.Combine)
                .FirstOrDefault(File.Exists);
}
