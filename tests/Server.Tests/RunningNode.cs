using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Server.Tests;

/// <summary>A node as <c>serve</c> runs it, on a free port of the loopback, with the labs "acme" and "borealis".</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly TestStore place;

    private RunningNode(TestStore store, WebApplication app, ManualClock clock)
    {
        place = store;
        App = app;
        Clock = clock;
        Origin = NodeHost.OriginOf(app);
    }

    public WebApplication App { get; }
    public ManualClock Clock { get; }
    public string Origin { get; }

    /// <summary>Where it listens.</summary>
    public string Address => App.Urls.First();
    public string Folder => place.Folder;
    public IVault Vault => App.Services.GetRequiredService<IVault>();

    public static async Task<RunningNode> StartAsync(
        string database = "sqlite", Func<NodeOptions, NodeOptions>? with = null, Action<WebApplication>? routes = null)
    {
        var store = await TestStore.CreateAsync(database);
        var clock = new ManualClock();
        var options = new NodeOptions
        {
            DataFolder = Path.Combine(store.Folder, "data"),
            KeyFolder = Path.Combine(store.Folder, "keys"),
            Store = store.Store,
            Urls = ["http://127.0.0.1:0"],
            Labs = ["acme", "borealis"],
            Time = clock,
        };
        options = with?.Invoke(options) ?? options;
        var app = options.Role is StoreRole.Lab ? await LabNode.BuildAsync(options, routes: routes) : await VendorNode.BuildAsync(options, routes: routes);
        await app.StartAsync();
        return new RunningNode(store, app, clock);
    }

    /// <summary>Somebody at a browser of their own.</summary>
    public Browser Browse() => new(Origin);

    /// <summary>Tokens of fresh owner links, by lab.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnerTokensAsync()
    {
        var links = await LabNode.OwnerLinksAsync(App);
        return links.ToDictionary(link => link.Key, link => link.Value.Split('#')[1]);
    }

    /// <summary>The owner of a lab, enrolled with a password and signed in.</summary>
    public async Task<Browser> OwnerAsync(string lab)
    {
        var browser = Browse();
        await browser.EnrolAsync((await OwnerTokensAsync())[lab], $"owner-of-{lab}", Clock);
        return browser;
    }

    /// <summary>The lab's id in vault and database.</summary>
    public async Task<LabId> LabAsync(string slug)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Storage.AppDb>();
        return (await App.Services.GetRequiredService<Access.Memberships>().LabAsync(slug, db, CancellationToken.None))!.Value;
    }

    /// <summary>Refusals in a lab's ledger, newest first.</summary>
    public async Task<IReadOnlyList<ReceiptEntry>> RefusalsAsync(LabId lab) =>
        await Vault.ReceiptsAsync(new ReceiptQuery(lab, Acts: [Act.Refuse], Limit: 1000));

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await place.DisposeAsync();
    }
}
