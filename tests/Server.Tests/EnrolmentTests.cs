using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Cofferdam.TestKit;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class EnrolmentTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Password_WithFirstCode_MakesTheOwnerAndSignsIn(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var olga = node.Browse();
        var token = (await node.OwnerTokensAsync())["acme"];
        var look = (await olga.PostAsync("/api/enrolments/look", new { token })).Must(HttpStatusCode.OK);
        ((string?)look.Json["from"]).ShouldBe("acme");
        ((string?)look.Json["role"]).ShouldBe("owner");

        (await olga.EnrolAsync(token, "olga", node.Clock)).Must(HttpStatusCode.NoContent);

        var session = (await olga.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json;
        ((string?)session["account"]!["name"]).ShouldBe("olga");
        ((string?)session["labs"]![0]!["slug"]).ShouldBe("acme");
        ((string?)session["labs"]![0]!["role"]).ShouldBe("owner");
        ((bool)session["evaluation"]!).ShouldBeTrue();
        (await node.OwnerTokensAsync()).Keys.ShouldBe(["borealis"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Passkey_ByInvitation_MakesAMemberOfThatRole(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var owner = await node.OwnerAsync("acme");
        var token = await owner.InviteAsync("acme", "reviewer");
        using var rita = node.Browse();
        using var key = new SoftwareAuthenticator();

        (await rita.EnrolAsync(token, "rita", key)).Must(HttpStatusCode.NoContent);

        ((string?)(await rita.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json["labs"]![0]!["role"]).ShouldBe("reviewer");
        (await owner.GetAsync("/api/labs/acme/people")).Json.AsArray().Select(person => (string)person!["name"]!).ShouldBe(["owner-of-acme", "rita"]);
        (await owner.GetAsync("/api/labs/acme/invitations")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Look_ForgedOrMalformedToken_IsNotFound()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = node.Browse();
        foreach (var token in (string[])[Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), "", "x", new string('A', 42) + "=", new string('é', 43)])
            (await browser.PostAsync("/api/enrolments/look", new { token })).Must(HttpStatusCode.NotFound).Code.ShouldBe("link-unknown");
    }

    [Fact]
    public async Task Enrol_WithAUsedLink_IsGone()
    {
        await using var node = await RunningNode.StartAsync();
        var token = (await node.OwnerTokensAsync())["acme"];
        using var olga = node.Browse();
        using var thief = node.Browse();
        using var key = new SoftwareAuthenticator();
        (await olga.EnrolAsync(token, "olga", node.Clock)).Must(HttpStatusCode.NoContent);

        (await thief.PostAsync("/api/enrolments/look", new { token })).Must(HttpStatusCode.Gone).Code.ShouldBe("link-used");
        (await thief.EnrolAsync(token, "thief", node.Clock)).Must(HttpStatusCode.Gone).Code.ShouldBe("link-used");
        (await thief.EnrolAsync(token, "thief", key)).Must(HttpStatusCode.Gone).Code.ShouldBe("link-used");
        (await thief.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Enrol_ManyAtOnceWithOneLink_MakesOneAccount(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        var token = (await node.OwnerTokensAsync())["acme"];
        var browsers = Enumerable.Range(0, 6).Select(_ => node.Browse()).ToList();
        var offers = await Task.WhenAll(browsers.Select((browser, i) => browser.EnrolAsync(token, $"person-{i}", node.Clock)));

        offers.Count(answer => answer.Status == HttpStatusCode.NoContent).ShouldBe(1);
        offers.Count(answer => answer.Status == HttpStatusCode.Gone).ShouldBe(5);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Enrol_AfterTheLinkRanOut_IsGone()
    {
        await using var node = await RunningNode.StartAsync();
        var token = (await node.OwnerTokensAsync())["acme"];
        using var browser = node.Browse();
        node.Clock.Advance(TimeSpan.FromHours(72));

        (await browser.EnrolAsync(token, "olga", node.Clock)).Must(HttpStatusCode.Gone).Code.ShouldBe("link-expired");
    }

    [Fact]
    public async Task OwnerLinks_MadeAgain_EndTheEarlierOnes()
    {
        await using var node = await RunningNode.StartAsync();
        var first = (await node.OwnerTokensAsync())["acme"];
        var second = (await node.OwnerTokensAsync())["acme"];
        using var browser = node.Browse();

        (await browser.PostAsync("/api/enrolments/look", new { token = first })).Must(HttpStatusCode.Gone);
        (await browser.PostAsync("/api/enrolments/look", new { token = second })).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Enrol_UnderATakenName_IsAConflictAndLeavesTheLink()
    {
        await using var node = await RunningNode.StartAsync();
        using var owner = await node.OwnerAsync("acme");
        var token = await owner.InviteAsync("acme", "annotator");
        using var browser = node.Browse();

        (await browser.EnrolAsync(token, "OWNER-of-acme", node.Clock)).Must(HttpStatusCode.Conflict).Code.ShouldBe("name-taken");
        (await browser.EnrolAsync(token, "anna", node.Clock)).Must(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Enrol_WithAnUnfitNamePasswordOrCode_SaysWhichAndLeavesTheLink()
    {
        await using var node = await RunningNode.StartAsync();
        var token = (await node.OwnerTokensAsync())["acme"];
        using var browser = node.Browse();

        (await browser.EnrolAsync(token, "two words", node.Clock)).Must(HttpStatusCode.BadRequest).Code.ShouldBe("name-not-fit");
        (await browser.EnrolAsync(token, "olga", node.Clock, "short")).Must(HttpStatusCode.BadRequest).Code.ShouldBe("password-not-fit");
        (await browser.EnrolAsync(token, "olga", node.Clock, "i-am-OLGA-indeed")).Must(HttpStatusCode.BadRequest).Code.ShouldBe("password-not-fit");
        var state = (string)(await browser.PostAsync("/api/enrolments/totp", new { token, name = "olga" })).Json["state"]!;
        (await browser.PostAsync("/api/enrolments/password", new { token, name = "olga", password = Browser.Password, code = "abcdef", state }))
            .Must(HttpStatusCode.BadRequest).Code.ShouldBe("code-wrong");
        (await browser.EnrolAsync(token, "olga", node.Clock)).Must(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Enrol_WithTheSecretOfAnotherLink_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        var tokens = await node.OwnerTokensAsync();
        using var browser = node.Browse();
        var offer = await browser.PostAsync("/api/enrolments/totp", new { token = tokens["acme"], name = "olga" });

        (await browser.PostAsync("/api/enrolments/password", new
        {
            token = tokens["borealis"],
            name = "olga",
            password = Browser.Password,
            code = "000000",
            state = (string)offer.Json["state"]!,
        })).Must(HttpStatusCode.BadRequest).Code.ShouldBe("secret-expired");
    }

    [Fact]
    public async Task Enrol_WithAPasskeyMadeForAnotherPage_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        var token = (await node.OwnerTokensAsync())["acme"];
        using var browser = node.Browse();
        using var key = new SoftwareAuthenticator();

        (await browser.EnrolAsync(token, "olga", key, "http://evil.example")).Must(HttpStatusCode.BadRequest).Code.ShouldBe("passkey-not-verified");
        key.VerifiesUser = false;
        (await browser.EnrolAsync(token, "olga", key)).Must(HttpStatusCode.BadRequest).Code.ShouldBe("passkey-not-verified");
        key.VerifiesUser = true;
        (await browser.EnrolAsync(token, "olga", key)).Must(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Invite_StaffByStaff_IsForTheOwnerAlone()
    {
        await using var node = await RunningNode.StartAsync();
        using var owner = await node.OwnerAsync("acme");
        using var stan = node.Browse();
        (await stan.EnrolAsync(await owner.InviteAsync("acme", "projectManager"), "stan", node.Clock)).Must(HttpStatusCode.NoContent);

        (await stan.PostAsync("/api/labs/acme/invitations", new { role = "projectManager" })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("owner-only");
        (await owner.PostAsync("/api/labs/acme/invitations", new { role = "owner" })).Must(HttpStatusCode.BadRequest).Code.ShouldBe("role-not-fit");
        (await stan.PostAsync("/api/labs/acme/invitations", new { role = "annotator" })).Must(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Enrol_WithALinkTakenBack_IsGone()
    {
        await using var node = await RunningNode.StartAsync();
        using var owner = await node.OwnerAsync("acme");
        var made = (await owner.PostAsync("/api/labs/acme/invitations", new { role = "annotator" })).Must(HttpStatusCode.Created);
        var path = $"/api/labs/acme/invitations/{(string)made.Json["id"]!}";
        using var browser = node.Browse();

        (await owner.SendAsync(HttpMethod.Delete, path)).Must(HttpStatusCode.NoContent);
        (await browser.EnrolAsync((string)made.Json["token"]!, "anna", node.Clock)).Must(HttpStatusCode.Gone);
        (await owner.SendAsync(HttpMethod.Delete, path)).Must(HttpStatusCode.NotFound);
    }
}
