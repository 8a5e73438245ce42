using System.Net;
using Cofferdam.TestKit;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class SignInTests
{
    private const string Olga = "owner-of-acme";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Password_WithFreshCode_SignsInOnce(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var enrolled = await node.OwnerAsync("acme");
        using var browser = node.Browse();

        // The code that proved the authenticator at enrolment is used up.
        (await browser.SignInAsync(Olga, Browser.Password, enrolled.Code(node.Clock))).Must(HttpStatusCode.Unauthorized).Code.ShouldBe("sign-in-refused");
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = enrolled.Code(node.Clock);
        (await browser.SignInAsync(Olga, Browser.Password, code)).Must(HttpStatusCode.NoContent);
        (await browser.GetAsync("/api/session")).Must(HttpStatusCode.OK);
        using var replay = node.Browse();
        (await replay.SignInAsync(Olga, Browser.Password, code)).Must(HttpStatusCode.Unauthorized);
        (await replay.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized).Code.ShouldBe("signed-out");
    }

    [Fact]
    public async Task Password_SameCodeManyTimesAtOnce_SignsInOnce()
    {
        await using var node = await RunningNode.StartAsync();
        using var enrolled = await node.OwnerAsync("acme");
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = enrolled.Code(node.Clock);
        var browsers = Enumerable.Range(0, 4).Select(_ => node.Browse()).ToList();

        var answers = await Task.WhenAll(browsers.Select(browser => browser.SignInAsync(Olga, Browser.Password, code)));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).ShouldBe(1);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Password_FiveWrongTries_RestsTheAccount(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var enrolled = await node.OwnerAsync("acme");
        using var browser = node.Browse();
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 5; i++)
            (await browser.SignInAsync(Olga, "wrong " + Browser.Password, enrolled.Code(node.Clock))).Must(HttpStatusCode.Unauthorized);

        (await browser.SignInAsync(Olga, Browser.Password, enrolled.Code(node.Clock))).Must(HttpStatusCode.Unauthorized);
        node.Clock.Advance(TimeSpan.FromMinutes(15));
        (await browser.SignInAsync(Olga, Browser.Password, enrolled.Code(node.Clock))).Must(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Password_WrongNamePasswordOrCode_IsRefusedAlike()
    {
        await using var node = await RunningNode.StartAsync();
        using var enrolled = await node.OwnerAsync("acme");
        using var browser = node.Browse();
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = enrolled.Code(node.Clock);

        var answers = new[]
        {
            await browser.SignInAsync("nobody", Browser.Password, code),
            await browser.SignInAsync(Olga, "wrong " + Browser.Password, code),
            await browser.SignInAsync(Olga, Browser.Password, "000000"),
            await browser.SignInAsync(Olga, Browser.Password, ""),
            await browser.SignInAsync(Olga, new string('x', 100_000), code),
        };

        foreach (var answer in answers)
            answer.Must(HttpStatusCode.Unauthorized);
        answers.Select(answer => (string)answer.Json["detail"]!).Distinct().Count().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Passkey_WithoutAName_SignsIn(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var key = new SoftwareAuthenticator();
        using var olga = node.Browse();
        (await olga.EnrolAsync((await node.OwnerTokensAsync())["acme"], "olga", key)).Must(HttpStatusCode.NoContent);

        using var browser = node.Browse();
        (await browser.SignInAsync(key)).Must(HttpStatusCode.NoContent);
        ((string?)(await browser.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json["account"]!["name"]).ShouldBe("olga");
        (await browser.SignInAsync(key)).Must(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Passkey_WrongPageKeyOrChallenge_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        using var key = new SoftwareAuthenticator();
        using var other = new SoftwareAuthenticator();
        using var olga = node.Browse();
        (await olga.EnrolAsync((await node.OwnerTokensAsync())["acme"], "olga", key)).Must(HttpStatusCode.NoContent);
        using var browser = node.Browse();

        (await browser.SignInAsync(key, "http://evil.example")).Must(HttpStatusCode.BadRequest);
        (await browser.SignInAsync(other)).Must(HttpStatusCode.BadRequest);
        (await browser.PostAsync("/api/sign-in/passkey", new { credential = "{}" })).Must(HttpStatusCode.BadRequest);
        (await browser.PostAsync("/api/sign-in/passkey", new { credential = "no json" })).Must(HttpStatusCode.BadRequest);
        key.VerifiesUser = false;
        (await browser.SignInAsync(key)).Must(HttpStatusCode.BadRequest).Code.ShouldBe("passkey-not-verified");
        key.VerifiesUser = true;

        var options = await browser.PostAsync("/api/sign-in/passkey/options");
        var credential = key.Get(options.Text, browser.Origin);
        using var elsewhere = node.Browse();
        (await elsewhere.PostAsync("/api/sign-in/passkey", new { credential })).Must(HttpStatusCode.BadRequest);
        (await browser.PostAsync("/api/sign-in/passkey", new { credential })).Must(HttpStatusCode.NoContent);
        (await browser.PostAsync("/api/sign-in/passkey", new { credential })).Must(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignOut_WithTheCookieKept_EndsTheSessionAtOnce()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var copy = node.Browse();
        copy.Cookies.Add(olga.Cookies.GetCookies(new Uri(olga.Origin)));
        (await copy.GetAsync("/api/session")).Must(HttpStatusCode.OK);

        (await olga.PostAsync("/api/sign-out")).Must(HttpStatusCode.NoContent);

        (await copy.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
        (await copy.GetAsync("/api/labs/acme/people")).Must(HttpStatusCode.Unauthorized);
        (await olga.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_AfterItsLifetime_Ends()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        node.Clock.Advance(TimeSpan.FromHours(11.9));
        (await olga.GetAsync("/api/session")).Must(HttpStatusCode.OK);
        node.Clock.Advance(TimeSpan.FromHours(0.1));
        (await olga.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_WithAForgedCookie_IsNone()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var cookie = olga.Cookies.GetCookies(new Uri(olga.Origin)).Single(c => c.Name == "cofferdam");
        cookie.HttpOnly.ShouldBeTrue();
        using var browser = node.Browse();
        foreach (var value in (string[])[cookie.Value[..^1] + (cookie.Value[^1] == 'A' ? 'B' : 'A'), cookie.Value[..22], "", "%", new string('A', 64)])
            (await browser.SendAsync(HttpMethod.Get, "/api/session", with: request => request.Headers.TryAddWithoutValidation("Cookie", $"cofferdam={value}")))
                .Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Stores_WithAccountsInThem_HoldNoSecretInClear()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var key = new SoftwareAuthenticator();
        using var rita = node.Browse();
        (await rita.EnrolAsync(await olga.InviteAsync("acme", "reviewer"), "rita", key)).Must(HttpStatusCode.NoContent);
        var session = olga.Cookies.GetCookies(new Uri(olga.Origin)).Single(c => c.Name == "cofferdam").Value;

        // The lock has no content, and cannot be read while it is held.
        var files = Directory.GetFiles(node.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        files.ShouldContain(file => file.EndsWith("lab.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var bytes = await ReadSharedAsync(file);
            foreach (var secret in (string[])[olga.Secret, session, session[22..], Browser.Password, "masterKey"])
                bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)).ShouldBe(-1, $"{secret} in {file}");
        }
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
