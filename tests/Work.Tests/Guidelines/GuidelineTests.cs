using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Guidelines;

public sealed class GuidelineTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    private static readonly object[] Sections =
    [
        new { key = "goal", title = "Goal", body = "Help.", questions = Array.Empty<string>(), sensitivity = "open" },
        new { key = "how", title = "How", body = "Compare.", questions = new[] { "preference" } },
        new { key = "checks", title = "Checks", body = "For reviewers.", questions = Array.Empty<string>(), sensitivity = "staff" },
    ];

    [Theory, MemberData(nameof(Databases))]
    public async Task Section_ForStaff_NeverReachesWhoWorksOnTasks(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, Sections);

        var task = await host.NextAsync(project);
        Keys(task).ShouldBe(["goal", "how"]);
        task.GetProperty("sections")[0].EnumerateObject().Select(part => part.Name).ShouldBe(["key", "title", "body", "questions"]);
        Keys(await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/1/read")).ShouldBe(["goal", "how"]);
        await host.SubmitAsync(project, task);
        Keys(await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).ShouldBe(["goal", "how", "checks"]);
        Keys(await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/guidelines/1/read")).ShouldBe(["goal", "how", "checks"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Preview_AsEachReader_ShowsWhatTheyWouldGet(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, Sections);
        async Task<IEnumerable<string?>> SeenAsync(string query) => Keys(await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/draft/preview?{query}"));

        (await SeenAsync("as=vendor")).ShouldBe(["goal"]);
        (await SeenAsync("as=expert")).ShouldBe(["goal", "how"]);
        (await SeenAsync("as=expert&question=rationale")).ShouldBe(["goal"]);
        (await SeenAsync("as=reviewer")).ShouldBe(["goal", "how", "checks"]);
        (await host.RefusedAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/draft/preview?as=7")).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("rev", HttpMethod.Get, $"/projects/{project}/guidelines/draft/preview?as=expert")).Status.ShouldBe(403);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Section_WithTags_ComesWithItemsOfThatFacetOnly(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        object[] tagged =
        [
            new { key = "all", title = "All", body = "b", questions = Array.Empty<string>() },
            new { key = "law", title = "Law", body = "b", questions = Array.Empty<string>(), tags = new[] { "topic=law", "topic=tax" } },
        ];
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/form", Desk.Form, "\"0\"");
        await FacetsAsync(host);
        (await host.RefusedAsync("staff", HttpMethod.Put, $"/projects/{project}/guidelines/draft", new { sections = tagged }, "\"0\"")).ShouldBe((400, "invalid"));
        await ExecuteAsync(host, "INSERT INTO facet (project, name, allowed_by, allowed_at) VALUES (@project, 'topic', @project, 0)", ("@project", Guid.Parse(project)));
        await PublishAsync(host, project, tagged, 0);
        await host.ImportRowsAsync(project, 2);
        await host.OpenBatchAsync(project);
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        var second = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows")[1].GetProperty("id").GetGuid();
        await ExecuteAsync(host, "INSERT INTO item_facet (item, facet, value, project) VALUES (@item, 'topic', 'tax', @project)", ("@item", second), ("@project", Guid.Parse(project)));

        Keys(await host.NextAsync(project)).ShouldBe(["all"]);
        Keys(await host.NextAsync(project)).ShouldBe(["all", "law"]);
        var published = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/versions/1");
        published.GetProperty("sections")[1].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ShouldBe(["topic=law", "topic=tax"]);
        // What comes with some items alone is not read before the first task.
        Keys(await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/1/read")).ShouldBe(["all"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Changes_BetweenVersions_AreTold_AndPublishingMovesNoBatch(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, Sections);
        object[] next =
        [
            new { key = "goal", title = "Goal", body = "Help.", questions = Array.Empty<string>(), sensitivity = "open" },
            new { key = "new", title = "New", body = "n", questions = Array.Empty<string>() },
            new { key = "how", title = "How", body = "Compare well.", questions = new[] { "preference" } },
        ];
        await PublishAsync(host, project, next, 1);

        var changes = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/versions/2/changes")).GetProperty("sections");

        changes.EnumerateArray().Select(one => (one.GetProperty("key").GetString(), one.GetProperty("change").GetString()))
            .ShouldBe([("goal", "same"), ("new", "added"), ("how", "changed"), ("checks", "removed")]);
        changes[2].GetProperty("before").GetProperty("body").GetString().ShouldBe("Compare.");
        changes[2].GetProperty("after").GetProperty("body").GetString().ShouldBe("Compare well.");
        changes[3].GetProperty("before").GetProperty("sensitivity").GetString().ShouldBe("staff");
        var whole = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/versions/2/changes?from=0")).GetProperty("sections");
        whole.EnumerateArray().ShouldAllBe(one => one.GetProperty("change").GetString() == "added");
        (await host.RefusedAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/versions/2/changes?from=9")).Status.ShouldBe(404);
        (await host.NextAsync(project)).GetProperty("guidelineVersion").GetInt32().ShouldBe(1);
        // Nobody works under it yet.
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/2/read")).Status.ShouldBe(404);
        (await host.RefusedAsync("ada", HttpMethod.Put, $"/projects/{project}/guidelines/2/acknowledgement")).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Read_AfterAnAcknowledgement_TellsWhatChangedSince(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, Sections);
        var first = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/1/read");
        (first.GetProperty("version").GetInt32(), first.GetProperty("from").GetInt32()).ShouldBe((1, 0));
        for (var i = 0; i < 2; i++)
            await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/guidelines/1/acknowledgement");
        await PublishAsync(host, project, [new { key = "how", title = "How", body = "Compare well.", questions = Array.Empty<string>() }], 1);
        await host.ImportRowsAsync(project, 1);
        await host.OpenBatchAsync(project);

        var second = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/2/read");

        second.GetProperty("from").GetInt32().ShouldBe(1);
        second.GetProperty("sections").EnumerateArray().Select(one => (one.GetProperty("key").GetString(), one.GetProperty("change").GetString()))
            .ShouldBe([("how", "changed"), ("goal", "removed")]);
        second.GetProperty("sections")[0].GetProperty("before").GetString().ShouldBe("Compare.");
        second.GetProperty("sections")[1].GetProperty("body").ValueKind.ShouldBe(JsonValueKind.Null);
        await using var connection = await host.Store.OpenAsync();
        await using var command = connection.Command("SELECT COUNT(*) FROM acknowledgement");
        Convert.ToInt64(await command.ExecuteScalarAsync()).ShouldBe(1);
    }

    private static IEnumerable<string?> Keys(JsonElement view) =>
        view.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("key").GetString());

    private static async Task<string> ReadyAsync(LabHost host, object[] sections)
    {
        var project = await host.CreateProjectAsync();
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/form", Desk.Form, "\"0\"");
        await PublishAsync(host, project, sections, 0);
        await host.ImportRowsAsync(project, 2);
        await host.OpenBatchAsync(project);
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AddPersonAsync("acme", "rev", Role.Reviewer);
        return project;
    }

    private static async Task PublishAsync(LabHost host, string project, object[] sections, int drafts)
    {
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/guidelines/draft", new { sections }, $"\"{drafts}\"");
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/guidelines/versions", null, $"\"{drafts + 1}\"");
    }

    private static async Task FacetsAsync(LabHost host)
    {
        var id = host.Store.IsSqlite ? "BLOB" : "uuid";
        await ExecuteAsync(host, $"CREATE TABLE IF NOT EXISTS facet (project {id} NOT NULL, name TEXT NOT NULL, allowed_by {id} NOT NULL, allowed_at bigint NOT NULL)");
        await ExecuteAsync(host, $"CREATE TABLE IF NOT EXISTS item_facet (item {id} NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, project {id} NOT NULL)");
    }

    private static async Task ExecuteAsync(LabHost host, string sql, params (string, object)[] parameters)
    {
        await using var connection = await host.Store.OpenAsync();
        await using var command = connection.Command(sql, [.. parameters.Select(p => (p.Item1, (object?)p.Item2))]);
        await command.ExecuteNonQueryAsync();
    }
}
