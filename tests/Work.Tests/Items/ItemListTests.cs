using System.Text;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Items;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Items;

public sealed class ItemListTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task List_ByFacetStateBatchAndGold_GivesWhatFits(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        await host.AddPersonAsync("acme", "boss", Role.Owner);
        (await host.RefusedAsync("staff", HttpMethod.Post, $"/projects/{project}/imports", Import())).ShouldBe((400, "invalid"));
        await host.AskAsync("boss", HttpMethod.Put, $"/projects/{project}/facets", new { facets = new[] { "language" } });
        await host.ImportAsync(project, Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 20).Select(i =>
            $$"""{"prompt":"p{{i}}","response_1":"a","response_2":"b","lang":"{{(i % 4 == 0 ? "de" : "en")}}"}"""))), Import());
        var batch = (await host.OpenBatchAsync(project)).GetProperty("id").GetString();
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.NextAsync(project);
        // After the batch: gold is handed out on a schedule of its own.
        await host.ImportAsync(project, """{"prompt":"p","response_1":"a","response_2":"b","lang":"fr","best":"a"}"""u8.ToArray(), Import());

        (await IdsAsync("facet=language:de")).Count.ShouldBe(5);
        (await IdsAsync("state=leased")).Count.ShouldBe(1);
        (await IdsAsync("state=leased&facet=language:en")).ShouldBeEmpty();
        (await IdsAsync($"state=open&batch={batch}&limit=2")).Count.ShouldBe(19);
        (await IdsAsync("state=open&limit=3")).Count.ShouldBe(19);
        (await IdsAsync("gold=true")).Count.ShouldBe(1);
        (await IdsAsync("gold=false&facet=language:en")).Count.ShouldBe(15);
        (await CountAsync("facet=language:en")).ShouldBe(15);
        (await CountAsync("facet=language:en&state=open")).ShouldBe(15);
        (await CountAsync("")).ShouldBe(21);
        (await CountAsync($"batch={batch}&gold=true")).ShouldBe(0);

        static object Import() => new
        {
            fileName = "f.jsonl",
            badRows = "keep",
            facets = new { language = "lang" },
            map = new Dictionary<string, string> { ["gold.preference"] = "best" },
        };

        async Task<int> CountAsync(string filter) =>
            (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items/count?{filter}")).GetProperty("count").GetInt32();

        async Task<List<string?>> IdsAsync(string filter)
        {
            var (ids, after) = (new List<string?>(), "");
            do
            {
                var page = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items?{filter}{after}");
                ids.AddRange(page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()));
                after = page.GetProperty("next").ValueKind is JsonValueKind.Null ? "" : "&after=" + page.GetProperty("next").GetString();
            }
            while (after.Length > 0);
            ids.Distinct().Count().ShouldBe(ids.Count);
            return ids;
        }
    }

    /// <summary>label-studio#9637: listing slow in a large project. Every list reads through an index, from where the page begins.</summary>
    [Fact]
    public async Task LabelStudio9637_EveryFilter_ReadsThroughAnIndex()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var (project, id) = (Guid.NewGuid(), Guid.NewGuid());
        var filters = Enum.GetValues<SlotState>().Select(state => new ItemFilter(project, State: state)).Concat(
        [
            new ItemFilter(project), new ItemFilter(project, Batch: id), new ItemFilter(project, Import: id), new ItemFilter(project, Gold: true),
            new ItemFilter(project, Facet: ("language", "de")), new ItemFilter(project, Batch: id, State: SlotState.Open), new ItemFilter(project, Facet: ("l", "d"), State: SlotState.Accepted),
        ]);
        await using var connection = await host.Store.OpenAsync();
        foreach (var filter in filters)
        {
            await using var command = connection.Command("EXPLAIN QUERY PLAN " + filter.Candidates, ("@after", Guid.Empty), ("@limit", 100));
            filter.Bind(command);
            var plan = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                plan.Add(reader.GetString(3));

            plan.ShouldAllBe(step => !step.StartsWith("SCAN"), filter.ToString());
            plan[0].ShouldStartWith("SEARCH");
        }
    }

    /// <summary>doccano#1507: "too many SQL variables" with many items. No statement grows with the project.</summary>
    [Fact]
    public async Task Doccano1507_MoreItemsThanSqlVariables_AreImportedListedFoundAndUndone()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateProjectAsync();
        const int items = 34_000;
        var import = await host.ImportAsync(project, Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, items).Select(i => $$"""{"id":{{i}},"text":"t{{i}}"}"""))));
        import.GetProperty("imported").GetInt32().ShouldBe(items);

        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items?limit=1000")).GetProperty("rows").GetArrayLength().ShouldBe(1_000);
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items/count?gold=false")).GetProperty("exact").GetBoolean().ShouldBeFalse();
        await host.AskAsync("staff", HttpMethod.Delete, $"/projects/{project}/imports/{import.GetProperty("id").GetString()}");
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows").GetArrayLength().ShouldBe(0);
    }
}
