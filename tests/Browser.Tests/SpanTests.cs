using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class SpanTests(Stage stage) : Walk(stage)
{
    /// <summary>What was marked is what is delivered, also behind characters that are two to the browser and one to Python.</summary>
    [Fact]
    public async Task Doccano1377_MarksBehindEmoji_AreDeliveredAsMarked()
    {
        const string Text = "👩‍🚀 Noor Haddad flew 🎉🎉 over Seaford.\nNobody in Cafe\u0301 Harbour saw 🛰 her.";
        var lab = await LabAsync();
        var project = await lab.ProjectAsync(Kinds.Spans with { Rows = [Kinds.Row(new { id = "1", text = Text })], Map = new Dictionary<string, string>(StringComparer.Ordinal) });
        var visitor = await VisitAsync((await lab.EnrolAsync("annotator")).Node);
        var room = new Workroom(visitor.Page);
        await room.EnterAsync(project);

        await room.MarkAsync("Noor Haddad", "p");
        await room.MarkAsync("Seaford", "l");
        await room.MarkAsync("Cafe\u0301 Harbour", "o");
        await room.Page.Keyboard.PressAsync("Control+Enter");
        await room.EndsAsync();

        await project.AcceptAsync(await lab.EnrolAsync("reviewer"), answers: 1);
        var page = (await VisitAsync(lab.Owner.Node)).Page;
        await page.GotoAsync(project.Studio("deliveries"));
        await page.GetByLabel("Shape").SelectOptionAsync("spans-jsonl");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make delivery" }).ClickAsync();
        var link = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" }).GetByRole(AriaRole.Link, new() { Name = "Download" });
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        var row = (await Delivered.RowsAsync(await download.PathAsync(), lab.Owner, "data/spans/train.jsonl")).Single();
        row.GetProperty("text").GetString().ShouldBe(Text);
        Delivered.Marked(row).ShouldBe(["PER Noor Haddad", "LOC Seaford", "ORG Cafe\u0301 Harbour"]);
    }
}
