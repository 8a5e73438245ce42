using System.Text.Json.Nodes;
using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>A vendor can vouch for people of its own engagement, for a day, in order, and for no more than the lab agreed to.</summary>
public sealed class StatementTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    public static TheoryData<string, VouchFault> Wrong { get; } = new()
    {
        { "expired", VouchFault.OutOfTime },
        { "for more than a day", VouchFault.OutOfTime },
        { "ends before it begins", VouchFault.OutOfTime },
        { "from the future", VouchFault.OutOfTime },
        { "other vendor", VouchFault.OtherEngagement },
        { "other node", VouchFault.OtherEngagement },
        { "other lab", VouchFault.OtherEngagement },
        { "no such engagement", VouchFault.OtherEngagement },
        { "other role", VouchFault.Malformed },
        { "no jti", VouchFault.Malformed },
        { "short subject", VouchFault.Malformed },
        { "time as text", VouchFault.Malformed },
        { "time as fraction", VouchFault.Malformed },
        { "cnf without jkt", VouchFault.Malformed },
        { "audience as list", VouchFault.Malformed },
        { "long", VouchFault.Malformed },
    };

    [Fact]
    public async Task Vouch_ClaimThatIsNotAsAgreed_IsRefused()
    {
        await using var at = await World.CreateAsync("sqlite");
        foreach (var (what, fault) in Wrong.Select(row => row.Data))
        {
            var statement = at.Vendor.Statement(VendorNode.NewSubject(), edit: claims => Spoil(claims, what, at.Clock.GetUtcNow()));
            (await at.Vendor.VouchAsync(statement)).ShouldBe(new VouchOutcome.Refused(fault), what);
        }

        // Within the skew a vendor's clock may be ahead.
        (await at.Vendor.VouchAsync(at.Vendor.Statement(VendorNode.NewSubject(), edit: claims => Move(claims, TimeSpan.FromMinutes(4))))).ShouldBeOfType<VouchOutcome.Vouched>();
    }

    [Fact]
    public async Task Vouch_HeaderOrSignatureThatIsNotTheKeys_IsRefused()
    {
        await using var at = await World.CreateAsync("sqlite");
        var (vendor, claims) = (at.Vendor, at.Vendor.Claims(VendorNode.NewSubject()).ToJsonString());
        var point = vendor.StatementKey.PublicKey.ToArray();
        var right = vendor.Jws(vendor.Header(), claims);
        async Task RefusedAsync(string jws, VouchFault fault, string why) => (await vendor.VouchAsync(jws)).ShouldBe(new VouchOutcome.Refused(fault), why);

        const string Type = "\"typ\":\"cofferdam-statement+jwt\"";
        await RefusedAsync(vendor.Jws($$"""{"alg":"none","kid":"first",{{Type}}}""", claims), VouchFault.UnknownKey, "no algorithm");
        await RefusedAsync(right[..(right.LastIndexOf('.') + 1)], VouchFault.Malformed, "no signature");
        await RefusedAsync(vendor.Jws($$"""{"alg":"EdDSA","kid":"first",{{Type}}}""", claims), VouchFault.UnknownKey, "the key is of another algorithm");
        // The public key as the secret of an HMAC: what a library that goes by the header would take.
        await RefusedAsync(
            VendorNode.Jws($$"""{"alg":"HS256","kid":"first",{{Type}}}""", claims, signed => [.. System.Security.Cryptography.HMACSHA512.HashData(point, signed)]),
            VouchFault.UnknownKey, "key confusion");
        await RefusedAsync(vendor.Jws($$"""{"alg":"ES256","kid":"first",{{Type}},"crit":["b64"]}""", claims), VouchFault.Malformed, "crit");
        await RefusedAsync(vendor.Jws($$"""{"alg":"ES256","kid":"first",{{Type}},"jwk":"k"}""", claims), VouchFault.Malformed, "a key of its own");
        await RefusedAsync(vendor.Jws("""{"alg":"ES256","kid":"first","typ":"JWT"}""", claims), VouchFault.Malformed, "another type");
        await RefusedAsync(vendor.Jws(vendor.Header("cofferdam-withdrawal+jwt"), claims), VouchFault.Malformed, "a withdrawal");
        await RefusedAsync(vendor.Jws($$"""{"alg":"ES256","alg":"ES256","kid":"first",{{Type}}}""", claims), VouchFault.Malformed, "a member twice");
        await RefusedAsync(vendor.Jws(vendor.Header(), claims[..^1] + ",\"eng\":\"" + Guid.NewGuid() + "\"}"), VouchFault.Malformed, "a claim twice");
        await RefusedAsync(vendor.Jws("""{"alg":"ES256","kid":"other","typ":"cofferdam-statement+jwt"}""", claims), VouchFault.UnknownKey, "another key");
        await RefusedAsync(VendorNode.Jws(vendor.Header(), claims, _ => new byte[64]), VouchFault.WrongSignature, "zeros");
        await RefusedAsync(right[..^2] + (right[^2] == 'A' ? "BA" : "AA"), VouchFault.WrongSignature, "another signature");
        await RefusedAsync(right + "=", VouchFault.Malformed, "padding");
        await RefusedAsync(right.Replace(".", ". ", StringComparison.Ordinal), VouchFault.Malformed, "white space");
        (await vendor.VouchAsync(right)).ShouldBeOfType<VouchOutcome.Vouched>();
    }

    [Fact]
    public async Task Vouch_ByEd25519_CountsUnderThatKeysNameAlone()
    {
        await using var at = await World.CreateAsync("sqlite");
        var seed = Ed25519.GenerateKey();
        await at.Vendor.SetTermsAsync(at.Vendor.Terms() with
        {
            Keys = [at.Vendor.StatementKey, new StatementKey("second", StatementAlgorithm.EdDsa, Ed25519.PublicKey(seed), at.Clock.GetUtcNow().AddHours(-1))],
        });
        string Of(string algorithm) => VendorNode.Jws(
            $$"""{"alg":"{{algorithm}}","kid":"second","typ":"cofferdam-statement+jwt"}""", at.Vendor.Claims(VendorNode.NewSubject()).ToJsonString(), signed => Ed25519.Sign(seed, signed));

        (await at.Vendor.VouchAsync(Of("ES256"))).ShouldBe(new VouchOutcome.Refused(VouchFault.UnknownKey));
        (await at.Vendor.VouchAsync(Of("EdDSA"))).ShouldBeOfType<VouchOutcome.Vouched>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Vouch_ReplayedOrOvertaken_IsRefused(string database)
    {
        await using var at = await World.CreateAsync(database);
        var vendor = at.Vendor;
        at.Clock.Advance(TimeSpan.FromSeconds(10));
        var (early, subject) = (vendor.Statement(at.Subject), at.Subject);
        at.Clock.Advance(TimeSpan.FromSeconds(10));
        var late = vendor.Statement(subject);
        at.Clock.Advance(TimeSpan.FromSeconds(10));
        var withdrawal = vendor.Withdrawal(subject);

        (await vendor.VouchAsync(late)).ShouldBeOfType<VouchOutcome.Vouched>();
        (await vendor.VouchAsync(late)).ShouldBe(new VouchOutcome.Refused(VouchFault.NotNewer));
        (await vendor.VouchAsync(early)).ShouldBe(new VouchOutcome.Refused(VouchFault.NotNewer));
        (await vendor.WithdrawAsync(subject, vendor.Withdrawal(subject, age: TimeSpan.FromSeconds(15)))).ShouldBe(new VouchOutcome.Refused(VouchFault.NotNewer));
        (await vendor.WithdrawAsync(subject, withdrawal)).ShouldBeOfType<VouchOutcome.Withdrawn>();
        (await vendor.WithdrawAsync(subject, withdrawal)).ShouldBe(new VouchOutcome.Refused(VouchFault.NotNewer));
        (await vendor.VouchAsync(late)).ShouldBe(new VouchOutcome.Refused(VouchFault.Withdrawn));
        await at.Fixture.ReopenAsync();
        (await vendor.VouchAsync(late)).ShouldBe(new VouchOutcome.Refused(VouchFault.Withdrawn));

        // A withdrawal that comes before what it withdraws ends it all the same.
        var stranger = VendorNode.NewSubject();
        var statement = vendor.Statement(stranger);
        (await vendor.WithdrawAsync(stranger, vendor.Withdrawal(stranger))).ShouldBeOfType<VouchOutcome.Withdrawn>();
        (await vendor.VouchAsync(statement)).ShouldBe(new VouchOutcome.Refused(VouchFault.Withdrawn));
        (await vendor.WithdrawAsync(VendorNode.NewSubject(), null)).ShouldBe(new VouchOutcome.Refused(VouchFault.UnknownPerson));
        // The lab's own word, too, is overtaken by nothing that was said before it.
        at.Clock.Advance(TimeSpan.FromSeconds(10));
        var before = vendor.Statement(subject);
        (await vendor.WithdrawAsync(subject, null)).ShouldBeOfType<VouchOutcome.Withdrawn>();
        (await vendor.VouchAsync(before)).ShouldBe(new VouchOutcome.Refused(VouchFault.Withdrawn));
    }

    [Fact]
    public async Task Vouch_WithABrowserKey_EnrolsTheOneThatTheStatementNames()
    {
        await using var at = await World.CreateAsync("sqlite");
        var (vendor, subject) = (at.Vendor, VendorNode.NewSubject());
        using var browser = new Browser();
        using var other = new Browser();
        var statement = vendor.Statement(subject, browser);

        (await vendor.VouchAsync(statement, other)).ShouldBe(new VouchOutcome.Refused(VouchFault.OtherKey));
        (await vendor.VouchAsync(vendor.Statement(subject), other)).ShouldBe(new VouchOutcome.Refused(VouchFault.OtherKey));
        // Sent by the vendor first, then brought by the person's browser: once.
        (await vendor.VouchAsync(statement)).ShouldBeOfType<VouchOutcome.Vouched>().Key.ShouldBeNull();
        var enrolled = (await vendor.VouchAsync(statement, browser)).ShouldBeOfType<VouchOutcome.Vouched>();
        (await vendor.VouchAsync(statement, browser)).ShouldBe(new VouchOutcome.Refused(VouchFault.NotNewer));

        var receipt = await at.Fixture.ReceiptAsync(enrolled.Receipt);
        receipt.Act.ShouldBe(Act.Enrol);
        var particulars = Receipt.Parse(receipt.What.Span, receipt.Who.Span).Particulars.ToDictionary();
        particulars["person"].ShouldBe(vendor.PseudonymOf(subject).ToString());
        particulars["publicKey"].ShouldBe(Convert.ToHexStringLower(browser.PublicKey));
        // One key is one person's.
        (await vendor.VouchAsync(vendor.Statement(VendorNode.NewSubject(), browser), browser)).ShouldBe(new VouchOutcome.Refused(VouchFault.OtherKey));
        (await at.Vault.EnrolStaffKeyAsync(at.Fixture.Lab, Guid.NewGuid(), browser.PublicKey, at.Fixture.Expert)).ShouldBeOfType<StaffKeyOutcome.Invalid>();
        (await at.Vault.EnrolStaffKeyAsync(at.Fixture.Lab, vendor.PseudonymOf(subject), other.PublicKey, at.Fixture.Expert)).ShouldBeOfType<StaffKeyOutcome.Invalid>();
    }

    [Fact]
    public async Task Vouch_MorePeopleThanAgreed_IsRefusedUntilSomebodyGoes()
    {
        await using var at = await World.CreateAsync("sqlite");
        var (vendor, second) = (at.Vendor, VendorNode.NewSubject());
        await vendor.SetTermsAsync(vendor.Terms(headcount: 2));
        (await vendor.VouchAsync(vendor.Statement(second))).ShouldBeOfType<VouchOutcome.Vouched>();

        (await vendor.VouchAsync(vendor.Statement(VendorNode.NewSubject()))).ShouldBe(new VouchOutcome.Refused(VouchFault.Headcount));
        at.Clock.Advance(TimeSpan.FromSeconds(1));
        (await vendor.VouchAsync(vendor.Statement(second))).ShouldBeOfType<VouchOutcome.Vouched>("somebody who is counted already");
        (await vendor.WithdrawAsync(second, vendor.Withdrawal(second))).ShouldBeOfType<VouchOutcome.Withdrawn>();
        (await vendor.VouchAsync(vendor.Statement(VendorNode.NewSubject()))).ShouldBeOfType<VouchOutcome.Vouched>();

        at.Clock.Advance(TimeSpan.FromHours(24));
        await vendor.SetTermsAsync(vendor.Terms(headcount: 1));
        (await vendor.VouchAsync(vendor.Statement(VendorNode.NewSubject()))).ShouldBeOfType<VouchOutcome.Vouched>("all others have run out");
        (await vendor.VouchAsync(vendor.Statement(at.Subject))).ShouldBe(new VouchOutcome.Refused(VouchFault.Headcount));
    }

    [Fact]
    public async Task Terms_KeyRotated_OldKeyVouchesNoMoreAndOneThatIsTakenOutNeverDid()
    {
        await using var at = await World.CreateAsync("sqlite");
        var vendor = at.Vendor;
        var old = vendor.StatementKey;
        at.Clock.Advance(TimeSpan.FromSeconds(1));
        var (byOld, stolen) = (vendor.Statement(at.Subject), vendor.Statement(VendorNode.NewSubject()));
        vendor.Rotate("second");
        await vendor.SetTermsAsync(vendor.Terms() with { Keys = [old with { Until = at.Clock.GetUtcNow().AddMinutes(10) }, vendor.StatementKey] });

        (await vendor.VouchAsync(byOld)).ShouldBeOfType<VouchOutcome.Vouched>("until its end");
        at.Clock.Advance(TimeSpan.FromMinutes(10));
        (await vendor.VouchAsync(stolen)).ShouldBe(new VouchOutcome.Refused(VouchFault.UnknownKey));
        (await at.Vault.OpenAsync(await at.Browser.SignAsync(at.Vault, at.Asking(at.Item)))).ShouldBeOfType<OpenOutcome.Opened>("who was vouched for in time still is");

        // Stolen: taken out, and with it goes what it said, and the browser that it let in.
        await vendor.SetTermsAsync(vendor.Terms());
        await at.RefusedAsync(await at.Browser.SignAsync(at.Vault, at.Asking(at.Item)));
        (await vendor.VouchAsync(vendor.Statement(at.Subject))).ShouldBeOfType<VouchOutcome.Vouched>();
        await at.RefusedAsync(await at.Browser.SignAsync(at.Vault, at.Asking(at.Item)));
        at.Clock.Advance(TimeSpan.FromSeconds(1));
        using var anew = await vendor.EnrolAsync(at.Subject);
        (await at.Vault.OpenAsync(await anew.SignAsync(at.Vault, at.Asking(at.Item)))).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Fact]
    public async Task Vouch_ByAnotherVendor_NamesNobodyHere()
    {
        await using var at = await World.CreateAsync("sqlite");
        using var other = new VendorNode(at.Fixture, at.Clock);
        await other.SetTermsAsync();
        // The same subject is another person at another engagement.
        using var browser = await other.EnrolAsync(at.Subject);
        other.PseudonymOf(at.Subject).ShouldNotBe(at.Vendor.PseudonymOf(at.Subject));

        (await other.VouchAsync(other.Statement(at.Subject, edit: claims => claims["eng"] = at.Vendor.Engagement.ToString())))
            .ShouldBe(new VouchOutcome.Refused(VouchFault.OtherEngagement));
        (await other.VouchAsync(other.Statement(at.Subject, edit: claims =>
        {
            claims["eng"] = at.Vendor.Engagement.ToString();
            claims["iss"] = at.Vendor.Id.ToString();
        }))).ShouldBe(new VouchOutcome.Refused(VouchFault.WrongSignature));
        (await at.Vault.WithdrawPersonAsync(at.Fixture.Lab, at.Vendor.Engagement, at.Vendor.PseudonymOf(at.Subject), other.Withdrawal(at.Subject), Principal.Service))
            .ShouldBe(new VouchOutcome.Refused(VouchFault.UnknownPerson));
        await at.RefusedAsync(await browser.SignAsync(at.Vault, at.Asking(at.Item)));
        await at.RefusedAsync(await browser.SignAsync(at.Vault, at.Asking(at.Item) with { Principal = at.Fixture.Expert }));
    }

    private static void Spoil(JsonObject claims, string what, DateTimeOffset now)
    {
        switch (what)
        {
            case "expired":
                Move(claims, TimeSpan.FromHours(-24));
                break;
            case "for more than a day":
                claims["exp"] = now.AddHours(24).AddSeconds(1).ToUnixTimeSeconds();
                break;
            case "ends before it begins":
                claims["iat"] = now.AddMinutes(4).ToUnixTimeSeconds();
                claims["exp"] = now.AddMinutes(3).ToUnixTimeSeconds();
                break;
            case "from the future":
                Move(claims, TimeSpan.FromMinutes(6));
                break;
            case "other vendor":
                claims["iss"] = Guid.NewGuid().ToString();
                break;
            case "other node":
                claims["aud"] = Guid.NewGuid().ToString();
                break;
            case "other lab":
                claims["lab"] = "another";
                break;
            case "no such engagement":
                claims["eng"] = Guid.NewGuid().ToString();
                break;
            case "other role":
                claims["role"] = "owner";
                break;
            case "no jti":
                claims.Remove("jti");
                break;
            case "short subject":
                claims["sub"] = "abc";
                break;
            case "time as text":
                claims["iat"] = "1";
                break;
            case "time as fraction":
                claims["exp"] = 1.5;
                break;
            case "cnf without jkt":
                claims["cnf"] = new JsonObject();
                break;
            case "audience as list":
                claims["aud"] = new JsonArray(VendorNode.Node.ToString());
                break;
            default:
                claims["skl"] = new string('a', 9_000);
                break;
        }
    }

    private static void Move(JsonObject claims, TimeSpan by)
    {
        claims["iat"] = (long)claims["iat"]! + (long)by.TotalSeconds;
        claims["exp"] = (long)claims["exp"]! + (long)by.TotalSeconds;
    }
}
