using System.Text;
using System.Text.Json;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Imports;

/// <summary>Files of every format, through import to items.</summary>
public sealed class ImportShapesTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_Csv_MakesTextsWithSuggestionsAndKnownAnswers(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();

        var import = await host.ImportAsync(project, Encoding.GetEncoding("latin1").GetBytes("Text;label\n\"Grün\nund\";x\nzwei;\n"), new
        {
            fileName = "rows.csv",
            badRows = "keep",
            csv = new { encoding = "iso-8859-1" },
            map = new Dictionary<string, string> { ["text"] = "Text", ["prelabel.intent"] = "label", ["gold.intent"] = "label" },
        });

        import.GetProperty("imported").GetInt32().ShouldBe(2);
        var rows = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows");
        rows.EnumerateArray().Select(row => row.GetProperty("gold").GetBoolean()).ShouldBe([true, false]);
        (await ContentAsync(host, project, rows[0])).ShouldBe("""{"v":1,"external":null,"text":"Grün\nund","prelabels":{"intent":{"values":["x"]}},"fields":{}}""");
        (await ContentAsync(host, project, rows[1])).ShouldBe("""{"v":1,"external":null,"text":"zwei","fields":{}}""");
    }

    /// <summary>doccano#1377: labels attached to the wrong document.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task Doccano1377_RowsOutOfOrderBadAndRepeated_LabelsStayWithTheirText(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var rows = Enumerable.Range(0, 1_500).Select(i => i % 7 == 3 ? "broken" : $$"""{"label":"L{{i}}","id":{{i % 1_400}},"text":"T{{i}}"}""");

        var import = await host.ImportAsync(project, Encoding.UTF8.GetBytes(string.Join('\n', rows)), new
        {
            fileName = "rows.jsonl",
            badRows = "keep",
            map = new Dictionary<string, string> { ["prelabel.intent"] = "label" },
        });

        var (items, after) = (0, "");
        do
        {
            var page = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items?limit=700{after}");
            foreach (var row in page.GetProperty("rows").EnumerateArray().Where((_, index) => index % 50 == 0))
            {
                var item = JsonDocument.Parse(await ContentAsync(host, project, row)).RootElement;
                item.GetProperty("prelabels").GetProperty("intent").GetProperty("values")[0].GetString()![1..].ShouldBe(item.GetProperty("text").GetString()![1..]);
            }

            items += page.GetProperty("rows").GetArrayLength();
            after = page.GetProperty("next").ValueKind is JsonValueKind.Null ? "" : "&after=" + page.GetProperty("next").GetString();
        }
        while (after.Length > 0);
        items.ShouldBe(import.GetProperty("imported").GetInt32());
        import.GetProperty("bad").GetInt32().ShouldBe(1_500 - items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_TheSameFileAgain_IsKnownUnlessAskedFor(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var file = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n"u8.ToArray();

        (await host.ImportAsync(project, file)).GetProperty("state").GetString().ShouldBe("done");
        (await host.ImportAsync(project, file)).GetProperty("state").GetString().ShouldBe("known");
        (await CountAsync(host, project)).ShouldBe(2);

        var again = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/imports", new { fileName = "f.jsonl" });
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/imports/{again.GetProperty("id").GetString()}/content?again=true", new ByteArrayContent(file));
        (await CountAsync(host, project)).ShouldBe(4);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_Update_ChangesWhatNobodyHasTaken(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        static byte[] Rows(string word) => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 3).Select(i =>
            $$"""{"id":"{{i}}","prompt":"{{word}} {{i}}","response_1":"a","response_2":"b"}""")));
        await host.ImportAsync(project, Rows("old"));
        await host.OpenBatchAsync(project);
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        var task = await host.NextAsync(project);

        var import = await host.ImportAsync(project, Rows("new"), new { fileName = "f.jsonl", badRows = "keep", update = "update" });

        (import.GetProperty("updated").GetInt32(), import.GetProperty("imported").GetInt32(), import.GetProperty("bad").GetInt32()).ShouldBe((2, 0, 1));
        import.GetProperty("badRows")[0].GetProperty("reason").GetString()!.ShouldContain("somebody works on the item");
        var again = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/open");
        again.GetProperty("prompt").GetString().ShouldBe("old 0");
        (await host.NextAsync(project)).GetProperty("prompt").GetString().ShouldBe("new 1");
        (await host.ImportAsync(project, [.. Rows("newer")], new { fileName = "f.jsonl", badRows = "keep", update = "skip" })).GetProperty("skipped").GetInt32().ShouldBe(3);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Undo_NobodyHasWorkedOnIt_TakesItOutOfTheBatchToo(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await host.ImportAsync(project, "{\"text\":\"one\"}\n{\"text\":\"two\"}\n"u8.ToArray());
        await host.OpenBatchAsync(project, overlap: 2);
        var path = $"/projects/{project}/imports/{second.GetProperty("id").GetString()}";

        await host.AskAsync("staff", HttpMethod.Delete, path);

        (await host.AskAsync("staff", HttpMethod.Get, path)).GetProperty("state").GetString().ShouldBe("undone");
        (await CountAsync(host, project)).ShouldBe(2);
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/progress")).GetProperty("slots").GetProperty("open").GetInt32().ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Undo_SomebodyHasATask_IsRefused(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2);
        var import = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/imports"))[0].GetProperty("id").GetString();
        await host.NextAsync(project);

        (await host.RefusedAsync("staff", HttpMethod.Delete, $"/projects/{project}/imports/{import}")).ShouldBe((409, "import-worked-on"));

        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/progress")).GetProperty("slots").GetProperty("open").GetInt32().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Preview_OfASample_ShowsItemsAndFaults(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();

        var preview = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/imports/preview", new
        {
            fileName = "rows.csv",
            sample = "sentence|label\nhello|x\nbad\n"u8.ToArray(),
        });

        preview.GetProperty("delimiter").GetString().ShouldBe("|");
        preview.GetProperty("fields").EnumerateArray().Select(field => field.GetString()).ShouldBe(["sentence", "label"], preview.GetRawText());
        preview.GetProperty("suggested").GetProperty("text").GetString().ShouldBe("sentence");
        preview.GetProperty("rows")[0].GetProperty("item").GetProperty("text").GetString().ShouldBe("hello");
        preview.GetProperty("rows")[1].GetProperty("fault").GetString().ShouldBe("it has 1 values where there are 2 columns");
        (await CountAsync(host, project)).ShouldBe(0);
    }

    private static async Task<string> ContentAsync(LabHost host, string project, JsonElement row) =>
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items/{row.GetProperty("id").GetString()}")).GetProperty("content").GetRawText();

    private static async Task<int> CountAsync(LabHost host, string project) =>
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items/count")).GetProperty("count").GetInt32();
}
