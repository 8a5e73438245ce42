using System.Net;
using System.Text;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.TestKit;

namespace Cofferdam.Federation.Tests.Peers;

public sealed class SignedRequestTests
{
    private const string Target = "/federation/probe?x=1";

    [Fact]
    public async Task Request_ChangedInAnyPart_IsRefused_AndReachesNothing()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        var (vendor, lab) = (await nodes.Vendor.IdentityAsync(), await nodes.Lab.IdentityAsync());
        RequestSignature Sign(SigningKey? key = null, Guid? pairing = null, Guid? from = null, Guid? to = null) => RequestSignature.Sign(
            key ?? vendor.FederationKey, pairing ?? nodes.Pairing, from ?? vendor.Node, to ?? lab.Node, nodes.Lab.Time.GetUtcNow(), "POST", Target, "hello"u8);

        var good = Sign();
        await RefusedAsync(nodes, null, "signature");
        await RefusedAsync(nodes, "key=a, sig=b", "signature");
        await RefusedAsync(nodes, good.ToString(), "signature", body: "hellO");
        await RefusedAsync(nodes, good.ToString(), "signature", target: "/federation/probe?x=2");
        await RefusedAsync(nodes, good.ToString(), "signature", target: "/federation/Probe?x=1");
        await RefusedAsync(nodes, (good with { Created = good.Created + 1 }).ToString(), "signature");
        await RefusedAsync(nodes, (good with { Nonce = "AAAAAAAAAAAAAAAAAAAAAA" }).ToString(), "signature");
        await RefusedAsync(nodes, good.ToString().Replace(", ", ",", StringComparison.Ordinal), "signature");
        await RefusedAsync(nodes, good.ToString() + "=", "signature");

        // Forged: another's key under the vendor's key id; another's pairing; genuine, but for another node.
        var thief = SigningKey.Generate(KeyAlgorithm.EdDsa);
        await RefusedAsync(nodes, Sign(thief).ToString(), "unknown-key");
        await RefusedAsync(nodes, (Sign(thief) with { Key = vendor.FederationKey.Kid }).ToString(), "signature");
        await RefusedAsync(nodes, Sign(pairing: Guid.NewGuid()).ToString(), "unknown-peer");
        await RefusedAsync(nodes, Sign(from: Guid.NewGuid()).ToString(), "unknown-peer");
        await RefusedAsync(nodes, Sign(to: Guid.NewGuid()).ToString(), "wrong-receiver");
        await RefusedAsync(nodes, Sign(to: Guid.Empty).ToString(), "wrong-receiver");

        // A statement key signs no requests.
        await RefusedAsync(nodes, Sign(vendor.StatementKey).ToString(), "unknown-key");
        nodes.Lab.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Request_SentAgain_IsRefused_AlsoAfterARestart(string database)
    {
        await using var nodes = await TwoNodes.PairedAsync(database);
        var (vendor, lab) = (await nodes.Vendor.IdentityAsync(), await nodes.Lab.IdentityAsync());
        var signed = RequestSignature.Sign(vendor.FederationKey, nodes.Pairing, vendor.Node, lab.Node, nodes.Lab.Time.GetUtcNow(), "POST", Target, "hello"u8).ToString();
        (await SendAsync(nodes, signed)).ShouldBe((HttpStatusCode.OK, null));
        (await SendAsync(nodes, signed)).ShouldBe((HttpStatusCode.Unauthorized, "replayed"));
        await nodes.Lab.RestartAsync();
        (await SendAsync(nodes, signed)).ShouldBe((HttpStatusCode.Unauthorized, "replayed"));
        nodes.Lab.Taken.ShouldBe(["hello"]);

        // Once it is forgotten it is too old.
        nodes.Lab.Time.Advance(TimeSpan.FromMinutes(16));
        (await SendAsync(nodes, signed)).ShouldBe((HttpStatusCode.Unauthorized, "clock"));
    }

    [Fact]
    public async Task Request_WithClocksApart_IsTakenUpToFiveMinutesBothWays()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        var (ahead, behind) = (nodes.Vendor, nodes.Lab);
        for (var way = 0; way < 2; way++)
        {
            ahead.Time.Advance(TimeSpan.FromMinutes(4));
            (await nodes.ProbeAsync()).ShouldBeOfType<PeerOutcome.Answered>().Code.ShouldBeNull();
            ahead.Time.Advance(TimeSpan.FromMinutes(2));
            (await nodes.ProbeAsync()).ShouldBeOfType<PeerOutcome.Answered>().Code.ShouldBe("clock");
            behind.Time.Advance(TimeSpan.FromMinutes(6));
            (ahead, behind) = (behind, ahead);
        }
    }

    [Fact]
    public async Task Request_LongerThanAMebibyte_IsRefused()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        (await nodes.ProbeAsync(new string('x', PeerRequests.MostBytes))).ShouldBeOfType<PeerOutcome.Answered>().IsSuccess.ShouldBeTrue();
        var (vendor, lab) = (await nodes.Vendor.IdentityAsync(), await nodes.Lab.IdentityAsync());
        var body = new byte[PeerRequests.MostBytes + 1];
        var signed = RequestSignature.Sign(vendor.FederationKey, nodes.Pairing, vendor.Node, lab.Node, nodes.Lab.Time.GetUtcNow(), "POST", Target, body).ToString();
        (await SendAsync(nodes, signed, Encoding.ASCII.GetString(body))).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "too-long"));
    }

    [Fact]
    public async Task NewKeys_AreToldBeforeAnythingIsAskedWithThem_AlsoToAPeerThatWasAway()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        var told = (await nodes.Vendor.NewKeyAsync("federation", stolen: false)).Body;
        told.GetProperty("told").EnumerateArray().ShouldHaveSingleItem();
        (await nodes.ProbeAsync()).ShouldBeOfType<PeerOutcome.Answered>().IsSuccess.ShouldBeTrue();
        (await nodes.Lab.PeerAsync(nodes.Pairing)).Keys.Federation.Count.ShouldBe(2);

        // The lab hears of neither of the next two.
        nodes.Lab.Time.Advance(TimeSpan.FromMinutes(6));
        (await nodes.Vendor.NewKeyAsync("statement", stolen: true)).Body.GetProperty("away").EnumerateArray().ShouldHaveSingleItem();
        await nodes.Vendor.NewKeyAsync("federation", stolen: true);
        nodes.Vendor.Time.Advance(TimeSpan.FromMinutes(6));
        (await nodes.ProbeAsync()).ShouldBeOfType<PeerOutcome.Answered>().IsSuccess.ShouldBeTrue();
        var known = (await nodes.Lab.PeerAsync(nodes.Pairing)).Keys;
        (known.Version, known.Federation.Count, known.Statement.Count).ShouldBe((4, 1, 1));
        nodes.Lab.Told.ShouldBe(["active Vendor", "keys 2", "keys 4"]);

        // The identity is what the vault has, also after a restart.
        var before = await nodes.Vendor.IdentityAsync();
        await nodes.Vendor.RestartAsync();
        var after = await nodes.Vendor.IdentityAsync();
        (after.Node, after.Version, after.FederationKey.Kid).ShouldBe((before.Node, before.Version, before.FederationKey.Kid));
    }

    [Fact]
    public async Task StolenKey_OnceReplaced_AsksNothing_AndOneThatOverlapsChangesNoKeys()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        var lab = await nodes.Lab.IdentityAsync();
        var stolen = await nodes.Vendor.IdentityAsync();
        await nodes.Vendor.NewKeyAsync("federation", stolen: false);

        // In the overlap it still asks, but cannot put the thief's keys in the place of the vendor's.
        (await SendAsync(nodes, Signed(stolen, lab, nodes, "POST", Target, "hello"u8.ToArray()))).ShouldBe((HttpStatusCode.OK, null));
        var thief = NodeIdentity.Create() with { Version = 9 };
        var keys = JsonSerializer.Serialize(thief.PublicKeys(nodes.Lab.Time.GetUtcNow()), FederationJson.Default.KeySet);
        (await SendAsync(nodes, Signed(stolen, lab, nodes, "POST", "/federation/keys", Encoding.UTF8.GetBytes(keys)), keys, "/federation/keys"))
            .ShouldBe((HttpStatusCode.Forbidden, "not-newest"));

        await nodes.Vendor.NewKeyAsync("federation", stolen: true);
        (await SendAsync(nodes, Signed(stolen, lab, nodes, "POST", Target, "hello"u8.ToArray()))).ShouldBe((HttpStatusCode.Unauthorized, "unknown-key"));
        (await nodes.ProbeAsync()).ShouldBeOfType<PeerOutcome.Answered>().IsSuccess.ShouldBeTrue();

        // An older set of keys that was really signed once is not put back.
        var current = await nodes.Vendor.IdentityAsync();
        var older = JsonSerializer.Serialize(stolen.PublicKeys(nodes.Lab.Time.GetUtcNow()), FederationJson.Default.KeySet);
        (await SendAsync(nodes, Signed(current, lab, nodes, "POST", "/federation/keys", Encoding.UTF8.GetBytes(older)), older, "/federation/keys"))
            .ShouldBe((HttpStatusCode.Forbidden, "not-newest"));
    }

    [Fact]
    public async Task Federation_BeyondWhatIsMapped_IsNotThere()
    {
        await using var nodes = await TwoNodes.PairedAsync();
        (await SendAsync(nodes, null, target: "/federation/anything")).ShouldBe((HttpStatusCode.NotFound, "not-found"));
        (await SendAsync(nodes, null, target: "/federation/keys")).ShouldBe((HttpStatusCode.Unauthorized, "signature"));
    }

    private static string Signed(NodeIdentity sender, NodeIdentity receiver, TwoNodes nodes, string method, string target, byte[] body) =>
        RequestSignature.Sign(sender.FederationKey, nodes.Pairing, sender.Node, receiver.Node, nodes.Lab.Time.GetUtcNow(), method, target, body).ToString();

    private static async Task RefusedAsync(TwoNodes nodes, string? signature, string code, string body = "hello", string target = Target) =>
        (await SendAsync(nodes, signature, body, target)).Code.ShouldBe(code, signature);

    private static async Task<(HttpStatusCode Status, string? Code)> SendAsync(TwoNodes nodes, string? signature, string body = "hello", string target = Target)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(nodes.Lab.Address, target)) { Content = new StringContent(body) };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(RequestSignature.Header, signature);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement.Text("code") : null);
    }
}
