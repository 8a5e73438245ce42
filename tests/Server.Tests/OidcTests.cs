using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn.Oidc;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>Sign-in through a provider that does as the test says. OidcProviderTests asks one that is not ours.</summary>
public sealed class OidcTests
{
    private const string Start = "/api/sign-in/oidc/acme";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Invited_ThroughTheProvider_EnrolsOnceAndSignsInAgain(string database)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider, database);
        using var owner = await node.OwnerAsync("acme");
        using var mia = node.Browse();
        var token = await owner.InviteAsync("acme", "projectManager");
        ((string?)(await mia.PostAsync("/api/enrolments/look", new { token })).Json["provider"]).ShouldBe("Acme staff");

        var address = (string)(await mia.PostAsync(Start, new { token, name = "mia" })).Must(HttpStatusCode.OK).Json["address"]!;
        Landed(await mia.GetAsync(provider.SignIn(address, "mia-at-acme"))).ShouldBe("/");

        var session = (await mia.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json;
        ((string?)session["account"]!["name"]).ShouldBe("mia");
        ((string?)session["labs"]![0]!["role"]).ShouldBe("projectManager");
        ((string?)(await mia.GetAsync("/api/sessions")).Json[0]!["kind"]).ShouldBe("oidc");
        using var laptop = node.Browse();
        Landed(await SignInAsync(laptop, provider, "mia-at-acme", to: "/labs/acme/work")).ShouldBe("/labs/acme/work");
        (await laptop.GetAsync("/api/session")).Must(HttpStatusCode.OK);
        provider.Redeemed.ShouldAllBe(form => form["client_id"] == ScriptedProvider.Client && !form.ContainsKey("client_secret"));

        // What is kept tells nobody who she is elsewhere.
        await using var scope = node.App.Services.CreateAsyncScope();
        var login = await scope.ServiceProvider.GetRequiredService<AppDb>().UserLogins.SingleAsync(TestContext.Current.CancellationToken);
        (login.LoginProvider + login.ProviderKey + login.ProviderDisplayName).ShouldNotContain("mia");
    }

    [Fact]
    public async Task Unknown_WithoutInvitationOrGroup_IsTurnedAway_EvenWithAnAddressOfAMember()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var owner = await node.OwnerAsync("acme");
        using var stranger = node.Browse();
        provider.Claims = claims => (claims["email"], claims["email_verified"], claims["preferred_username"]) = ("owner-of-acme", true, "owner-of-acme");

        Landed(await SignInAsync(stranger, provider, "stranger", groups: ["everybody"])).ShouldBe("/sign-in?problem=not-invited&lab=acme");

        (await stranger.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Unknown_InAGroupOfTheLabs_JoinsWithItsRole_UntilTheLabEndsIt()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var owner = await node.OwnerAsync("acme");
        using var paul = node.Browse();

        Landed(await SignInAsync(paul, provider, "paul", groups: ["everybody", "audit"])).ShouldBe("/");
        var session = (await paul.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json;
        ((string?)session["account"]!["name"]).ShouldBe("paul");
        ((string?)session["labs"]![0]!["role"]).ShouldBe("auditor");

        (await owner.SendAsync(HttpMethod.Delete, $"/api/labs/acme/people/{session["labs"]![0]!["pseudonym"]}")).Must(HttpStatusCode.NoContent);
        (await paul.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
        Landed(await SignInAsync(paul, provider, "paul", groups: ["audit"])).ShouldBe("/sign-in?problem=left&lab=acme");

        // Unless the lab invites anew.
        var address = (string)(await paul.PostAsync(Start, new { token = await owner.InviteAsync("acme", "reviewer"), name = "paul2" })).Must(HttpStatusCode.OK).Json["address"]!;
        Landed(await paul.GetAsync(provider.SignIn(address, "paul"))).ShouldBe("/");
        ((string?)(await paul.GetAsync("/api/session")).Json["labs"]![0]!["role"]).ShouldBe("reviewer");
    }

    [Fact]
    public async Task Expert_OfAVendor_NeitherEnrolsNorSignsInThroughIt()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var owner = await node.OwnerAsync("acme");
        using var expert = node.Browse();
        var engagement = (string)(await owner.PostAsync("/api/labs/acme/engagements", new { name = "North" })).Must(HttpStatusCode.Created).Json["id"]!;
        var token = (string)(await owner.PostAsync("/api/labs/acme/invitations", new { role = "annotator", engagement })).Must(HttpStatusCode.Created).Json["token"]!;

        (await expert.PostAsync("/api/enrolments/look", new { token })).Json["provider"].ShouldBeNull();
        (await expert.PostAsync(Start, new { token, name = "xenia" })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("not-staff");

        // Somebody of the lab's own who goes over to the vendor leaves the lab's sign-in behind.
        var own = await owner.InviteAsync("acme", "annotator");
        var address = (string)(await expert.PostAsync(Start, new { token = own, name = "xenia" })).Must(HttpStatusCode.OK).Json["address"]!;
        Landed(await expert.GetAsync(provider.SignIn(address, "xenia"))).ShouldBe("/");
        await using (var scope = node.App.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AppDb>().Set<Work.Labs.Member>().Where(member => member.Name == "xenia")
                .ExecuteUpdateAsync(set => set.SetProperty(member => member.Engagement, Guid.Parse(engagement)), TestContext.Current.CancellationToken);
        using var later = node.Browse();
        Landed(await SignInAsync(later, provider, "xenia")).ShouldBe("/sign-in?problem=not-staff&lab=acme");
        (await later.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task IdToken_ThatDoesNotHold_LetsNobodyIn()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var mallory = node.Browse();
        using var other = RSA.Create(2048);
        var now = node.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, Action<JsonObject>>
        {
            ["no nonce"] = claims => claims.Remove("nonce"),
            ["another nonce"] = claims => claims["nonce"] = "another",
            ["another audience"] = claims => claims["aud"] = "another-client",
            ["made for another client"] = claims => claims["azp"] = "another-client",
            ["two audiences"] = claims => claims["aud"] = new JsonArray(ScriptedProvider.Client, "another-client"),
            ["another issuer"] = claims => claims["iss"] = "https://another.example",
            ["expired"] = claims => claims["exp"] = now - 300,
            ["without end"] = claims => claims.Remove("exp"),
            ["of tomorrow"] = claims => claims["iat"] = now + 86_400,
            ["of another access token"] = claims => claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA",
            ["nobody"] = claims => claims.Remove("sub"),
        };
        var tokens = new Dictionary<string, Func<JsonObject, string>>
        {
            ["alg none"] = claims => ScriptedProvider.Sign(claims, "none", _ => []),
            ["HS256 with the public key"] = claims => ScriptedProvider.Sign(claims, "HS256", data => HMACSHA256.HashData(provider.PublicKey, data)),
            ["another key"] = claims => ScriptedProvider.Sign(claims, "RS256", data => other.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["no signature"] = claims => ScriptedProvider.Sign(claims, "RS256", _ => []),
            ["no token"] = _ => "e30",
        };

        foreach (var (name, change) in claims)
            await RefusedAsync(name, change, provider.Rs256);
        foreach (var (name, token) in tokens)
            await RefusedAsync(name, _ => { }, token);
        // The control: nothing else was wrong with them.
        (provider.Claims, provider.Token) = (_ => { }, provider.Rs256);
        Landed(await SignInAsync(mallory, provider, "mallory", groups: ["managers"])).ShouldBe("/");

        async Task RefusedAsync(string name, Action<JsonObject> change, Func<JsonObject, string> token)
        {
            (provider.Claims, provider.Token) = (change, token);
            Landed(await SignInAsync(mallory, provider, "mallory", groups: ["managers"])).ShouldBe("/sign-in?problem=not-verified&lab=acme", name);
            (await mallory.GetAsync("/api/session")).Status.ShouldBe(HttpStatusCode.Unauthorized, name);
        }
    }

    [Fact]
    public async Task Callback_OfAnotherBrowserStateLabOrIssuer_OrASecondTime_LetsNobodyIn()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var paul = node.Browse();
        using var mallory = node.Browse();
        const string Expired = "/sign-in?problem=expired&lab=acme";

        // A code that somebody else's browser is made to bring, with or without a sign-in of its own under way.
        var planted = provider.SignIn(await BeginAsync(mallory), "mallory", "managers");
        Landed(await paul.GetAsync(planted)).ShouldBe(Expired);
        await BeginAsync(paul);
        Landed(await paul.GetAsync(planted)).ShouldBe(Expired);

        // A code of another issuer is not even sent to ours.
        var mixed = provider.SignIn(await BeginAsync(paul), "paul", "managers").Split("&iss=")[0];
        Landed(await paul.GetAsync(mixed + "&iss=https%3A%2F%2Fevil.example")).ShouldBe("/sign-in?problem=not-verified&lab=acme");
        mixed = provider.SignIn(await BeginAsync(paul), "paul", "managers").Split("&iss=")[0];
        Landed(await paul.GetAsync(mixed)).ShouldBe("/sign-in?problem=not-verified&lab=acme");
        provider.Redeemed.ShouldBeEmpty();

        // Too late, then in time, then the same again, cookie and all.
        var late = provider.SignIn(await BeginAsync(paul), "paul", "managers");
        node.Clock.Advance(OidcTransactions.Lifetime);
        Landed(await paul.GetAsync(late)).ShouldBe(Expired);
        var callback = provider.SignIn(await BeginAsync(paul), "paul", "managers");
        var cookie = paul.Cookies.GetAllCookies().Single(one => one.Name == "cofferdam-oidc");
        Landed(await paul.GetAsync(callback)).ShouldBe("/");
        paul.Cookies.GetAllCookies().ShouldNotContain(one => one.Name == "cofferdam-oidc");
        mallory.Cookies.Add(new Uri(node.Origin), new Cookie(cookie.Name, cookie.Value));
        Landed(await mallory.GetAsync(callback)).ShouldBe(Expired);
        (await mallory.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Code_UsedBefore_IsRefusedByTheProvider_AndAKeyThatIsNewIsFetched()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var paul = node.Browse();
        var first = provider.SignIn(await BeginAsync(paul), "paul", "managers");
        Landed(await paul.GetAsync(first)).ShouldBe("/");
        var again = provider.SignIn(await BeginAsync(paul), "paul", "managers");
        string Code(string callback) => callback.Split("code=")[1].Split('&')[0];
        Landed(await paul.GetAsync(again.Replace(Code(again), Code(first), StringComparison.Ordinal))).ShouldBe("/sign-in?problem=not-verified&lab=acme");

        using var renewed = RSA.Create(2048);
        provider.Published = renewed;
        provider.Token = claims => ScriptedProvider.Sign(claims, "RS256", data => renewed.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "another");
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        Landed(await SignInAsync(paul, provider, "paul")).ShouldBe("/");
    }

    [Fact]
    public async Task Provider_OfAnotherNameOrAway_IsSaidOnTheSignInPage()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var paul = node.Browse();
        provider.Named = "https://another.example";
        (await BeginAsync(paul)).ShouldBe("/sign-in?problem=unavailable&lab=acme");
        provider.Named = null;
        var callback = provider.SignIn(await BeginAsync(paul), "paul", "managers");
        await provider.DisposeAsync();

        Landed(await paul.GetAsync(callback)).ShouldBe("/sign-in?problem=unavailable&lab=acme");

        (await paul.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
        (await paul.GetAsync("/api/sign-in/oidc")).Json[0]!["name"]!.GetValue<string>().ShouldBe("Acme staff");
    }

    [Fact]
    public async Task Begin_FromAnotherSite_IsRefused_AndTheWayBackIsForPagesAlone()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        await using var node = await StartAsync(provider);
        using var browser = node.Browse();
        Action<HttpRequestMessage> From(string mode, string destination) => request =>
        {
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Headers.Add("Sec-Fetch-Mode", mode);
            request.Headers.Add("Sec-Fetch-Dest", destination);
        };

        (await browser.SendAsync(HttpMethod.Get, Start, with: From("navigate", "document"))).Must(HttpStatusCode.Forbidden).Code.ShouldBe("cross-site");
        (await browser.SendAsync(HttpMethod.Get, $"{Start}/callback", with: From("no-cors", "image"))).Must(HttpStatusCode.Forbidden).Code.ShouldBe("cross-site");
        (await browser.SendAsync(HttpMethod.Get, "/api/labs/acme/callback", with: From("navigate", "document"))).Must(HttpStatusCode.Forbidden);
        var callback = provider.SignIn(await BeginAsync(browser, "//evil.example"), "paul", "managers");
        Landed(await browser.SendAsync(HttpMethod.Get, callback, with: From("navigate", "document"))).ShouldBe("/");
        (await browser.GetAsync("/api/sign-in/oidc/borealis")).Must(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name": "A", "issuer": "http://login.example.org", "clientId": "c"}""", "https")]
    [InlineData("""{"name": "A", "issuer": "https://login.example.org", "clientId": "c", "roles": {"bosses": "owner"}}""", "invitation")]
    [InlineData("""{"name": "A", "issuer": "https://login.example.org", "clientId": "c", "clientSecretFile": "nowhere"}""", "secret")]
    [InlineData("""{"name": "A", "issuer": "https://login.example.org", "clientId": "c", "clientSecret": "in clear"}""", "clientSecret")]
    public void Settings_ThatCannotBeFollowed_SayWhatToChange(string json, string word)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-oidc-").FullName, "acme.json");
        File.WriteAllText(file, json);
        Should.Throw<StartupException>(() => OidcSettings.Read(new OidcFile("acme", file), evaluation: true)).Message.ShouldContain(word);
    }

    /// <summary>A node whose lab "acme" has the provider; managers and auditors come by group.</summary>
    private static async Task<RunningNode> StartAsync(ScriptedProvider provider, string database = "sqlite")
    {
        var node = await RunningNode.StartAsync(database, options => options with { Oidc = [Settings(provider, options.DataFolder)] });
        provider.Time = node.Clock;
        return node;
    }

    private static OidcFile Settings(ScriptedProvider provider, string folder)
    {
        var file = Path.Combine(Path.GetDirectoryName(folder)!, "acme.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            name = "Acme staff",
            issuer = provider.Issuer,
            clientId = ScriptedProvider.Client,
            roles = new { managers = "projectManager", audit = "auditor" },
        }));
        return new OidcFile("acme", file);
    }

    private static async Task<string> BeginAsync(Browser browser, string to = "/")
    {
        var answer = (await browser.GetAsync($"{Start}?to={Uri.EscapeDataString(to)}")).Must(HttpStatusCode.Redirect);
        return answer.Response.Headers.Location!.OriginalString;
    }

    private static async Task<Answer> SignInAsync(Browser browser, ScriptedProvider provider, string subject, string to = "/", params string[] groups) =>
        await browser.GetAsync(provider.SignIn(await BeginAsync(browser, to), subject, groups));

    /// <summary>The page that the browser is led to.</summary>
    private static string Landed(Answer answer) => answer.Must(HttpStatusCode.Redirect).Response.Headers.Location!.OriginalString;
}
