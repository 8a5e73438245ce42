using System.Text.Json;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Tasks;

public sealed class MyAnswersTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Mine_AfterADaysWork_CountsItAndListsTheNewestFirst(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 3);
        for (var i = 0; i < 3; i++)
        {
            await host.SubmitAsync(project, await host.NextAsync(project));
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var returned = await DecideAsync(host, project, new { decision = "return", reason = "Look again", evidence = new { section = "general", quote = "b0" } });
        await DecideAsync(host, project, new { decision = "accept" });

        var mine = await MineAsync(host, project);
        var today = mine.GetProperty("today");
        (today.GetProperty("answered").GetInt32(), today.GetProperty("accepted").GetInt32(), today.GetProperty("returned").GetInt32(), today.GetProperty("seconds").GetDouble())
            .ShouldBe((3, 1, 1, 37.5));
        today.TryGetProperty("gold", out _).ShouldBeFalse();
        var answers = mine.GetProperty("answers").EnumerateArray().ToList();
        answers.Select(answer => answer.GetProperty("submittedAt").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        answers.Select(answer => answer.GetProperty("state").GetString()).ShouldBe(["submitted", "submitted", "returned"]);
        (answers[2].GetProperty("slot").GetString(), answers[2].GetProperty("rounds").GetInt32(), answers[2].GetProperty("seconds").GetDouble()).ShouldBe((returned, 1, 12.5));
        (await MineAsync(host, project, "rev")).GetProperty("answers").GetArrayLength().ShouldBe(0);

        // Why it came back is opened with the task.
        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{returned}/open");
        (task.GetProperty("reason").GetString(), task.GetProperty("rounds").GetInt32()).ShouldBe(("Look again", 1));
        (task.GetProperty("evidence").GetProperty("section").GetString(), task.GetProperty("evidence").GetProperty("quote").GetString()).ShouldBe(("general", "b0"));
        await host.SubmitAsync(project, task);
        host.Time.Advance(TimeSpan.FromDays(1));
        mine = await MineAsync(host, project);
        mine.GetProperty("today").GetProperty("answered").GetInt32().ShouldBe(0);
        // A task is listed once, with its last answer.
        mine.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("state").GetString()).ShouldBe(["submitted", "submitted", "submitted"]);
        mine.GetProperty("answers")[0].GetProperty("slot").GetString().ShouldBe(returned);
    }

    [Theory]
    [InlineData("kept", 0)]
    [InlineData("kept", 100)]
    [InlineData("training", 100)]
    public async Task Mine_WithKnownAnswers_ListsThemLikeAnyOther(string feedback, int reviewPercent)
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        await host.ImportRowsAsync(project, 12);
        var items = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ToList();
        foreach (var item in items.Take(6))
            await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/items/{item}/gold", new { answers = Desk.Answers(-2) });
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches", new { name = "b", held = 50, goldPercent = 50, goldFeedback = feedback, reviewPercent });
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AcknowledgeAsync(project, "ada");

        var known = 0;
        var day = default(JsonElement);
        for (var done = 1; await TakeAsync(host, project) is { } task; done++)
        {
            if (int.Parse(task.GetProperty("prompt").GetString()![1..], System.Globalization.CultureInfo.InvariantCulture) < 6)
                known++;
            await host.SubmitAsync(project, task);
            var mine = await MineAsync(host, project);
            day = mine.GetProperty("today");
            (day.GetProperty("answered").GetInt32(), day.GetProperty("accepted").GetInt32()).ShouldBe((done, 0));
            mine.GetProperty("answers").EnumerateArray().ShouldAllBe(answer => answer.GetProperty("state").GetString() == "submitted");
        }

        known.ShouldBeGreaterThan(0);
        if (feedback == "training")
            day.GetProperty("gold").GetProperty("of").GetInt32().ShouldBe(known);
        else
            day.TryGetProperty("gold", out _).ShouldBeFalse();
    }

    private static async Task<JsonElement?> TakeAsync(LabHost host, string project)
    {
        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        return task.ValueKind is JsonValueKind.Object ? task : null;
    }

    private static Task<JsonElement> MineAsync(LabHost host, string project, string person = "ada") =>
        host.AskAsync(person, HttpMethod.Get, $"/projects/{project}/tasks/mine");

    private static async Task<string> DecideAsync(LabHost host, string project, object decision)
    {
        var slot = (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString()!;
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", decision);
        return slot;
    }
}
