using System.Text;
using System.Text.Json;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Pairing;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Signing;
using Cofferdam.Federation.Statements;
using Cofferdam.TestKit;

namespace Cofferdam.Federation.Tests;

/// <summary>What the second implementation in testdata/make.mjs made is what we make.</summary>
public sealed class FederationVectorTests
{
    private static readonly JsonElement Known = Vectors.Own("federation.json");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_795_341_600);

    private readonly NodeIdentity lab = Identity("lab", KeyAlgorithm.EdDsa), vendor = Identity("vendor", KeyAlgorithm.Es256);

    [Fact]
    public void Keys_OfKnownSecrets_HaveTheirIds()
    {
        foreach (var (name, identity) in new[] { ("lab", lab), ("vendor", vendor) })
        {
            var known = Known.GetProperty(name);
            identity.FederationKey.Kid.ShouldBe(known.GetProperty("federation").Text("kid"));
            identity.StatementKey.Kid.ShouldBe(known.GetProperty("statement").Text("kid"));
            JsonSerializer.Serialize(identity.StatementKey.Public.ToJwk(), FederationJson.Default.Jwk)
                .ShouldBe(JsonSerializer.Serialize(known.GetProperty("statement").GetProperty("jwk")));
        }
    }

    [Fact]
    public void Fingerprint_OfTheTwoNodes_IsTheirs()
    {
        var known = Known.GetProperty("fingerprint");
        Fingerprint.Of(CardOf(vendor), CardOf(lab), known.GetProperty("pairing").GetGuid(), known.Hex("first"), known.Hex("second")).ShouldBe(known.Text("digits"));
    }

    [Fact]
    public void Request_OfTheVendors_IsSignedAsTheirs()
    {
        var known = Known.GetProperty("request");
        var signature = RequestSignature.Parse(known.Text("header")).ShouldNotBeNull();
        var body = Encoding.UTF8.GetBytes(known.Text("body"));
        signature.IsBy(vendor.FederationKey.Public, known.Text("method"), known.Text("target"), body).ShouldBeTrue();
        StrictBase64Url.Write(vendor.FederationKey.Sign(signature.SignedBytes(known.Text("method"), known.Text("target"), body))).ShouldBe(signature.Signature);
    }

    [Fact]
    public void Statement_ReadFromTheirs_IsIssuedAsTheirs()
    {
        var known = Known.GetProperty("statement");
        var read = EngagementStatement.Read(known.Text("es256"), vendor.Node, lab.Node, vendor.PublicKeys(Now), Now).ShouldBeOfType<StatementOutcome.Taken>();
        Encoding.UTF8.GetString(Jws.Parts.Of(read.Statement.Issue(vendor.StatementKey))!.Payload).ShouldBe(known.Text("claims"));
        read.Statement.Issue(lab.StatementKey).ShouldBe(known.Text("eddsa"));
    }

    [Fact]
    public void Withdrawal_ReadFromTheirs_IsIssuedAsTheirs()
    {
        var known = Known.GetProperty("withdrawal");
        var read = Withdrawal.Read(known.Text("eddsa"), vendor.Node, lab.Node, lab.PublicKeys(Now), Now.AddHours(1)).ShouldBeOfType<WithdrawalOutcome.Taken>();
        read.Withdrawal.Issue(lab.StatementKey).ShouldBe(known.Text("eddsa"));
    }

    [Fact]
    public void Events_ReadFromTheirs_AreWrittenAndSignedAsTheirs()
    {
        var known = Known.GetProperty("events");
        var body = Encoding.UTF8.GetBytes(known.Text("body"));
        var events = WorkEventBatch.Read(body).ShouldNotBeNull();
        Encoding.UTF8.GetString(WorkEventBatch.Write(events)).ShouldBe(known.Text("body"));
        WebhookSignature.Sign([lab.FederationKey], known.Text("id"), Now, body).ShouldBe(known.Text("signature"));
        WebhookSignature.Verify([lab.FederationKey.Public], known.Text("id"), known.Text("timestamp"), known.Text("signature"), body, Now).ShouldBe(WebhookVerdict.Genuine);
    }

    private static NodeIdentity Identity(string name, KeyAlgorithm statement)
    {
        var known = Known.GetProperty(name);
        return new NodeIdentity(
            known.GetProperty("node").GetGuid(), 1,
            [new NodeKey(SigningKey.FromSecret(KeyAlgorithm.EdDsa, known.GetProperty("federation").Hex("seed")), 1)],
            [new NodeKey(SigningKey.FromSecret(statement, known.GetProperty("statement").Hex("secret")), 1)]);
    }

    private static NodeCard CardOf(NodeIdentity node) => new(node.Node, node.FederationKey.Public, node.StatementKey.Public);
}
