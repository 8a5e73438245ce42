using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cofferdam.Server.Hardening;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class HardeningTests
{
    private const string Canary = "canary-8e1f";

    [Fact]
    public async Task UnsafeRequest_FromAnotherSite_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        Task<Answer> Invite(Action<HttpRequestMessage> with) => olga.SendAsync(
            HttpMethod.Post, "/api/labs/acme/invitations", new StringContent("""{"role":"annotator"}""", Encoding.UTF8, "application/json"), with);
        void From(HttpRequestMessage request, string? origin, string? site)
        {
            request.Headers.Remove("Origin");
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
        }

        foreach (var (origin, site) in ((string?, string?)[])
            [("http://evil.example", null), ("null", null), (null, "cross-site"), (null, "same-site"), (node.Origin, "cross-site"), ("http://localhost", "same-origin")])
            (await Invite(request => From(request, origin, site))).Must(HttpStatusCode.Forbidden).Code.ShouldBe("cross-site");
        foreach (var (origin, site) in ((string?, string?)[])[(null, null), (node.Origin, null), (node.Origin, "same-origin")])
            (await Invite(request => From(request, origin, site))).Must(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Read_FromAnotherSiteOrPort_IsRefusedUnderTheApiAlone()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        Task<Answer> Get(string path, string site) => olga.SendAsync(HttpMethod.Get, path, with: request => request.Headers.Add("Sec-Fetch-Site", site));

        foreach (var site in (string[])["cross-site", "same-site"])
        {
            (await Get("/api/labs/acme/projects", site)).Must(HttpStatusCode.Forbidden).Code.ShouldBe("cross-site");
            (await Get("/", site)).Status.ShouldNotBe(HttpStatusCode.Forbidden);
        }

        // Typed, or asked by the node's own page.
        foreach (var site in (string[])["none", "same-origin"])
            (await Get("/api/labs/acme/projects", site)).Must(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    public void NetworkOf_Address_IsWhatOneHostMayHave(string address, string network) =>
        RateLimits.NetworkOf(IPAddress.Parse(address)).ShouldBe(IPAddress.Parse(network));

    [Fact]
    public async Task Request_UnderAnotherName_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = node.Browse();
        var port = new Uri(node.Origin).Port;
        (await browser.SendAsync(HttpMethod.Get, "/api/health", with: request => request.Headers.Host = $"rebound.example:{port}"))
            .Must(HttpStatusCode.BadRequest).Code.ShouldBe("host-not-served");
        (await browser.SendAsync(HttpMethod.Get, "/api/health", with: request => request.Headers.Host = $"127.0.0.1:{port}")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Body_LargerThanAMebibyte_IsTooLarge()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = node.Browse();
        var body = new ByteArrayContent(new byte[(1 << 20) + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var answer = await browser.SendAsync(HttpMethod.Post, "/api/enrolments/look", body);
        answer.Must(HttpStatusCode.RequestEntityTooLarge).Code.ShouldBe("too-large");
    }

    [Fact]
    public async Task Body_ThatIsNotWhatIsAskedFor_IsAProblemWithoutAnEcho()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = node.Browse();
        foreach (var (body, type) in ((string, string)[])
            [
                ("{", "application/json"),
                ("", "application/json"),
                ("null", "application/json"),
                ("[]", "application/json"),
                ("{}", "application/json"),
                ("""{"token":null}""", "application/json"),
                ("{\"token\":{\"" + Canary + "\":1}}", "application/json"),
                ($"{{\"token\":\"{Canary}\" \"x\"}}", "application/json"),
                ($"token={Canary}", "application/x-www-form-urlencoded"),
                (Canary, "text/plain"),
            ])
        {
            var answer = await browser.SendAsync(HttpMethod.Post, "/api/enrolments/look", new StringContent(body, Encoding.UTF8, type));
            answer.Status.ShouldBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType], body);
            answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            answer.Code.ShouldBeOneOf("bad-request", "media-type");
            answer.Text.ShouldNotContain(Canary);
        }
    }

    [Fact]
    public async Task Numbers_AsStrings_AreRefused()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        (await olga.PostAsync("/api/labs/acme/invitations", new { role = 1 })).Must(HttpStatusCode.BadRequest).Code.ShouldBe("bad-request");
        (await olga.PostAsync("/api/labs/acme/invitations", new { role = "emperor" })).Must(HttpStatusCode.BadRequest).Code.ShouldBe("bad-request");
    }

    [Fact]
    public async Task Error_OfWhateverKind_IsAProblemWithACode()
    {
        await using var node = await RunningNode.StartAsync(routes: app =>
            app.MapGet("/api/broken", string () => throw new InvalidOperationException(Canary)).AllowAnonymous());
        using var browser = node.Browse();
        (await browser.GetAsync("/api/nowhere")).Must(HttpStatusCode.NotFound).Code.ShouldBe("not-found");
        (await browser.SendAsync(HttpMethod.Delete, "/api/health")).Must(HttpStatusCode.MethodNotAllowed).Code.ShouldBe("method-not-allowed");
        (await browser.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized).Code.ShouldBe("signed-out");
        (await browser.GetAsync("/api/labs/acme/people")).Must(HttpStatusCode.Unauthorized).Code.ShouldBe("signed-out");
        var broken = (await browser.GetAsync("/api/broken")).Must(HttpStatusCode.InternalServerError);
        broken.Code.ShouldBe("internal");
        broken.Text.ShouldNotContain(Canary);
        broken.Text.ShouldNotContain("InvalidOperation");
        broken.Response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task Endpoint_ThatSaysNothing_IsClosed()
    {
        await using var node = await RunningNode.StartAsync(routes: app => app.MapGet("/api/forgotten", () => "open"));
        using var olga = await node.OwnerAsync("acme");
        (await olga.GetAsync("/api/forgotten")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SignIn_TooOftenFromOneAddress_IsLimited()
    {
        await using var node = await RunningNode.StartAsync(with: options => options with { RateLimits = new RateLimitSettings { SignIn = new RateLimit(1, 3) } });
        using var browser = node.Browse();
        for (var i = 0; i < 3; i++)
            (await browser.PostAsync("/api/enrolments/look", new { token = "x" })).Must(HttpStatusCode.NotFound);
        var limited = (await browser.PostAsync("/api/enrolments/look", new { token = "x" })).Must(HttpStatusCode.TooManyRequests);
        limited.Code.ShouldBe("too-many-requests");
        limited.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(1);
        (await browser.GetAsync("/api/health")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Account_RefusedTooOften_IsTurnedAwayWithoutAReceipt()
    {
        await using var node = await RunningNode.StartAsync(with: options => options with { RateLimits = new RateLimitSettings { Refusals = new RateLimit(1, 3) } });
        using var olga = await node.OwnerAsync("acme");
        using var boris = await node.OwnerAsync("borealis");
        var lab = await node.LabAsync("acme");
        Task<Answer> Guess() => olga.GetAsync($"/api/labs/acme/projects/{Guid.NewGuid()}");

        for (var i = 0; i < 5; i++)
            (await olga.GetAsync("/api/labs/acme/people")).Must(HttpStatusCode.OK);
        for (var i = 0; i < 3; i++)
            (await Guess()).Must(HttpStatusCode.NotFound);
        var limited = (await Guess()).Must(HttpStatusCode.TooManyRequests);
        limited.Code.ShouldBe("too-many-requests");
        limited.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(1);
        (await olga.GetAsync("/api/labs/acme/people")).Must(HttpStatusCode.TooManyRequests);
        (await node.RefusalsAsync(lab)).Count.ShouldBe(3);

        (await boris.GetAsync("/api/labs/borealis/people")).Must(HttpStatusCode.OK);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        (await olga.GetAsync("/api/labs/acme/people")).Must(HttpStatusCode.OK);
        (await Guess()).Must(HttpStatusCode.NotFound);
        (await Guess()).Must(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Account_RefusedByTheVaultTooOften_IsTurnedAwayWithoutAReceipt()
    {
        await using var node = await RunningNode.StartAsync(with: options => options with { RateLimits = new RateLimitSettings { Refusals = new RateLimit(1, 3) } });
        var work = await LabWithWork.MakeAsync(node, "acme");
        using var sam = node.Browse();
        (await sam.EnrolAsync(await work.Owner.InviteAsync("acme", "projectManager"), "sam", node.Clock)).Must(HttpStatusCode.NoContent);
        var pseudonym = (string)(await sam.GetAsync("/api/session")).Json["labs"]![0]!["pseudonym"]!;
        (await work.Owner.PostAsync("/api/labs/acme/suspensions", new { scope = "person", id = pseudonym, reason = "securityIncident" })).Must(HttpStatusCode.OK);

        Task<Answer> Open() => sam.GetAsync($"/api/labs/acme/projects/{work.Project}");
        for (var i = 0; i < 3; i++)
            (await Open()).Must(HttpStatusCode.Locked);
        (await Open()).Must(HttpStatusCode.TooManyRequests).Code.ShouldBe("too-many-requests");
        (await node.RefusalsAsync(await node.LabAsync("acme"))).Count(refusal => refusal.Principal.Pseudonym == Guid.Parse(pseudonym)).ShouldBe(3);
    }

    [Fact]
    public async Task Account_TooManyRequests_IsLimitedAlone()
    {
        await using var node = await RunningNode.StartAsync(with: options => options with { RateLimits = new RateLimitSettings { Account = new RateLimit(1, 2) } });
        using var olga = await node.OwnerAsync("acme");
        using var boris = await node.OwnerAsync("borealis");
        (await olga.GetAsync("/api/session")).Must(HttpStatusCode.OK);
        (await olga.GetAsync("/api/session")).Must(HttpStatusCode.OK);
        (await olga.GetAsync("/api/session")).Must(HttpStatusCode.TooManyRequests);
        (await boris.GetAsync("/api/session")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Response_OfTheApi_IsNeverStoredOrSniffedOrFramed()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = node.Browse();
        foreach (var path in (string[])["/api/health", "/api/session", "/api/nowhere", "/"])
        {
            var headers = (await browser.GetAsync(path)).Response.Headers;
            headers.CacheControl!.NoStore.ShouldBeTrue(path);
            headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
            headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
            headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
            headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
            headers.Contains("Server").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:5170")]
    [InlineData("http://192.0.2.7:5170")]
    [InlineData("http://lab.example.org:5170")]
    [InlineData("http://[::]:5170")]
    public async Task Start_InClearOverANetwork_IsRefused(string url)
    {
        var refused = await Should.ThrowAsync<StartupException>(() => RunningNode.StartAsync(with: options => options with { Urls = [url] }));
        refused.Message.ShouldContain("in clear");
    }

    [Fact]
    public async Task Start_WithHttpsAndNoCertificate_SaysWhatIsMissing() =>
        (await Should.ThrowAsync<StartupException>(() => RunningNode.StartAsync(with: options => options with { Urls = ["https://127.0.0.1:0"] })))
            .Message.ShouldContain("--certificate");

    [Fact]
    public async Task Response_BehindAProxyWithTls_AsksForTls()
    {
        await using var node = await RunningNode.StartAsync(with: options => options with { PublicUrl = new Uri("https://lab.example.org") });
        NodeHost.OriginOf(node.App).ShouldBe("https://lab.example.org");
        using var proxy = new Browser(node.Address);
        var answer = await proxy.SendAsync(HttpMethod.Post, "/api/sign-out", with: request =>
        {
            request.Headers.Host = "lab.example.org";
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Remove("Origin");
            request.Headers.Add("Origin", "https://lab.example.org");
        });

        answer.Must(HttpStatusCode.NoContent);
        answer.Response.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
        var cookie = answer.Response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-cofferdam=");
        cookie.ShouldContain("secure");
    }
}
