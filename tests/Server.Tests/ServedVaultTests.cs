using System.Net;
using System.Runtime.Versioning;
using Cofferdam.TestKit;
using Cofferdam.Vault;
using Cofferdam.VaultHost;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>A node whose vault is behind a socket.</summary>
[SupportedOSPlatform("linux")]
public sealed class ServedVaultTests
{
    private const string Lab = "/api/labs/acme";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Node_WithItsVaultBehindASocket_WorksAndHoldsNoKeyAndNoVaultStore(string database)
    {
        await using var vault = await VaultBehindASocket.StartAsync(database);
        await using var node = await RunningNode.StartAsync(database, options => options with { VaultSocket = vault.Socket, KeyFolder = "/nowhere" });
        using var olga = await node.OwnerAsync("acme");

        var id = (string)(await olga.PostAsync($"{Lab}/projects", new { name = "Held elsewhere" })).Must(HttpStatusCode.Created).Json["id"]!;

        ((string?)(await olga.GetAsync($"{Lab}/projects/{id}")).Must(HttpStatusCode.OK).Json["name"]).ShouldBe("Held elsewhere");
        node.Vault.Identity.OwnProcess.ShouldBeTrue();
        Directory.Exists("/nowhere").ShouldBeFalse();
        File.Exists(Path.Combine(node.Folder, "data", "vault.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Node_WithoutItsVault_SaysSoInPlainWordsAndGoesOnWhenItIsBack()
    {
        await using var vault = await VaultBehindASocket.StartAsync("sqlite");
        await using var node = await RunningNode.StartAsync("sqlite", options => options with { VaultSocket = vault.Socket });
        using var olga = await node.OwnerAsync("acme");
        var id = (string)(await olga.PostAsync($"{Lab}/projects", new { name = "Held elsewhere" })).Must(HttpStatusCode.Created).Json["id"]!;

        await vault.StopAsync();

        var problem = (await olga.GetAsync($"{Lab}/projects/{id}")).Must(HttpStatusCode.ServiceUnavailable).Json;
        ((string?)problem["code"]).ShouldBe("vault-unavailable");
        ((string?)problem["trouble"]).ShouldBe("connection");
        ((string?)problem["detail"]).ShouldNotBeNull().ShouldContain("The vault's process is not there");
        await vault.StartAsync();
        (await olga.GetAsync($"{Lab}/projects/{id}")).Must(HttpStatusCode.OK);
    }

    /// <summary>A vault and its listener, that can be stopped and started again on the same store.</summary>
    private sealed class VaultBehindASocket : IAsyncDisposable
    {
        private readonly TestStore store;
        private VaultNode? node;
        private VaultListener? listener;

        private VaultBehindASocket(TestStore store) => this.store = store;

        public string Socket => Path.Combine(store.Folder, "run", "vault.sock");

        public static async Task<VaultBehindASocket> StartAsync(string database)
        {
            var vault = new VaultBehindASocket(await TestStore.CreateAsync(database));
            await vault.StartAsync();
            return vault;
        }

        public async Task StartAsync()
        {
            node = await VaultNode.OpenAsync(new VaultOptions { Store = store.Store, DataFolder = Path.Combine(store.Folder, "data"), KeyFolder = Path.Combine(store.Folder, "keys") });
            listener = VaultListener.Start(node, new ListenerOptions { Socket = Socket }, _ => { });
        }

        public async Task StopAsync()
        {
            await listener!.DisposeAsync();
            await node!.DisposeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            await store.DisposeAsync();
        }
    }
}
