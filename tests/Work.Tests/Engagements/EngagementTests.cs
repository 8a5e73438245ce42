using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Engagements;

/// <summary>A vendor's work for a lab: named under seal, in receipts, and stopped as one.</summary>
public sealed class EngagementTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Engagement_MadeRenamedAndEnded_KeepsItsNameUnderSeal(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        await host.AddPersonAsync("acme", "auditor", Role.Auditor);
        var id = (await host.AskAsync("staff", HttpMethod.Post, "/engagements", new { name = "Vendor" })).GetProperty("id").GetGuid();

        await host.AskAsync("staff", HttpMethod.Patch, $"/engagements/{id}", new { name = "Vendor & Sons" });
        await host.AddPersonAsync("acme", "vera", Role.Annotator, id);

        var seen = (await host.AskAsync("staff", HttpMethod.Get, "/engagements"))[0];
        (seen.GetProperty("name").GetString(), seen.GetProperty("people").GetInt32()).ShouldBe(("Vendor & Sons", 1));
        (await host.AskAsync("auditor", HttpMethod.Get, "/engagements"))[0].GetProperty("name").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await host.RefusedAsync("staff", HttpMethod.Post, $"/engagements/{id}/end")).ShouldBe((409, "engagement-in-use"));
        (await host.RefusedAsync("stranger", HttpMethod.Patch, $"/engagements/{id}", new { name = "Mine" })).Status.ShouldBe(404);
        (await host.RefusedAsync("staff", HttpMethod.Post, "/engagements", new { name = " " })).ShouldBe((400, "invalid"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Engagement_Suspended_StopsItsPeopleAndNobodyElse(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var id = (await host.AskAsync("staff", HttpMethod.Post, "/engagements", new { name = "Vendor" })).GetProperty("id").GetGuid();
        var project = await host.CreateReadyProjectAsync(items: 4);
        await host.AddPersonAsync("acme", "vera", Role.Annotator, id);
        var task = await host.NextAsync(project, "vera");
        var slot = task.GetProperty("slot").GetString();
        var receipts = await host.Vault.ReceiptsAsync(new ReceiptQuery(host.LabOf("staff"), Principal: host.PseudonymOf("vera")));
        receipts.ShouldAllBe(receipt => receipt.Principal.Engagement == id);

        var preview = await host.AskAsync("staff", HttpMethod.Post, "/suspensions/preview", new { scope = "engagement", id });
        await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "engagement", id, reason = "contractQuestion", drill = true });
        (await host.NextStatusAsync(project, "vera")).ShouldBe(200, "a drill stops nobody");
        var made = await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "engagement", id, reason = "contractQuestion" });

        preview.GetProperty("sentence").GetString().ShouldBe("Stops 1 person in 1 project; 0 answers in progress are kept.");
        (preview.GetProperty("people").GetInt32(), preview.GetProperty("openTasks").GetInt32()).ShouldBe((1, 1));
        made.GetProperty("by").GetGuid().ShouldBe(host.PseudonymOf("staff"));
        made.GetProperty("acknowledged").GetInt32().ShouldBe(1);
        (await host.RefusedAsync("vera", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((423, "suspended"));
        (await host.NextStatusAsync(project)).ShouldBe(200, "ada is the lab's own");
        (await host.SendAsync("vera", HttpMethod.Put, $"/projects/{project}/tasks/{slot}/draft", new { answers = Desk.Answers(1) }, "\"0\"")).IsSuccessStatusCode
            .ShouldBeTrue("what somebody has typed may always be kept");
        await host.AskAsync("staff", HttpMethod.Delete, $"/suspensions/{made.GetProperty("suspension").GetString()}");
        (await host.NextStatusAsync(project, "vera")).ShouldBe(200);
    }

    [Fact]
    public async Task Suspend_WhatThereIsNot_IsNotFound()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        foreach (var scope in (string[])["project", "engagement", "person", "process"])
        {
            (await host.RefusedAsync("staff", HttpMethod.Post, "/suspensions", new { scope, id = Guid.NewGuid(), reason = "other" })).Status.ShouldBe(404, scope);
            (await host.RefusedAsync("staff", HttpMethod.Post, "/suspensions/preview", new { scope })).Status.ShouldBe(404, scope);
        }

        await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "export", reason = "other" });
        await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "process", id = host.Vault.Identity.Process, reason = "other", drill = true });
    }
}
