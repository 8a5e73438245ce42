using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Budgets;

/// <summary>Weights and limits over HTTP: lowered by one, raised by two, and a refusal that says whose budget it is.</summary>
public sealed class BudgetEndpointTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Policy_LoweredByOneRaisedByTwo_BoundsWhatPeopleAreShown(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        await host.AddPersonAsync("acme", "second", Role.ProjectManager);
        var before = await PolicyAsync(host);

        var lowered = await PutAsync(host, With(before, "personPerHour", 0));
        var spent = await host.SendAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        var raised = await PutAsync(host, before);

        lowered.GetProperty("proposal").ValueKind.ShouldBe(JsonValueKind.Null);
        ((int)spent.StatusCode).ShouldBe(429);
        var problem = JsonDocument.Parse(await spent.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().ShouldBe("first-reads-spent");
        problem.GetProperty("budget").GetString().ShouldBe("person");
        problem.GetProperty("detail").GetString()!.ShouldContain("UTC");
        var proposal = raised.GetProperty("proposal").GetProperty("id").GetString();
        (await host.RefusedAsync("staff", HttpMethod.Post, $"/proposals/{proposal}/approve")).ShouldBe((409, "same-person"));
        (await host.RefusedAsync("stranger", HttpMethod.Post, $"/proposals/{proposal}/approve")).Status.ShouldBe(404);
        (await PolicyAsync(host))["personPerHour"]!.GetValue<long>().ShouldBe(0);
        await host.AskAsync("second", HttpMethod.Post, $"/proposals/{proposal}/approve");
        while ((await host.AskAsync("staff", HttpMethod.Get, "/proposals"))[0].GetProperty("state").GetString() != "done")
            await Task.Yield();
        (await host.NextStatusAsync(project)).ShouldBe(200);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Shares_AfterATask_TellWhoCouldHaveWhat(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        await host.NextAsync(project);

        var shares = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/shares");

        // Draft, three sections and a form weigh ten each; ada's task came with two sections and the form.
        shares.GetProperty("weight").GetInt64().ShouldBe(50);
        var ada = shares.GetProperty("persons").EnumerateArray().Single(share => share.GetProperty("name").GetString() == "ada");
        ada.GetProperty("part").GetDouble().ShouldBeInRange(0.4, 0.6);
        shares.GetProperty("hosts")[0].GetProperty("name").GetString().ShouldBe("host");
        var budgets = await host.AskAsync("staff", HttpMethod.Get, "/budgets");
        budgets.EnumerateArray().Single(use => use.GetProperty("name").GetString() == "ada").GetProperty("hour").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Publish_SectionWithWeight_CostsIt()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateProjectAsync();
        object Section(int weight) => new { sections = new[] { new { key = "core", title = "Core", body = "Everything.", questions = Array.Empty<string>(), weight } } };
        (await host.RefusedAsync("staff", HttpMethod.Put, $"/projects/{project}/guidelines/draft", Section(1_001), "\"0\"")).Status.ShouldBe(400);
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/guidelines/draft", Section(400), "\"0\"");
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/guidelines/versions", null, "\"1\"");

        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/versions/1")).GetProperty("sections")[0].GetProperty("weight").GetInt32().ShouldBe(400);
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/shares")).GetProperty("weight").GetInt64().ShouldBe(410);
    }

    [Fact]
    public async Task Propose_WhatIsOnlyTheOwners_IsRefusedToOtherStaff()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        await host.AddPersonAsync("acme", "owner", Role.Owner);
        var project = await host.CreateProjectAsync();
        (await host.RefusedAsync("staff", HttpMethod.Post, "/proposals", new { kind = "shredProject", subject = project })).Status.ShouldBe(403);
        (await host.RefusedAsync("owner", HttpMethod.Post, "/proposals", new { kind = "shredProject" })).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("owner", HttpMethod.Post, "/proposals", new { kind = "raiseBudget" })).ShouldBe((400, "invalid"));

        var proposal = (await host.AskAsync("owner", HttpMethod.Post, "/proposals", new { kind = "shredProject", subject = project })).GetProperty("id").GetString();

        (await host.RefusedAsync("staff", HttpMethod.Post, $"/proposals/{proposal}/approve")).ShouldBe((403, "owner-only"));
        (await host.AskAsync("owner", HttpMethod.Post, $"/proposals/{proposal}/withdraw")).GetProperty("state").GetString().ShouldBe("withdrawn");
    }

    private static async Task<JsonObject> PolicyAsync(LabHost host) =>
        JsonNode.Parse((await host.AskAsync("staff", HttpMethod.Get, "/policy")).GetRawText())!.AsObject();

    private static JsonObject With(JsonObject policy, string field, long limit)
    {
        var changed = policy.DeepClone().AsObject();
        changed[field] = limit;
        return changed;
    }

    private static Task<JsonElement> PutAsync(LabHost host, JsonObject policy) => host.AskAsync("staff", HttpMethod.Put, "/policy", policy);
}
