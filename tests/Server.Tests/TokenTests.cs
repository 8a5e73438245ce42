using System.Net;
using Cofferdam.Server.Tokens;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class TokenTests
{
    private const string Lab = "/api/labs/acme";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Token_InScope_ActsAsItsOwnerAndReceiptsNameIt(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        var work = await LabWithWork.MakeAsync(node, "acme");
        var secret = await work.Owner.TokenAsync("acme", "read");
        secret.ShouldStartWith("cof_");
        using var program = node.Browse();

        // A program sends neither cookies nor the headers of a browser.
        var read = await program.SendAsync(HttpMethod.Get, $"{Lab}/projects/{work.Project}", with: request =>
        {
            request.Headers.Remove("Origin");
            Browser.Bearer(secret)(request);
        });

        ((string)read.Must(HttpStatusCode.OK).Json["name"]!).ShouldBe("Quillwork");
        var listed = (await work.Owner.GetAsync($"{Lab}/tokens")).Must(HttpStatusCode.OK).Json.AsArray();
        var token = listed.Single(one => one!["lastUsedAt"] is not null)!;
        var receipts = await node.Vault.ReceiptsAsync(new ReceiptQuery(await node.LabAsync("acme"), Acts: [Act.Open]));
        var receipt = receipts.Single(one => one.Session == Guid.Parse((string)token["id"]!));
        receipt.Principal.Pseudonym.ShouldBe(Guid.Parse((string)token["owner"]!));
        listed.ToJsonString().ShouldNotContain(secret[4..]);
    }

    [Fact]
    public async Task Token_RevokedExpiredOrOfAnotherLab_OpensNothing()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var boris = await node.OwnerAsync("borealis");
        using var program = node.Browse();
        Task<Answer> People(string lab, string token) => program.SendAsync(HttpMethod.Get, $"/api/labs/{lab}/people", with: Browser.Bearer(token));
        var secret = await olga.TokenAsync("acme", "read");
        (await People("acme", secret)).Must(HttpStatusCode.OK);
        (await People("borealis", secret)).Must(HttpStatusCode.NotFound);
        (await node.RefusalsAsync(await node.LabAsync("borealis"))).Count.ShouldBe(1);

        var id = (string)(await olga.GetAsync($"{Lab}/tokens")).Json[0]!["id"]!;
        (await boris.SendAsync(HttpMethod.Delete, $"{Lab}/tokens/{id}")).Must(HttpStatusCode.NotFound);
        (await olga.SendAsync(HttpMethod.Delete, $"{Lab}/tokens/{id}")).Must(HttpStatusCode.NoContent);
        (await People("acme", secret)).Must(HttpStatusCode.Unauthorized);

        var other = await olga.TokenAsync("acme", "read");
        (await People("acme", other[..^1] + (other[^1] == 'A' ? 'B' : 'A'))).Must(HttpStatusCode.Unauthorized);
        node.Clock.Advance(TimeSpan.FromDays(31));
        (await People("acme", other)).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_WithACookieBesideIt_IsAllThatCounts()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        (await olga.SendAsync(HttpMethod.Get, $"{Lab}/people", with: Browser.Bearer("cof_nonsense"))).Must(HttpStatusCode.Unauthorized);
        var read = await olga.TokenAsync("acme", "read");
        (await olga.SendAsync(HttpMethod.Get, "/api/session", with: Browser.Bearer(read))).Must(HttpStatusCode.Forbidden).Code.ShouldBe("token-scope");
    }

    [Fact]
    public async Task Token_ToManageAlone_IsShownNoContentByPosting()
    {
        await using var node = await RunningNode.StartAsync();
        var work = await LabWithWork.MakeAsync(node, "acme");
        using var program = node.Browse();
        var secret = await work.Owner.TokenAsync("acme", "manage");
        var project = $"{Lab}/projects/{work.Project}";
        var form = new { questions = new[] { new { key = "x", type = "text", title = "X", maxLength = 10 } } };

        (await program.SendAsync(HttpMethod.Post, $"{project}/form/preview", System.Net.Http.Json.JsonContent.Create(form), Browser.Bearer(secret)))
            .Must(HttpStatusCode.Forbidden).Code.ShouldBe("token-scope");
        (await program.SendAsync(HttpMethod.Post, $"{project}/escalations/{work.Ids["slot"]}/open", with: Browser.Bearer(secret)))
            .Must(HttpStatusCode.Forbidden).Code.ShouldBe("token-scope");
    }

    [Fact]
    public async Task Token_WidenedInTheDatabase_OpensNothing()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var program = node.Browse();
        var secret = await olga.TokenAsync("acme", "import");
        await using (var scope = node.App.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AppDb>().Set<ApiToken>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Scopes, (byte)31));

        (await program.SendAsync(HttpMethod.Get, $"{Lab}/people", with: Browser.Bearer(secret))).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Make_ByWhomItIsNotFor_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var soon = node.Clock.GetUtcNow().AddDays(1);
        using var audrey = await JoinAsync(node, olga, "auditor");
        (await audrey.PostAsync($"{Lab}/tokens", new { name = "a", scopes = new[] { "read", "manage" }, expiresAt = soon })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("role-scope");
        (await audrey.PostAsync($"{Lab}/tokens", new { name = "a", scopes = new[] { "read" }, expiresAt = soon })).Must(HttpStatusCode.Created);
        using var anna = await JoinAsync(node, olga, "annotator");
        (await anna.PostAsync($"{Lab}/tokens", new { name = "a", scopes = new[] { "work" }, expiresAt = soon })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("not-allowed");

        foreach (var (body, field) in ((object, string)[])
            [
                (new { name = "", scopes = new[] { "read" }, expiresAt = soon }, "name"),
                (new { name = "Project Quillwork", scopes = new[] { "read" }, expiresAt = soon }, "name"),
                (new { name = "a", scopes = Array.Empty<string>(), expiresAt = soon }, "scopes"),
                (new { name = "a", scopes = new[] { "read" }, expiresAt = soon.AddYears(1) }, "expiresAt"),
                (new { name = "a", scopes = new[] { "read" }, expiresAt = soon.AddDays(-1) }, "expiresAt"),
            ])
            ((string?)(await olga.PostAsync($"{Lab}/tokens", body)).Must(HttpStatusCode.BadRequest).Json["field"]).ShouldBe(field);
    }

    private static async Task<Browser> JoinAsync(RunningNode node, Browser owner, string role)
    {
        var browser = node.Browse();
        (await browser.EnrolAsync(await owner.InviteAsync("acme", role), role, node.Clock)).Must(HttpStatusCode.NoContent);
        return browser;
    }
}
