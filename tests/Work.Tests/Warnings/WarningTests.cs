using System.Text.Json;

namespace Cofferdam.Work.Tests.Warnings;

public sealed class WarningTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Warnings_OfAProject_AreReadByWhoWorksThereAndTheirChoiceIsKept(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var mine = $"/projects/{project}/warnings";
        (await host.AskAsync("ada", HttpMethod.Get, mine)).GetProperty("warnings").GetArrayLength().ShouldBe(0);

        var warnings = new[] { new { key = "violence", label = "Descriptions of violence" } };
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}", new { name = "n", description = "d", warnings }, "\"1\"");
        // Whoever changes the name alone leaves them as they are.
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}", new { name = "m", description = "d" }, "\"2\"");

        var seen = await host.AskAsync("ada", HttpMethod.Get, mine);
        seen.GetProperty("warnings")[0].GetProperty("label").GetString().ShouldBe("Descriptions of violence");
        seen.GetProperty("accepted").ValueKind.ShouldBe(JsonValueKind.Null);
        seen.GetRawText().ShouldNotContain("\"m\"");
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}")).GetProperty("warnings")[0].GetProperty("key").GetString().ShouldBe("violence");
        (await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/1/read")).GetProperty("warnings").GetArrayLength().ShouldBe(1);
        foreach (var accept in (bool[])[true, false])
        {
            await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/warning-choice", new { accept });
            (await host.AskAsync("ada", HttpMethod.Get, mine)).GetProperty("accepted").GetBoolean().ShouldBe(accept);
        }

        (await host.AskAsync("rev", HttpMethod.Get, mine)).GetProperty("accepted").ValueKind.ShouldBe(JsonValueKind.Null);
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}", new { name = "m", warnings = Array.Empty<object>() }, "\"3\"");
        (await host.AskAsync("ada", HttpMethod.Get, mine)).GetProperty("warnings").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Warnings_ThatAreNone_AreRefused()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        foreach (var warnings in new object[]
        {
            new[] { new { key = "A", label = "x" } },
            new[] { new { key = "a", label = "" } },
            new[] { new { key = "a", label = "x" }, new { key = "a", label = "y" } },
            Enumerable.Range(0, 11).Select(i => new { key = $"k{i}", label = "x" }).ToArray(),
        })
            (await host.RefusedAsync("staff", HttpMethod.Post, "/projects", new { name = "n", warnings })).ShouldBe((400, "invalid"));
        var made = await host.AskAsync("staff", HttpMethod.Post, "/projects", new { name = "n", warnings = new[] { new { key = "a", label = "x" } } });
        made.GetProperty("warnings").GetArrayLength().ShouldBe(1);
        (await host.AskAsync("staff", HttpMethod.Get, "/projects"))[0].GetProperty("warnings").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
