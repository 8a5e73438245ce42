using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Pairing;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.TestKit;

namespace Cofferdam.Federation.Tests.Peers;

public sealed class PairingTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Pairing_ConfirmedByThePeopleOfBothSides_LetsOneNodeAskTheOther(string database)
    {
        await using var nodes = await TwoNodes.StartAsync(database);
        var begun = await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme");
        begun.Status.ShouldBe(HttpStatusCode.Created);
        var there = (await nodes.Lab.PeersAsync()).ShouldHaveSingleItem();
        there.GetProperty("id").GetGuid().ShouldBe(begun.Body.GetProperty("id").GetGuid());
        there.Text("fingerprint").ShouldBe(begun.Body.Text("fingerprint"));
        there.Text("state").ShouldBe("pending");
        there.GetProperty("begunHere").GetBoolean().ShouldBeFalse();

        // Nothing goes until both have confirmed, and other digits confirm nothing.
        var pairing = there.GetProperty("id").GetGuid();
        (await AskAsync(nodes.Vendor, pairing)).ShouldBe("peer-pending");
        var wrong = await nodes.Lab.ConfirmAsync(pairing, "00000 00000 00000 00000 00000 00000");
        wrong.Body.Text("code").ShouldBe("fingerprint-differs");
        (await nodes.Lab.ConfirmAsync(pairing, begun.Body.Text("fingerprint"))).Body.Text("state").ShouldBe("pending");
        (await AskAsync(nodes.Vendor, pairing)).ShouldBe("peer-pending");
        nodes.Lab.Told.ShouldBeEmpty();

        (await nodes.Vendor.ConfirmAsync(pairing, there.Text("fingerprint"))).Body.Text("state").ShouldBe("active");
        (await AskAsync(nodes.Vendor, pairing)).ShouldBeNull();
        (await AskAsync(nodes.Lab, pairing)).ShouldBeNull();
        nodes.Lab.Taken.ShouldBe(["hello"]);
        nodes.Lab.Told.ShouldBe(["active Vendor"]);
        nodes.Vendor.Told.ShouldBe(["active Lab"]);

        // Either side ends it, and both know.
        (await nodes.Lab.EndAsync(pairing)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await nodes.Vendor.PeersAsync()).ShouldHaveSingleItem().Text("state").ShouldBe("ended");
        nodes.Vendor.Told.ShouldContain("ended Lab");
        (await nodes.Vendor.ConfirmAsync(pairing, there.Text("fingerprint"))).Body.Text("code").ShouldBe("peer-ended");
    }

    [Fact]
    public async Task Confirm_WhileTheOtherNodeIsAway_IsMadeUpForWhenItsPeopleConfirm()
    {
        await using var nodes = await TwoNodes.StartAsync("sqlite");
        var begun = (await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme")).Body;
        var pairing = begun.GetProperty("id").GetGuid();
        // The vendor's word does not arrive: the clocks are too far apart for a moment.
        nodes.Vendor.Time.Advance(TimeSpan.FromMinutes(6));
        (await nodes.Vendor.ConfirmAsync(pairing, begun.Text("fingerprint"))).Body.Text("state").ShouldBe("pending");
        (await nodes.Lab.PeerAsync(pairing)).TheyConfirmedAt.ShouldBeNull();

        nodes.Lab.Time.Advance(TimeSpan.FromMinutes(6));
        (await nodes.Lab.ConfirmAsync(pairing, begun.Text("fingerprint"))).Body.Text("state").ShouldBe("active");
        (await nodes.Vendor.PeerAsync(pairing)).State.ShouldBe(PeerState.Active);
    }

    [Fact]
    public async Task Ended_WhileTheOtherNodeWasAway_IsLearntFromItsNextRefusal()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        // The lab cannot tell: its clock is ahead of what the vendor takes.
        nodes.Lab.Time.Advance(TimeSpan.FromMinutes(6));
        await nodes.Lab.EndAsync(nodes.Pairing);
        (await nodes.Vendor.PeerAsync(nodes.Pairing)).State.ShouldBe(PeerState.Active);

        nodes.Vendor.Time.Advance(TimeSpan.FromMinutes(6));
        (await nodes.ProbeAsync()).ShouldBeOfType<PeerOutcome.Ended>();
        (await nodes.Vendor.PeerAsync(nodes.Pairing)).State.ShouldBe(PeerState.Ended);
        nodes.Vendor.Told.ShouldBe(["active Lab", "ended Lab"]);
    }

    [Fact]
    public async Task Begin_WhereNobodyCanPair_SaysWhy()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        await CodeAsync(nodes.Vendor.BeginAsync(nodes.Lab.Address, "nowhere"), "unknown-lab");
        await CodeAsync(nodes.Vendor.BeginAsync(nodes.Vendor.Address, "acme"), "same-kind");
        await CodeAsync(nodes.Vendor.BeginAsync(nodes.Lab.Address), "invalid");
        await CodeAsync(nodes.Vendor.BeginAsync(new Uri("http://127.0.0.1:9"), "acme"), "peer-unreachable");
        await CodeAsync(nodes.Vendor.BeginAsync(new Uri("ftp://127.0.0.1"), "acme"), "invalid");

        // A second pairing for the same lab waits until the first has ended.
        var again = (await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme")).Body;
        await CodeAsync(nodes.Vendor.ConfirmAsync(again.GetProperty("id").GetGuid(), again.Text("fingerprint")), "already-paired");
        await CodeAsync(nodes.Vendor.ConfirmAsync(Guid.NewGuid(), again.Text("fingerprint")), "not-found");
    }

    [Fact]
    public async Task Pairings_ThatStrangersBegan_AreFew_AndForgottenAfterADay()
    {
        await using var nodes = await TwoNodes.StartAsync("sqlite");
        for (var i = 0; i < 20; i++)
            (await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme")).Status.ShouldBe(HttpStatusCode.Created);
        await CodeAsync(nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme"), "too-many-pending");

        // The people of the crowded side can begin one themselves.
        (await nodes.Lab.BeginAsync(nodes.Vendor.Address)).Status.ShouldBe(HttpStatusCode.Created);
        foreach (var node in new[] { nodes.Lab, nodes.Vendor })
            node.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        (await nodes.Lab.PeersAsync()).ShouldBeEmpty();
        (await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Salt_OfTheNodeThatBegan_IsTheOneItCommittedTo_AndKeysStayMeanwhile()
    {
        await using var lab = await PairedNode.StartAsync("sqlite", StoreRole.Lab);
        var (stranger, node, now) = (NodeIdentity.Create(), await lab.IdentityAsync(), lab.Time.GetUtcNow());
        var (pairing, salt) = (Guid.NewGuid(), new byte[Fingerprint.SaltBytes]);
        async Task<(HttpStatusCode Status, string Body)> PostAsync<T>(string path, Guid to, T body, NodeIdentity? by = null)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo<T>)FederationJson.Default.GetTypeInfo(typeof(T))!);
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(lab.Address, path)) { Content = new ByteArrayContent(bytes) };
            var signature = RequestSignature.Sign((by ?? stranger).FederationKey, pairing, stranger.Node, to, now, "POST", path, bytes);
            request.Headers.TryAddWithoutValidation(RequestSignature.Header, signature.ToString());
            using var response = await http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        var pair = new PairRequest(stranger.Node, NodeKind.Vendor, "Stranger", "http://localhost", "acme", stranger.PublicKeys(now), SHA256.HashData(salt));
        (await PostAsync("/federation/pair", Guid.Empty, pair, by: NodeIdentity.Create())).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var reply = await PostAsync("/federation/pair", Guid.Empty, pair);
        reply.Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync("/federation/pair", Guid.Empty, pair)).Body.ShouldContain("replayed");

        // Until the salt is shown there are no digits, and nothing that they are made of can be changed any more.
        (await lab.PeersAsync()).ShouldBeEmpty();
        await CodeAsync(lab.ConfirmAsync(pairing, ""), "not-found");
        var changed = stranger.WithNewStatementKey(now, TimeSpan.Zero).PublicKeys(now);
        (await PostAsync("/federation/keys", node.Node, changed)).Body.ShouldContain("peer-pending");
        (await PostAsync("/federation/pair/salt", node.Node, new Revealed([1, .. salt[1..]]))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("/federation/pair/salt", node.Node, new Revealed(salt))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync("/federation/pair/salt", node.Node, new Revealed(salt))).Status.ShouldBe(HttpStatusCode.BadRequest);

        var answered = JsonDocument.Parse(reply.Body).RootElement;
        (await lab.PeersAsync()).ShouldHaveSingleItem().Text("fingerprint").ShouldBe(Fingerprint.Of(
            new NodeCard(stranger.Node, stranger.FederationKey.Public, stranger.StatementKey.Public),
            new NodeCard(node.Node, node.FederationKey.Public, node.StatementKey.Public), pairing, salt, answered.GetProperty("salt").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Pairing_InEvaluationModeBeyondThisMachine_IsRefusedBothWays_UnlessToldOtherwise()
    {
        await using var nodes = await TwoNodes.StartAsync("sqlite");
        foreach (var elsewhere in new[] { "https://192.0.2.1", "https://[2001:db8::1]", "https://vendor.example.org" })
            await CodeAsync(nodes.Lab.BeginAsync(new Uri(elsewhere)), "beyond-this-machine");
        await CodeAsync(nodes.Lab.BeginAsync(new Uri("http://192.0.2.1")), "invalid");
        nodes.Lab.SeenFrom = IPAddress.Parse("192.0.2.7");
        await CodeAsync(nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme"), "beyond-this-machine");
        (await nodes.Lab.PeersAsync()).ShouldBeEmpty();

        await nodes.Lab.RestartAsync(new FederationOptions { PairBeyondThisMachine = true });
        (await nodes.Vendor.BeginAsync(nodes.Lab.Address, "acme")).Status.ShouldBe(HttpStatusCode.Created);
        // Where a cloud machine answers questions about itself there is no node.
        await CodeAsync(nodes.Lab.BeginAsync(new Uri("https://169.254.169.254")), "peer-unreachable");
    }

    [Fact]
    public async Task Send_InEvaluationModeToANameThatLeadsElsewhere_IsRefusedAtTheConnection()
    {
        await using var lab = await PairedNode.StartAsync("sqlite", StoreRole.Lab);
        var identity = await lab.IdentityAsync();
        var elsewhere = new Peer
        {
            Id = Guid.NewGuid(),
            Owner = Guid.NewGuid(),
            Node = Guid.NewGuid(),
            Lab = "acme",
            Name = "x",
            Address = "https://192.0.2.1",
            Keys = identity.PublicKeys(lab.Time.GetUtcNow()),
            Told = 1,
            Fingerprint = "",
            CreatedAt = default,
        };
        (await lab.Client.SendAsync(elsewhere, HttpMethod.Get, "/federation/x")).ShouldBe(new PeerOutcome.Failed(PeerTrouble.BeyondThisMachine));
    }

    private static async Task<string?> AskAsync(PairedNode node, Guid pairing) =>
        (await node.Client.SendAsync(await node.PeerAsync(pairing), HttpMethod.Post, "/federation/probe", "hello"u8.ToArray()))
            .ShouldBeOfType<PeerOutcome.Answered>().Code;

    private static async Task CodeAsync(Task<(HttpStatusCode Status, JsonElement Body)> asked, string code) => (await asked).Body.Text("code").ShouldBe(code);
}
