using Cofferdam.Work.Access;
using Cofferdam.Work.Tests.Acceptances;

namespace Cofferdam.Work.Tests.Appeals;

public sealed class AppealTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Uphold_BySomebodyElse_TheAnswerStandsAsItWasGiven(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, slot) = await ReturnedAsync(host);

        var made = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "Section 2 says so" });
        made.GetProperty("mayDecide").GetBoolean().ShouldBeFalse();
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "once more" })).ShouldBe((409, "appealed"));
        var path = $"/projects/{project}/appeals/{made.GetProperty("id").GetString()}";

        var seen = await host.AskAsync("rev2", HttpMethod.Get, path);
        seen.GetProperty("words").GetString().ShouldBe("Section 2 says so");
        seen.GetProperty("returned").GetString().ShouldBe("Look again");
        seen.GetProperty("prompt").GetString().ShouldBe("p0");
        seen.GetProperty("answers").GetProperty("preference").GetProperty("choice").GetInt32().ShouldBe(-1);
        (await host.ReceiptsAsync(project, "appeal")).Count.ShouldBe(1);

        (await host.RefusedAsync("rev", HttpMethod.Post, $"{path}/decision", new { uphold = true, reason = "mine" })).ShouldBe((403, "own-work"));
        (await host.AskAsync("rev2", HttpMethod.Post, $"{path}/decision", new { uphold = true, reason = "It does" })).GetProperty("state").GetString().ShouldBe("upheld");
        // Sent again.
        (await host.AskAsync("rev2", HttpMethod.Post, $"{path}/decision", new { uphold = true, reason = "It does" })).GetProperty("state").GetString().ShouldBe("upheld");
        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/decision", new { uphold = false, reason = "no" })).ShouldBe((409, "decided"));

        var slots = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/progress")).GetProperty("slots");
        (slots.GetProperty("accepted").GetInt32(), slots.GetProperty("returned").GetInt32()).ShouldBe((1, 0));
        var own = await host.AskAsync("ada", HttpMethod.Get, path);
        own.GetProperty("decision").GetString().ShouldBe("It does");
        own.TryGetProperty("prompt", out _).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Dismiss_AnAppeal_TheAnswerStaysReturned(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, slot) = await ReturnedAsync(host);
        var made = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" });
        await host.AskAsync("rev2", HttpMethod.Post, $"/projects/{project}/appeals/{made.GetProperty("id").GetString()}/decision", new { uphold = false, reason = "The reviewer is right" });

        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks")).GetArrayLength().ShouldBe(1);
        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/appeals")).GetProperty("rows")[0].GetProperty("state").GetString().ShouldBe("dismissed");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Uphold_AfterTheTaskWasAnsweredAnew_ChangesNothing(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, slot) = await ReturnedAsync(host);
        var made = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" });
        var back = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/open");
        await host.SubmitAsync(project, back, choice: 2);

        (await host.AskAsync("rev2", HttpMethod.Get, $"/projects/{project}/appeals")).GetProperty("rows")[0].GetProperty("state").GetString().ShouldBe("overtaken");
        (await host.RefusedAsync("rev2", HttpMethod.Post, $"/projects/{project}/appeals/{made.GetProperty("id").GetString()}/decision", new { uphold = true, reason = "r" }))
            .ShouldBe((409, "appeal-overtaken"));
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" })).ShouldBe((409, "not-returned"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Appeals_OfOthers_AreNotForAnnotators(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, slot) = await ReturnedAsync(host);
        await host.AddPersonAsync("acme", "bob", Role.Annotator);
        (await host.RefusedAsync("bob", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" })).ShouldBe((404, "not-found"));
        var made = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" });
        (await host.AskAsync("bob", HttpMethod.Get, $"/projects/{project}/appeals")).GetProperty("rows").GetArrayLength().ShouldBe(0);
        (await host.RefusedAsync("bob", HttpMethod.Get, $"/projects/{project}/appeals/{made.GetProperty("id").GetString()}")).ShouldBe((404, "not-found"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Decide_ByWhoHasTheSameItemAsATask_IsRefused(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 1, overlap: 2);
        await host.AddPersonAsync("acme", "rev2", Role.Reviewer);
        await host.SubmitAsync(project, await host.NextAsync(project));
        await host.NextAsync(project, "rev2");
        var slot = (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString()!;
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "return", reason = "Look again" });
        var made = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" });

        (await host.RefusedAsync("rev2", HttpMethod.Post, $"/projects/{project}/appeals/{made.GetProperty("id").GetString()}/decision", new { uphold = true, reason = "r" }))
            .ShouldBe((403, "own-item"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Restart_AfterAppealAndDecision_WordsAreStillThere(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, slot) = await ReturnedAsync(host);
        var made = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" });
        var path = $"/projects/{project}/appeals/{made.GetProperty("id").GetString()}";
        await host.AskAsync("rev2", HttpMethod.Post, $"{path}/decision", new { uphold = true, reason = "r" });
        await host.RestartAsync();
        await host.RestartAsync();
        (await host.AskAsync("ada", HttpMethod.Get, path)).GetProperty("words").GetString().ShouldBe("w");
    }

    /// <summary>One answer of <c>ada</c>, returned by <c>rev</c>; <c>rev2</c> is another reviewer.</summary>
    private static async Task<(string Project, string Slot)> ReturnedAsync(LabHost host)
    {
        var project = await host.CreateReadyProjectAsync(items: 1);
        await host.AddPersonAsync("acme", "rev2", Role.Reviewer);
        await host.SubmitAsync(project, await host.NextAsync(project));
        var slot = (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString()!;
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "return", reason = "Look again" });
        return (project, slot);
    }
}
