using System.Text.Json;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Gold;

/// <summary>Where results are kept back, nothing that a person is told gives away which of their tasks are compared with a known answer.</summary>
public sealed class HiddenGoldTests
{
    private const int Known = 6;

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_OfTasksWithAndWithoutKnownAnswers_RiseByTheSame(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, _) = await ReadyAsync(host);

        var (receipts, known) = (new List<long>(), 0);
        while (await TakeAsync(host, project) is { } task)
        {
            known += IsKnown(task) ? 1 : 0;
            receipts.Add(task.GetProperty("receipt").GetInt64());
            await host.SubmitAsync(project, task);
        }

        known.ShouldBeGreaterThan(0);
        // The form is opened with the first submission, and kept.
        receipts.Zip(receipts.Skip(1), (before, after) => after - before).Skip(1).Distinct().Count().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Items_OfTasks_AreNotCalledByIdsThatTellTheirImportOrOrder(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, items) = await ReadyAsync(host);

        var told = new List<Guid>();
        while (await TakeAsync(host, project) is { } task)
        {
            told.Add(task.GetProperty("item").GetGuid());
            var again = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/open");
            again.GetProperty("item").GetGuid().ShouldBe(told[^1]);
            await host.SubmitAsync(project, task);
        }

        told.Distinct().Count().ShouldBe(told.Count);
        told.Intersect(items).ShouldBeEmpty();
        told.ShouldAllBe(id => id.Version == 8);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task LetGo_ATaskWithAKnownAnswer_ComesBackLikeAnyOther(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, _) = await ReadyAsync(host);

        var known = 0;
        while (await TakeAsync(host, project) is { } task)
        {
            var slot = task.GetProperty("slot").GetString();
            known += IsKnown(task) ? 1 : 0;
            await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/release");
            (await host.NextAsync(project)).GetProperty("slot").GetString().ShouldBe(slot);
            host.Time.Advance(TimeSpan.FromHours(1));
            await host.ExpireAsync();
            var back = await host.NextAsync(project);
            back.GetProperty("slot").GetString().ShouldBe(slot);
            await host.SubmitAsync(project, back);
        }

        known.ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Operation_ThatTakesAPersonsTasks_LeavesNoneWithAKnownAnswerBehind(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var (project, _) = await ReadyAsync(host);
        var known = 0;
        while (await TakeAsync(host, project) is { } task)
            known += IsKnown(task) ? 1 : 0;
        known.ShouldBeGreaterThan(0);

        var ada = host.PseudonymOf("ada");
        var done = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/operations", new { kind = "release", person = ada });
        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks")).GetArrayLength().ShouldBe(0);
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/operations/{done.GetProperty("id").GetString()}/undo");
        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks")).GetArrayLength().ShouldBe(Known + known);
    }

    /// <summary>Twelve items, of which the first six have a known answer; <c>ada</c> may begin.</summary>
    private static async Task<(string Project, List<Guid> Items)> ReadyAsync(LabHost host)
    {
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        await host.ImportRowsAsync(project, 2 * Known);
        var items = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()).ToList();
        foreach (var item in items.Take(Known))
            await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/items/{item}/gold", new { answers = Desk.Answers(-2) });
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches", new { name = "b", held = 50, goldPercent = 50, goldFeedback = "kept" });
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AcknowledgeAsync(project, "ada");
        return (project, items);
    }

    private static bool IsKnown(JsonElement task) => int.Parse(task.GetProperty("prompt").GetString()![1..], System.Globalization.CultureInfo.InvariantCulture) < Known;

    private static async Task<JsonElement?> TakeAsync(LabHost host, string project)
    {
        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        return task.ValueKind is JsonValueKind.Object ? task : null;
    }
}
