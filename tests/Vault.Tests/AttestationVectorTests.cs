using System.Buffers.Text;
using System.Text.Json;
using Cofferdam.TestKit;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>What browsers and vendors sign, as a second implementation has it: testdata/attestation.json.</summary>
public sealed class AttestationVectorTests
{
    private static readonly JsonElement Own = Vectors.Own("attestation.json");

    [Fact]
    public void Open_OwnVector_IsTheSameBytesAndSignedByTheKey()
    {
        var (open, key) = (Own.GetProperty("open"), Own.GetProperty("browserKey"));

        var signed = SignedBytes.Open(
            new LabId(open.GetProperty("lab").GetGuid()), new ProjectId(open.GetProperty("project").GetGuid()), (Act)open.GetProperty("act").GetByte(),
            (Purpose)open.GetProperty("purpose").GetByte(), open.GetProperty("assignment").GetGuid(), key.GetProperty("id").GetGuid(), open.Hex("nonce"),
            [.. open.GetProperty("records").EnumerateArray().Select(one => new RecordRef((RecordKind)one[0].GetByte(), new RecordId(one[1].GetGuid())))]);

        Convert.ToHexStringLower(signed).ShouldBe(open.Text("signed"));
        BrowserKey.Verify(key.Hex("publicKey"), signed, open.Hex("signature")).ShouldBeTrue();
        Base64Url.EncodeToString(BrowserKey.Thumbprint(key.Hex("publicKey"))).ShouldBe(key.Text("thumbprint"));
        signed[^1] ^= 1;
        BrowserKey.Verify(key.Hex("publicKey"), signed, open.Hex("signature")).ShouldBeFalse();
    }

    [Fact]
    public void Act_OwnVector_IsTheSameBytesAndSignedByTheKey()
    {
        var (act, key) = (Own.GetProperty("act"), Own.GetProperty("browserKey"));

        var signed = SignedBytes.Act(
            new LabId(act.GetProperty("lab").GetGuid()), act.Text("name"), act.Hex("content"), key.GetProperty("id").GetGuid(), act.Hex("nonce"));

        Convert.ToHexStringLower(signed).ShouldBe(act.Text("signed"));
        BrowserKey.Verify(key.Hex("publicKey"), signed, act.Hex("signature")).ShouldBeTrue();
    }

    [Fact]
    public void Statement_OwnVector_IsReadAndSignedByTheVendor()
    {
        var (subject, vector) = (Own.GetProperty("subject"), Own.GetProperty("statement"));

        var said = Statement.Parse(vector.Text("jws")).ShouldNotBeNull();

        (said.Engagement, said.Subject, said.BrowserKey, said.Role, said.Lab)
            .ShouldBe((subject.GetProperty("engagement").GetGuid(), subject.Text("sub"), Own.GetProperty("browserKey").Text("thumbprint"), "expert", "acme"));
        Subject.Pseudonym(said.Engagement, said.Subject).ToByteArray(bigEndian: true).ShouldBe(subject.Hex("pseudonym"));
        var terms = new EngagementTerms(
            said.Engagement, said.Vendor, said.Node, [new StatementKey(vector.Text("kid"), StatementAlgorithm.EdDsa, vector.Hex("publicKey"), DateTimeOffset.UnixEpoch)], 1);
        StatementRules.Signed(said, terms, out _).ShouldBeNull();
        StatementRules.Signed(said with { Signed = [.. said.Signed, 1] }, terms, out _).ShouldBe(VouchFault.WrongSignature);
    }
}
