using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cofferdam.Server.Mail;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Notices;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed partial class NoticeTests
{
    private const string Lab = "/api/labs/acme";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Events_ThatConcernSomebody_AreToldWithoutContent(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        var work = await LabWithWork.MakeAsync(node, "acme");
        using var anna = await JoinAsync(node, work.Owner, "annotator");
        var project = $"{Lab}/projects/{work.Project}";
        var me = (string)(await anna.GetAsync("/api/session")).Json["labs"]![0]!["pseudonym"]!;

        // The owner's own answer is returned by another reviewer.
        using var rita = await JoinAsync(node, work.Owner, "reviewer");
        await SubmitAsync(work);
        var review = (await rita.PostAsync($"{project}/reviews/next")).Must(HttpStatusCode.OK).Json;
        (await rita.PostAsync($"{project}/reviews/{(string)review["slot"]!}", new { decision = "return", reason = "Say why." })).Must(HttpStatusCode.OK);
        var draft = await work.Owner.GetAsync($"{project}/guidelines/draft");
        using var paula = await JoinAsync(node, work.Owner, "projectManager");
        (await paula.SendAsync(HttpMethod.Post, $"{project}/guidelines/versions", with: request =>
            request.Headers.TryAddWithoutValidation("If-Match", draft.Response.Headers.ETag!.Tag))).Must(HttpStatusCode.OK);
        (await paula.PostAsync($"{Lab}/suspensions", new { scope = "person", id = me, reason = "plannedPause" })).Must(HttpStatusCode.OK);

        var page = (await work.Owner.GetAsync($"{Lab}/notices?limit=500")).Must(HttpStatusCode.OK);
        var kinds = page.Json["rows"]!.AsArray().Select(row => (string)row!["kind"]!).ToList();
        foreach (var kind in (string[])["invitationUsed", "importDone", "returned", "guidelinesPublished"])
            kinds.ShouldContain(kind);
        kinds.ShouldNotContain("suspended");
        page.Text.ShouldNotContain("Quillwork");
        page.Text.ShouldNotContain("Say why");
        var theirs = (await anna.GetAsync($"{Lab}/notices")).Json["rows"]!.AsArray();
        theirs.Select(row => (string)row!["kind"]!).ShouldBe(["suspended"]);

        // Each reads one's own alone.
        var mine = (string)page.Json["rows"]![0]!["id"]!;
        (await anna.PostAsync($"{Lab}/notices/{mine}/read")).Must(HttpStatusCode.NotFound);
        (await work.Owner.PostAsync($"{Lab}/notices/{mine}/read")).Must(HttpStatusCode.NoContent);
        ((int)(await work.Owner.GetAsync($"{Lab}/notices?unread=true")).Json["unread"]!).ShouldBe(kinds.Count - 1);
        (await work.Owner.PostAsync($"{Lab}/notices/read")).Must(HttpStatusCode.NoContent);
        (await work.Owner.GetAsync($"{Lab}/notices?unread=true")).Json["rows"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Mail_WhereAsked_GathersNoticesAndHoldsNoContent(string database)
    {
        await using var server = new MailServer();
        await using var node = await RunningNode.StartAsync(database, options => options with { Smtp = server.Address });
        var work = await LabWithWork.MakeAsync(node, "acme");
        var mailing = node.App.Services.GetRequiredService<NoticeMailing>();
        await AskAsync(work.Owner, server, "olga@lab.example", "myWork", "projects");

        // What was there before is not mailed, nor what belongs to another topic, nor what is too fresh.
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(0);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        using var anna = await JoinAsync(node, work.Owner, "annotator");
        await TellAsync(node, work, NoticeKind.Returned);
        await TellAsync(node, work, NoticeKind.Returned);
        await TellAsync(node, work, NoticeKind.DeliveryDone);
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(0);
        node.Clock.Advance(NoticeMailing.Settled);
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(1);

        server.Mails.TryDequeue(out var mail).ShouldBeTrue();
        mail.To.ShouldBe("olga@lab.example");
        var code = (string)(await work.Owner.GetAsync($"{Lab}/projects/{work.Project}")).Json["code"]!;
        mail.Text.ShouldContain("Cofferdam: 3 notices");
        mail.Text.ShouldContain($"Work of yours was returned ({code}), 2 times");
        mail.Text.ShouldContain($"A delivery is done ({code})");
        mail.Text.ShouldNotContain("enrolled");
        mail.Text.ShouldNotContain("Quillwork");
        mail.Text.ShouldNotContain(work.Project);

        // One mail in a quarter of an hour, however much happens.
        await TellAsync(node, work, NoticeKind.Returned);
        node.Clock.Advance(NoticeMailing.Settled);
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(0);
        server.Full = true;
        node.Clock.Advance(NoticeMailing.Between);
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(0);
        server.Full = false;
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(0, "it waits before it tries again");
        node.Clock.Advance(NoticeMailing.Between);
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(1);
        server.Mails.TryDequeue(out mail).ShouldBeTrue();
        mail.Text.ShouldContain("Cofferdam: one notice");
    }

    [Fact]
    public async Task Address_Unconfirmed_GetsNothingButItsCode()
    {
        await using var server = new MailServer();
        await using var node = await RunningNode.StartAsync(with: options => options with { Smtp = server.Address });
        var work = await LabWithWork.MakeAsync(node, "acme");
        var mailing = node.App.Services.GetRequiredService<NoticeMailing>();
        var asked = await PutAsync(work.Owner, new { topics = new[] { "myWork" }, address = "olga@lab.example" });
        ((bool)asked.Must(HttpStatusCode.OK).Json["confirmed"]!).ShouldBeFalse();
        (await PutAsync(work.Owner, new { topics = new[] { "myWork" }, address = "victim@other.example" })).Must(HttpStatusCode.TooManyRequests).Code.ShouldBe("too-soon");
        await TellAsync(node, work, NoticeKind.Returned);
        node.Clock.Advance(NoticeMailing.Settled);
        (await mailing.SendDueAsync(CancellationToken.None)).ShouldBe(0);

        server.Mails.TryDequeue(out var mail).ShouldBeTrue();
        var right = Code().Match(mail.Text).Value;
        for (var i = 0; i < 5; i++)
            (await work.Owner.PostAsync("/api/notices/email/confirm", new { code = "00000000" == right ? "1" : "00000000" })).Must(HttpStatusCode.BadRequest);
        (await work.Owner.PostAsync("/api/notices/email/confirm", new { code = right })).Must(HttpStatusCode.BadRequest).Code.ShouldBe("code-wrong");
        server.Mails.ShouldBeEmpty();

        // Where the person has it gone, it is gone from the vault too.
        (await work.Owner.SendAsync(HttpMethod.Delete, "/api/notices/email")).Must(HttpStatusCode.NoContent);
        await foreach (var _ in node.Vault.ListAsync(LabId.Node, ProjectId.None, RecordKind.Address, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken))
            Assert.Fail("an address is left");
    }

    [Fact]
    public async Task Mail_OnANodeWithoutAServer_IsNotOffered()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        ((bool)(await olga.GetAsync("/api/notices/email")).Json["offered"]!).ShouldBeFalse();
        (await PutAsync(olga, new { topics = new[] { "myWork" }, address = "olga@lab.example" })).Must(HttpStatusCode.Conflict).Code.ShouldBe("mail-not-offered");
    }

    private static async Task AskAsync(Browser person, MailServer server, string address, params string[] topics)
    {
        (await PutAsync(person, new { topics, address })).Must(HttpStatusCode.OK);
        server.Mails.TryDequeue(out var mail).ShouldBeTrue();
        mail.To.ShouldBe(address);
        (await person.PostAsync("/api/notices/email/confirm", new { code = Code().Match(mail.Text).Value })).Must(HttpStatusCode.OK);
    }

    private static Task<Answer> PutAsync(Browser person, object body) => person.SendAsync(
        HttpMethod.Put, "/api/notices/email", new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    private static async Task TellAsync(RunningNode node, LabWithWork work, NoticeKind kind)
    {
        var owner = Guid.Parse((string)(await work.Owner.GetAsync("/api/session")).Json["labs"]![0]!["pseudonym"]!);
        await node.App.Services.GetRequiredService<NoticeBoard>().TellAsync(
            new NewNotice(await node.LabAsync("acme"), kind, Guid.Parse(work.Project), Guid.NewGuid()), [owner]);
    }

    private static async Task SubmitAsync(LabWithWork work) =>
        (await work.Owner.PostAsync($"{Lab}/projects/{work.Project}/tasks/{work.Ids["slot"]}/submit", new JsonObject
        {
            ["submission"] = Guid.NewGuid().ToString(),
            ["answers"] = new JsonObject { ["preference"] = new JsonObject { ["choice"] = -1 } },
            ["seconds"] = 1.5,
        })).Must(HttpStatusCode.OK);

    private static async Task<Browser> JoinAsync(RunningNode node, Browser owner, string role)
    {
        var browser = node.Browse();
        (await browser.EnrolAsync(await owner.InviteAsync("acme", role), role, node.Clock)).Must(HttpStatusCode.NoContent);
        return browser;
    }

    [GeneratedRegex(@"\b\d{8}\b")]
    private static partial Regex Code();
}
