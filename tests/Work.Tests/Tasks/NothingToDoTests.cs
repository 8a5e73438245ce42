using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Tasks;

/// <summary>Why a person is given no task; pauses, price caps and skills are among the tests of running batches.</summary>
public sealed class NothingToDoTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_DailyCapReached_SaysSoUntilTheNextDay(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, new { name = "b", dailyCap = 1 });
        await host.SubmitAsync(project, await host.NextAsync(project));

        (await NextAsync(host, project)).ShouldBe((409, "daily-cap"));
        host.Time.Advance(TimeSpan.FromDays(1));
        (await host.NextStatusAsync(project)).ShouldBe(200);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_WarningDeclined_SaysSoUntilTheChoiceIsChanged(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, new { name = "b", warning = true });
        await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/warning-choice", new { accept = false });

        (await NextAsync(host, project)).ShouldBe((409, "warning-declined"));
        await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/warning-choice", new { accept = true });
        (await host.NextStatusAsync(project)).ShouldBe(200);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_ObstacleBeforeNothingNew_IsNoReason(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, new { name = "b", overlap = 2, held = 5, dailyCap = 3 });
        for (var i = 0; i < 3; i++)
            await host.SubmitAsync(project, await host.NextAsync(project));

        // The cap is reached, and so is the last item: what is open is for somebody else.
        (await NextAsync(host, project)).ShouldBe((204, null));
    }

    private static Task<(int Status, string? Code)> NextAsync(LabHost host, string project) =>
        host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");

    private static async Task<string> ReadyAsync(LabHost host, object batch)
    {
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        await host.ImportRowsAsync(project, 3);
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches", batch);
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AcknowledgeAsync(project, "ada");
        return project;
    }
}
