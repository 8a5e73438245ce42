using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Pairing;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Federation.Tests.Peers;

/// <summary>One node on loopback, with a store, a vault and a web server of its own; everybody who asks it for a page is its owner.</summary>
internal sealed class PairedNode : IAsyncDisposable, IFederationHost, IPeerObserver
{
    private const string Anybody = nameof(Anybody);

    private readonly TestStore test;
    private readonly StoreRole role;
    private readonly HttpClient http = new();
    private readonly LabId owner = new(Guid.CreateVersion7());
    private readonly Guid person = Guid.NewGuid();
    private WebApplication app = null!;

    private PairedNode(TestStore test, StoreRole role)
    {
        this.test = test;
        this.role = role;
    }

    public ManualClock Time { get; } = new();

    public string Name => role.ToString();

    public Uri Address => new(app.Urls.First());

    /// <summary>Bodies that reached the endpoint behind the signature.</summary>
    public List<string> Taken { get; } = [];

    public List<string> Told { get; } = [];

    public PeerClient Client => app.Services.GetRequiredService<PeerClient>();

    /// <summary>Where other nodes' requests seem to come from; null: from where they do.</summary>
    public IPAddress? SeenFrom { get; set; }

    public static async Task<PairedNode> StartAsync(string database, StoreRole role)
    {
        var node = new PairedNode(await TestStore.CreateAsync(database), role);
        await node.StartAsync(new());
        return node;
    }

    public ValueTask<LabId?> OwnerAsync(string lab, CancellationToken cancellation) =>
        ValueTask.FromResult<LabId?>(lab == "acme" || role is StoreRole.Vendor ? owner : null);

    public Task ActivatedAsync(Peer peer, CancellationToken cancellation) => Tell($"active {peer.Name}");

    public Task KeysChangedAsync(Peer peer, CancellationToken cancellation) => Tell($"keys {peer.Keys.Version}");

    public Task EndedAsync(Peer peer, CancellationToken cancellation) => Tell($"ended {peer.Name}");

    public ValueTask<NodeIdentity> IdentityAsync() => app.Services.GetRequiredService<NodeIdentities>().GetAsync();

    public async Task<Peer> PeerAsync(Guid id)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().Peers.AsNoTracking().SingleAsync(peer => peer.Id == id);
    }

    public async Task<List<JsonElement>> PeersAsync() => [.. (await AskAsync(HttpMethod.Get, "")).Body.EnumerateArray()];

    public Task<(HttpStatusCode Status, JsonElement Body)> BeginAsync(Uri address, string? lab = null) =>
        AskAsync(HttpMethod.Post, "", new { address = address.GetLeftPart(UriPartial.Authority), lab });

    public Task<(HttpStatusCode Status, JsonElement Body)> ConfirmAsync(Guid peer, string fingerprint) => AskAsync(HttpMethod.Post, $"/{peer}/confirm", new { fingerprint });

    public Task<(HttpStatusCode Status, JsonElement Body)> EndAsync(Guid peer) => AskAsync(HttpMethod.Delete, $"/{peer}");

    public Task<(HttpStatusCode Status, JsonElement Body)> NewKeyAsync(string kind, bool stolen) => AskAsync(HttpMethod.Post, "/keys", new { kind, stolen });

    /// <summary>Ends the program and starts it anew on the same data.</summary>
    public async Task RestartAsync(FederationOptions? options = null)
    {
        await app.DisposeAsync();
        await StartAsync(options ?? new());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await test.DisposeAsync();
    }

    private Task Tell(string what)
    {
        Told.Add(what);
        return Task.CompletedTask;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, $"/api/peers{path}")) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    private async Task StartAsync(FederationOptions options)
    {
        var data = Path.Combine(test.Folder, "data");
        var vault = await VaultNode.OpenWithinAsync(
            new VaultOptions { Store = test.Store, DataFolder = data, KeyFolder = Path.Combine(test.Folder, "keys"), Time = Time }, new CallerProcess("test", null, "host"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IVault>(_ => vault);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddStorage(StoreOptions.Parse(test.Store, data, role));
        builder.Services.AddSingleton<IFederationHost>(this);
        builder.Services.AddSingleton<IPeerObserver>(this);
        builder.Services.AddFederation(options);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(
            new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));
        builder.Services.AddAuthorizationBuilder().AddPolicy(Anybody, policy => policy.RequireAssertion(_ => true));

        app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = SeenFrom ?? context.Connection.RemoteIpAddress;
            return next(context);
        });
        app.UseRouting();
        app.UseAuthorization();
        var peers = app.MapFederation();
        peers.MapPost("/probe", (PeerRequest request) =>
        {
            lock (Taken)
                Taken.Add(System.Text.Encoding.UTF8.GetString(request.Body.Span));
            return TypedResults.Ok(request.Peer.Name);
        });
        var api = app.MapGroup("/api/peers").MapPairing(Anybody, Anybody, _ => new PairingActor(owner, role is StoreRole.Lab ? "acme" : null, person));
        api.MapNodeKeys(Anybody);
        await app.StartAsync();
    }
}

/// <summary>A lab's node and a vendor's, paired as people would.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    public required PairedNode Lab { get; init; }

    public required PairedNode Vendor { get; init; }

    public Guid Pairing { get; private set; }

    public static async Task<TwoNodes> StartAsync(string database) => new()
    {
        Lab = await PairedNode.StartAsync(database, StoreRole.Lab),
        Vendor = await PairedNode.StartAsync(database, StoreRole.Vendor),
    };

    /// <summary>The vendor begins; both confirm the digits that the other one shows.</summary>
    public static async Task<TwoNodes> PairedAsync(string database = "sqlite")
    {
        var nodes = await StartAsync(database);
        var begun = (await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme")).Body;
        nodes.Pairing = begun.GetProperty("id").GetGuid();
        await nodes.Lab.ConfirmAsync(nodes.Pairing, begun.Text("fingerprint"));
        await nodes.Vendor.ConfirmAsync(nodes.Pairing, (await nodes.Lab.PeersAsync()).Single().Text("fingerprint"));
        return nodes;
    }

    /// <summary>The vendor asks the lab something.</summary>
    public async Task<PeerOutcome> ProbeAsync(string body = "hello") =>
        await Vendor.Client.SendAsync(await Vendor.PeerAsync(Pairing), HttpMethod.Post, "/federation/probe?x=%2F1", System.Text.Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        await Vendor.DisposeAsync();
        await Lab.DisposeAsync();
    }
}
