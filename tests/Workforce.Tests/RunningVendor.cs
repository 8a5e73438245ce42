using System.Net;
using Cofferdam.Server.Tests;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Cofferdam.Server;

namespace Cofferdam.Workforce.Tests;

/// <summary>A vendor node as <c>serve --role vendor</c> runs it, on a free port of the loopback, of the vendor "atlas".</summary>
internal sealed class RunningVendor : IAsyncDisposable
{
    private readonly TestStore place;

    private RunningVendor(TestStore store, WebApplication app, ManualClock clock)
    {
        place = store;
        App = app;
        Clock = clock;
        Origin = NodeHost.OriginOf(app);
    }

    public WebApplication App { get; }
    public ManualClock Clock { get; }
    public string Origin { get; }
    public string Folder => place.Folder;
    public IVault Vault => App.Services.GetRequiredService<IVault>();

    public static async Task<RunningVendor> StartAsync(string database = "sqlite", Func<NodeOptions, NodeOptions>? with = null, Action<IServiceCollection>? services = null)
    {
        var store = await TestStore.CreateAsync(database);
        var clock = new ManualClock();
        var options = new NodeOptions
        {
            Role = StoreRole.Vendor,
            DataFolder = Path.Combine(store.Folder, "data"),
            KeyFolder = Path.Combine(store.Folder, "keys"),
            Store = store.Store,
            Urls = ["http://127.0.0.1:0"],
            Vendor = "atlas",
            Time = clock,
        };
        var app = await VendorNode.BuildAsync(with?.Invoke(options) ?? options, builder => services?.Invoke(builder.Services));
        await app.StartAsync();
        return new RunningVendor(store, app, clock);
    }

    /// <summary>Somebody at a browser of their own.</summary>
    public Browser Browse() => new(Origin);

    /// <summary>The owner, enrolled with a password and signed in.</summary>
    public async Task<Browser> OwnerAsync()
    {
        var links = await VendorNode.OwnerLinksAsync(App);
        var browser = Browse();
        (await browser.EnrolAsync(links["atlas"].Split('#')[1], "owner-of-atlas", Clock)).Must(HttpStatusCode.NoContent);
        return browser;
    }

    /// <summary>Somebody with a role, enrolled with a password and signed in.</summary>
    public async Task<Browser> JoinAsync(VendorRole role, string name)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var vendor = db.Vendors.Single();
        var (_, token) = scope.ServiceProvider.GetRequiredService<Server.SignIn.Enrolment>().Invite(vendor.Id, (byte)role, by: null);
        await db.SaveChangesAsync();
        var browser = Browse();
        (await browser.EnrolAsync(token, name, Clock)).Must(HttpStatusCode.NoContent);
        return browser;
    }

    /// <summary>The vendor's id in vault and database.</summary>
    public async Task<LabId> VendorAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        return new LabId(scope.ServiceProvider.GetRequiredService<AppDb>().Vendors.Single().Id);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await place.DisposeAsync();
    }
}
