using System.Net;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class SuspensionTests
{
    private const string Lab = "/api/labs/acme";

    [Fact]
    public async Task Projects_UnderASuspension_AreOneRefusalHoweverManyThereAre()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var lab = await node.LabAsync("acme");
        for (var i = 0; i < 5; i++)
            (await olga.PostAsync($"{Lab}/projects", new { name = $"Project {i}" })).Must(HttpStatusCode.Created);
        (await olga.PostAsync($"{Lab}/suspensions", new { scope = "lab", reason = "securityIncident" })).Must(HttpStatusCode.OK);

        var projects = (await olga.GetAsync($"{Lab}/projects")).Must(HttpStatusCode.OK).Json.AsArray();

        projects.Count.ShouldBe(5);
        projects.ShouldAllBe(project => project!["name"] == null);
        (await node.RefusalsAsync(lab)).Count.ShouldBe(1);
        (await olga.GetAsync($"{Lab}/work")).Must(HttpStatusCode.OK);
        (await node.RefusalsAsync(lab)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Projects_WithOneSuspended_OpenTheOthers()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var stopped = (string)(await olga.PostAsync($"{Lab}/projects", new { name = "Stopped" })).Must(HttpStatusCode.Created).Json["id"]!;
        (await olga.PostAsync($"{Lab}/projects", new { name = "Going on" })).Must(HttpStatusCode.Created);
        (await olga.PostAsync($"{Lab}/suspensions", new { scope = "project", id = stopped, reason = "plannedPause" })).Must(HttpStatusCode.OK);

        (await olga.GetAsync($"{Lab}/projects")).Json.AsArray().Select(project => (string?)project!["name"]).ShouldBe([null, "Going on"]);
    }

    [Fact]
    public async Task Suspend_WithAnEnd_EndsOfItself()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var project = (string)(await olga.PostAsync($"{Lab}/projects", new { name = "Paused" })).Must(HttpStatusCode.Created).Json["id"]!;
        object Until(TimeSpan after) => new { scope = "project", id = project, reason = "plannedPause", until = node.Clock.GetUtcNow() + after };
        foreach (var wrong in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromDays(400)])
            ((string?)(await olga.PostAsync($"{Lab}/suspensions", Until(wrong))).Must(HttpStatusCode.BadRequest).Json["field"]).ShouldBe("until");

        (await olga.PostAsync($"{Lab}/suspensions", Until(TimeSpan.FromHours(2)))).Must(HttpStatusCode.OK).Json["until"].ShouldNotBeNull();
        (await olga.GetAsync($"{Lab}/projects/{project}")).Must(HttpStatusCode.Locked);
        node.Clock.Advance(TimeSpan.FromHours(2));
        (await olga.GetAsync($"{Lab}/projects/{project}")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Auditor_LookingAtTheLab_LeavesNothingOpened()
    {
        await using var node = await RunningNode.StartAsync();
        var work = await LabWithWork.MakeAsync(node, "acme");
        using var audrey = node.Browse();
        (await audrey.EnrolAsync(await work.Owner.InviteAsync("acme", "auditor"), "audrey", node.Clock)).Must(HttpStatusCode.NoContent);
        var lab = await node.LabAsync("acme");
        var me = Guid.Parse((string)(await audrey.GetAsync("/api/session")).Json["labs"]![0]!["pseudonym"]!);

        foreach (var call in Call.All(node).Where(call => call.Method == HttpMethod.Get))
            (await audrey.GetAsync(call.Path("acme", work.Ids))).Text.ShouldNotContain("Quillwork");

        var batches = (await audrey.GetAsync($"{Lab}/projects/{work.Project}/batches")).Must(HttpStatusCode.OK).Json.AsArray();
        batches.Single()!["name"].ShouldBeNull();
        (await node.Vault.ReceiptsAsync(new Vault.Contract.ReceiptQuery(lab, Principal: me, Limit: 1000)))
            .ShouldAllBe(receipt => receipt.Act == Vault.Contract.Act.Refuse);
    }
}
