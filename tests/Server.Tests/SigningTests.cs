using System.Net;
using System.Text;
using Cofferdam.ApiClient;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>Sessions of people who sign, keys of the lab's own staff, and the passkey asked for again.</summary>
public sealed class SigningTests
{
    private const string Projects = "/api/labs/acme/projects";

    [Fact]
    public async Task StolenCookie_WithAnotherKeyOrNone_OpensNothing()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var project = (string)(await olga.PostAsync(Projects, new { name = "Quillwork" })).Must(HttpStatusCode.Created).Json["id"]!;
        (await olga.EnrolKeyAsync("acme")).Must(HttpStatusCode.Created);
        (await olga.GetAsync($"{Projects}/{project}")).Must(HttpStatusCode.OK);
        await using var scope = node.App.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<AppDb>().Set<SessionRow>().Select(row => row.BrowserKey).SingleAsync()).ShouldBe(olga.Key!.Id);

        // Another key of hers, honestly enrolled: the session is still the first one's.
        var first = olga.Key;
        var waiting = (await olga.EnrolKeyAsync("acme")).Must(HttpStatusCode.Accepted);
        var second = olga.Key!;
        olga.Key = first;
        second.Id = Guid.Parse((string)(await olga.PostAsync($"/api/labs/acme/browser-keys/{waiting.Json["id"]}/approve")).Must(HttpStatusCode.OK).Json["id"]!);

        using var thief = node.Browse();
        thief.Cookies.Add(new Uri(node.Origin), olga.Cookies.GetCookies(new Uri(node.Origin)));
        (await thief.GetAsync($"{Projects}/{project}")).Code.ShouldBe("sign");
        thief.Key = second;
        (await thief.GetAsync($"{Projects}/{project}")).Code.ShouldBe("sign", "the nonces are for the session's key");
        olga.Key = null;
        var challenge = Challenge.Read((await olga.GetAsync($"{Projects}/{project}")).Text)!;
        (await thief.SendAsync(HttpMethod.Get, $"{Projects}/{project}", with: request => request.Headers.Add(Challenge.ProofsHeader, second.Answer(challenge with { Key = second.Id })!.Value.Value)))
            .Must(HttpStatusCode.Forbidden).Code.ShouldBe("other-key");
        var lab = await node.LabAsync("acme");
        (await node.Vault.ReceiptsAsync(new ReceiptQuery(lab, Acts: [Act.Open], Limit: 1000))).Where(receipt => receipt.Project.Value == Guid.Parse(project))
            .ShouldAllBe(receipt => receipt.Proof!.Key == first.Id);

        // In a session of its own the second one signs as well.
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        using var elsewhere = node.Browse();
        (await elsewhere.SignInAsync("owner-of-acme", Browser.Password, olga.Code(node.Clock))).Must(HttpStatusCode.NoContent);
        elsewhere.Key = second;
        (await elsewhere.GetAsync($"{Projects}/{project}")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task BrowserKeys_OfStaff_AreApprovedBySignatureShownAndRevoked()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var petra = node.Browse();
        (await petra.EnrolAsync(await olga.InviteAsync("acme", "projectManager"), "petra", node.Clock)).Must(HttpStatusCode.NoContent);
        (await olga.PostAsync("/api/labs/acme/browser-keys", new { publicKey = "AAAA" })).Must(HttpStatusCode.BadRequest);
        (await olga.EnrolKeyAsync("acme")).Must(HttpStatusCode.Created);
        var waiting = (string)(await petra.EnrolKeyAsync("acme")).Must(HttpStatusCode.Accepted).Json["id"]!;

        (await petra.PostAsync($"/api/labs/acme/browser-keys/{waiting}/approve")).Must(HttpStatusCode.Forbidden);
        var unsigned = olga.Key;
        olga.Key = null;
        (await olga.PostAsync($"/api/labs/acme/browser-keys/{waiting}/approve")).Code.ShouldBe("sign");
        olga.Key = unsigned;
        petra.Key!.Id = Guid.Parse((string)(await olga.PostAsync($"/api/labs/acme/browser-keys/{waiting}/approve")).Must(HttpStatusCode.OK).Json["id"]!);

        var project = (string)(await petra.PostAsync(Projects, new { name = "Quillwork" })).Json["id"]!;
        (await petra.GetAsync($"{Projects}/{project}")).Must(HttpStatusCode.OK);
        (await olga.SendAsync(HttpMethod.Delete, $"/api/labs/acme/browser-keys/{petra.Key.Id}")).Must(HttpStatusCode.NoContent);
        var keys = (await olga.GetAsync("/api/labs/acme/browser-keys")).Json.AsArray();
        keys.Select(key => ((string)key!["name"]!, key["revokedAt"] is null)).ShouldBe([("petra", false), ("owner-of-acme", true)]);
        (await olga.SendAsync(HttpMethod.Delete, $"/api/labs/acme/browser-keys/{olga.Key!.Id}")).Code.ShouldBe("last-key");
    }

    [Fact]
    public async Task StepUp_OfAProjectThatAsksForIt_WantsThePasskeyAgain()
    {
        await using var node = await RunningNode.StartAsync();
        var work = await LabWithWork.MakeAsync(node, "acme");
        var at = $"{Projects}/{work.Project}";
        using var passkey = new SoftwareAuthenticator();
        using var anna = node.Browse();
        (await anna.EnrolAsync(await work.Owner.InviteAsync("acme", "reviewer"), "anna", passkey)).Must(HttpStatusCode.NoContent);
        var version = (await work.Owner.GetAsync(at)).Response.Headers.ETag!.Tag;
        Task<Answer> SetAsync(int minutes) => work.Owner.SendAsync(
            HttpMethod.Put, at, new StringContent($$"""{"name":"Quillwork","stepUpMinutes":{{minutes}}}""", Encoding.UTF8, "application/json"),
            request => request.Headers.TryAddWithoutValidation("If-Match", version));
        (await SetAsync(4)).Must(HttpStatusCode.BadRequest);
        ((int?)(await SetAsync(5)).Must(HttpStatusCode.OK).Json["stepUpMinutes"]).ShouldBe(5);
        Task<Answer> NextAsync() => anna.PostAsync($"{at}/reviews/next");
        (await NextAsync()).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);

        node.Clock.Advance(TimeSpan.FromMinutes(6));
        (await NextAsync()).Must(HttpStatusCode.Forbidden).Code.ShouldBe("step-up");
        var options = (await anna.PostAsync("/api/sessions/step-up/options")).Must(HttpStatusCode.OK);
        (await anna.PostAsync("/api/sessions/step-up", new { credential = passkey.Get(options.Text, anna.Origin) })).Must(HttpStatusCode.NoContent);
        (await NextAsync()).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);

        // Who has no passkey is told so: a password does not do.
        (await work.Owner.PostAsync($"{at}/tasks/next")).Must(HttpStatusCode.Forbidden).Code.ShouldBe("step-up");
        (await work.Owner.PostAsync("/api/sessions/step-up/options")).Must(HttpStatusCode.Conflict).Code.ShouldBe("no-passkey");
    }
}
