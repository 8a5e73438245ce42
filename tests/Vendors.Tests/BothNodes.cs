using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cofferdam.Cli.Demo;
using Cofferdam.Server;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Vendors.Tests;

/// <summary>A lab's node and a vendor's, both as <c>serve</c> runs them. Everything between them goes by HTTP.</summary>
internal sealed class BothNodes : IAsyncDisposable
{
    private readonly TestStore labPlace, vendorPlace;

    private BothNodes(TestStore lab, TestStore vendor) => (labPlace, vendorPlace) = (lab, vendor);

    public ManualClock Clock { get; } = new();

    public WebApplication Lab { get; private set; } = null!;

    public WebApplication Vendor { get; private set; } = null!;

    /// <summary>The lab's owner, signed in there.</summary>
    public Visitor LabOwner { get; private set; } = null!;

    /// <summary>The vendor's owner, signed in there.</summary>
    public Visitor VendorOwner { get; private set; } = null!;

    /// <summary>Everything that the vendor's node keeps.</summary>
    public string VendorFolder => vendorPlace.Folder;

    /// <summary>All that the vendor's node logged, at every level.</summary>
    public ConcurrentQueue<string> VendorLog { get; } = [];

    public IVault LabVault => Lab.Services.GetRequiredService<IVault>();

    public static async Task<BothNodes> StartAsync()
    {
        var both = new BothNodes(await TestStore.CreateAsync("sqlite"), await TestStore.CreateAsync("sqlite"));
        both.Lab = await LabNode.BuildAsync(both.Options(both.labPlace) with { Labs = ["acme"] });
        both.Vendor = await VendorNode.BuildAsync(
            both.Options(both.vendorPlace) with { Role = StoreRole.Vendor, Vendor = "atlas" },
            builder => builder.Logging.AddProvider(new Captured(both.VendorLog)).AddFilter<Captured>(null, LogLevel.Trace));
        await both.Lab.StartAsync();
        await both.Vendor.StartAsync();
        both.LabOwner = await JoinAsync(NodeHost.OriginOf(both.Lab), (await LabNode.OwnerLinksAsync(both.Lab))["acme"].Split('#')[1], "owner-of-acme");
        both.VendorOwner = await JoinAsync(NodeHost.OriginOf(both.Vendor), (await VendorNode.OwnerLinksAsync(both.Vendor))["atlas"].Split('#')[1], "owner-of-atlas");
        return both;
    }

    /// <summary>Somebody who follows an enrolment link, with a passkey of their own.</summary>
    public static async Task<Visitor> JoinAsync(string origin, string token, string name)
    {
        var visitor = new Visitor(origin);
        var options = (await visitor.AskAsync(HttpMethod.Post, "/api/enrolments/passkey/options", new { token, name }))!.ToJsonString();
        await visitor.AskAsync(HttpMethod.Post, "/api/enrolments/passkey", new { token, name, credential = visitor.Authenticator.Create(options, origin) });
        return visitor;
    }

    /// <summary>The vendor asks, both compare the fingerprint, both confirm.</summary>
    /// <returns>The pairing, as both sides know it.</returns>
    public async Task<Guid> PairAsync()
    {
        var begun = (await VendorOwner.AskAsync(HttpMethod.Post, "/api/desk/peers", new { address = LabOwner.Origin, lab = "acme" }))!;
        var asked = (await LabOwner.AskAsync(HttpMethod.Get, "/api/labs/acme/peers"))!.AsArray().ShouldHaveSingleItem()!;
        ((string)asked["fingerprint"]!).ShouldBe((string)begun["fingerprint"]!);
        await LabOwner.AskAsync(HttpMethod.Post, $"/api/labs/acme/peers/{asked["id"]}/confirm", new { fingerprint = (string)begun["fingerprint"]! });
        var paired = (await VendorOwner.AskAsync(HttpMethod.Post, $"/api/desk/peers/{begun["id"]}/confirm", new { fingerprint = (string)asked["fingerprint"]! }))!;
        ((string)paired["state"]!).ShouldBe("active");
        return (Guid)paired["id"]!;
    }

    /// <summary>Terms at the lab, accepted at the vendor; a published brief, and places for it.</summary>
    /// <param name="rates">What the vendor pays for each kind of work.</param>
    public async Task<(Guid Engagement, Guid Need)> AgreeAsync(Guid pairing, object[] rates)
    {
        await VendorOwner.AskAsync(HttpMethod.Put, "/api/desk/agreements/nda", new { title = "Confidentiality", kind = "confidentiality", text = "What you see, you tell nobody." });
        var engagement = (Guid)(await LabOwner.AskAsync(HttpMethod.Post, "/api/labs/acme/engagements", new { name = "Atlas" }))!["id"]!;
        await LabOwner.AskAsync(HttpMethod.Put, $"/api/labs/acme/vendors/{engagement}/terms", new
        {
            peer = pairing,
            programme = "Everyday texts",
            tier = 2,
            currency = "EUR",
            rates = new[] { new { kind = "task", unit = "each", minorUnits = 400 } },
            noticeDays = 14,
            pausePay = 50,
            clocks = new { incident = 24, withdrawal = 4 },
            headcount = 5,
            singleEvents = true,
            agreements = new[] { new { code = "nda", version = 1 } },
        }, "\"0\"");
        var briefs = $"/api/labs/acme/vendors/{engagement}/briefs";
        var brief = (Guid)(await LabOwner.AskAsync(HttpMethod.Post, briefs, new
        {
            codeName = "amber-heron",
            description = "Compare two answers.",
            rates = new[] { new { kind = "task", unit = "each", minorUnits = 400 } },
            kinds = new[] { "task", "reading", "question" },
            hoursPerWeek = 10,
            places = 5,
        }))!["brief"]!["id"]!;
        await LabOwner.AskAsync(HttpMethod.Post, $"{briefs}/{brief}/publish", new { }, "\"1\"");

        JsonNode? known = null;
        await UntilAsync(async () => (known = (await VendorOwner.SendAsync(HttpMethod.Get, $"/api/desk/engagements/{engagement}")).Body)?["briefs"] is JsonArray { Count: 1 });
        ((string)known!["engagement"]!["state"]!).ShouldBe("proposed");
        await VendorOwner.AskAsync(HttpMethod.Post, $"/api/desk/engagements/{engagement}/answer", new { revision = 1, accepted = true });
        var need = (Guid)(await VendorOwner.AskAsync(HttpMethod.Post, "/api/desk/needs", new { brief, places = 3, currency = "EUR", rates, weekHours = 10 }))!["id"]!;
        return (engagement, need);
    }

    /// <summary>A project at the lab in which everything confidential holds the mark.</summary>
    public async Task<string> ProjectAsync(string mark, int items)
    {
        var project = (string)(await LabOwner.AskAsync(HttpMethod.Post, "/api/labs/acme/projects", new { name = $"Name {mark}", description = $"About {mark}" }))!["id"]!;
        var root = $"/api/labs/acme/projects/{project}";
        await LabOwner.AskAsync(HttpMethod.Put, $"{root}/guidelines/draft", new
        {
            sections = new[] { new { key = "goal", title = $"Title {mark}", body = $"Prefer what is short. {mark}", questions = Array.Empty<string>() } },
        }, "\"0\"");
        await LabOwner.AskAsync(HttpMethod.Post, $"{root}/guidelines/versions", new { }, "\"1\"");
        await LabOwner.AskAsync(HttpMethod.Put, $"{root}/form", new
        {
            questions = new object[]
            {
                new { key = "preference", type = "pairwise", title = $"Which? {mark}", required = true, points = 5, tie = true },
                new { key = "why", type = "text", title = "Why?", required = false, maxLength = 400 },
            },
        }, "\"0\"");
        var import = (string)(await LabOwner.AskAsync(HttpMethod.Post, $"{root}/imports", new { fileName = $"{mark}.jsonl", map = new { prompt = "prompt", a = "a", b = "b" }, badRows = "keep" }))!["id"]!;
        await LabOwner.PutTextAsync($"{root}/imports/{import}/content", string.Concat(Enumerable.Range(0, items).Select(i => $$"""{"prompt":"{{mark}} {{i}}","a":"x {{mark}}","b":"y {{mark}}"}""" + "\n")));
        await LabOwner.AskAsync(HttpMethod.Post, $"{root}/batches", new { name = "first", overlap = 1, leaseSeconds = 900, held = 3, reviewPercent = 100 });
        return project;
    }

    /// <summary>Waits for what the nodes do between them.</summary>
    public Task UntilAsync(Func<Task<bool>> condition) => RunningLab.UntilAsync(() =>
    {
        // Timers run by the system's time; whatever waits for a time of day, by this one.
        Clock.Advance(TimeSpan.FromMilliseconds(20));
        return condition();
    });

    /// <summary>Files of the vendor's that hold the mark, after its log has been written beside them.</summary>
    public async Task<IReadOnlyList<string>> FoundAtVendorAsync(Canary canary)
    {
        await File.WriteAllLinesAsync(Path.Combine(VendorFolder, "captured.log"), VendorLog);
        return AtRestSearch.Search(VendorFolder, canary).Found;
    }

    public async ValueTask DisposeAsync()
    {
        LabOwner.Dispose();
        VendorOwner.Dispose();
        await Vendor.StopAsync();
        await Vendor.DisposeAsync();
        await Lab.StopAsync();
        await Lab.DisposeAsync();
        await vendorPlace.DisposeAsync();
        await labPlace.DisposeAsync();
    }

    private NodeOptions Options(TestStore place) => new()
    {
        DataFolder = Path.Combine(place.Folder, "data"),
        KeyFolder = Path.Combine(place.Folder, "keys"),
        Store = place.Store,
        Urls = ["http://127.0.0.1:0"],
        Time = Clock,
    };

    private sealed class Captured(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
