namespace Cofferdam.Work.Tests.Disclosures;

public sealed class DisclosureTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task List_ByPurpose_GivesThatOneAlone(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2);
        await host.SubmitAsync(project, await host.NextAsync(project));
        await host.NextAsync(project);
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next");

        (await PurposesAsync("?purpose=task")).ShouldBe(["task", "task"]);
        (await PurposesAsync("?purpose=review&act=open")).ShouldBe(["review"]);
        (await PurposesAsync("?purpose=appeal")).ShouldBeEmpty();
        (await PurposesAsync("")).Count.ShouldBeGreaterThan(3);
        (await host.RefusedAsync("staff", HttpMethod.Get, $"/projects/{project}/disclosures?purpose=fun")).ShouldBe((400, "invalid"));

        async Task<List<string>> PurposesAsync(string query) =>
            [.. (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/disclosures{query}")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("purpose").GetString()!)];
    }
}
