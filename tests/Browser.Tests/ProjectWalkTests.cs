using System.Text;
using System.Text.Json;
using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class ProjectWalkTests(Stage stage) : Walk(stage)
{
    /// <summary>A table as a spreadsheet writes it: semicolons, and a line end inside quotes.</summary>
    private const string Table =
        """
        No;Message;Language
        1;"The card from Seaford is not here.
        I wait since May.";en
        2;Ada Marsh took my refund, she said on Friday.;en
        """;

    [Fact]
    public async Task ProjectManager_EmptyNode_GetsFromAProjectToItsDelivery()
    {
        var lab = await LabAsync();
        var manager = await lab.EnrolAsync("projectManager");
        var expert = await lab.EnrolAsync("annotator");
        var reviewer = await lab.EnrolAsync("reviewer");
        var visitor = await VisitAsync(manager.Node);
        await Axe.AddAsync(visitor);
        var page = visitor.Page;
        var studio = new Studio(page);

        await page.GotoAsync("/");
        await Expect(studio.Heading).ToHaveTextAsync("Projects");
        await Axe.CheckAsync(page, "projects, none yet");
        await studio.ClickAsync("New project");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Messages to the bank");
        await studio.ClickAsync("Create");
        await Expect(studio.Heading).ToHaveTextAsync("Messages to the bank");
        var project = Guid.Parse(page.Url.Split('/')[6]);

        // A form of its own: what the message is about, and the names in it.
        await studio.TabAsync("Form");
        await studio.ClickAsync("Remove");
        await studio.ClickAsync("Remove");
        await page.GetByLabel("Add a question").SelectOptionAsync("choice");
        await page.GetByLabel("What is asked").FillAsync("What is it about?");
        await FillOptionAsync(page, "Options, 1", "card", "A card", "c");
        await FillOptionAsync(page, "Options, 2", "refund", "A refund", "m");
        await page.GetByLabel("Add a question").SelectOptionAsync("spans");
        await page.GetByLabel("What is asked").FillAsync("Who and where?");
        await FillOptionAsync(page, "Labels, 1", "PER", "Person", "p");
        await page.GetByRole(AriaRole.Group, new() { Name = "Labels", Exact = true }).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await FillOptionAsync(page, "Labels, 2", "LOC", "Place", "l");
        await Axe.CheckAsync(page, "form, being made");
        await studio.ClickAsync("Save as version 1");
        await Expect(page.GetByText("Version 1 is in force for new batches.")).ToBeVisibleAsync();

        await studio.TabAsync("Guidelines");
        await studio.ClickAsync("Add a section");
        await page.GetByLabel("Title of section 1").FillAsync("What counts as a name");
        await page.GetByLabel("Text (Markdown)").FillAsync("First and last name **together**.");
        await studio.ClickAsync("Publish a version");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Version 1 is published")).ToBeVisibleAsync();

        // The table: which column is what, and the first rows as they would become, before anything is taken in.
        await studio.TabAsync("Data");
        await studio.ChooseFileAsync("File of items", "messages.csv", "text/csv", Encoding.UTF8.GetBytes(Table));
        await page.GetByLabel("Text to mark or to judge").SelectOptionAsync("Message");
        await page.GetByLabel("External id", new() { Exact = true }).SelectOptionAsync("No");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "First rows" })).ToContainTextAsync("I wait since May.");
        await Axe.CheckAsync(page, "import, mapped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The file has been taken in")).ToBeVisibleAsync();

        await studio.TabAsync("Batches");
        await studio.ClickAsync("Open a batch…");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("First round");
        await page.GetByLabel("Answers to an item").FillAsync("1");
        await Axe.CheckAsync(page, "batch, being opened");
        await studio.ClickAsync("Open the batch");
        await Expect(page.GetByText("Experts can take its tasks now.")).ToBeVisibleAsync();

        await AnswerAsync(expert, $"/labs/{lab.Slug}/work/{project}");
        await ReviewAsync(reviewer, $"/labs/{lab.Slug}/review/{project}");
        await AcceptAsync(manager, project);

        await page.GotoAsync($"/labs/{lab.Slug}/studio/{project}/deliveries");
        await page.GetByLabel("Shape").SelectOptionAsync("spans-jsonl");
        await studio.ClickAsync("Make delivery");
        var made = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" }).GetByRole(AriaRole.Row).Nth(1);
        await Expect(made).ToContainTextAsync("Ready");
        await Axe.CheckAsync(page, "deliveries");
        var download = await page.RunAndWaitForDownloadAsync(() => made.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        var rows = await Delivered.RowsAsync(await download.PathAsync(), manager, "data/spans/train.jsonl");
        rows.SelectMany(Delivered.Marked).Order().ShouldBe(["LOC Seaford", "PER Ada Marsh"]);
    }

    private static async Task FillOptionAsync(IPage page, string row, string value, string label, string key)
    {
        var option = page.GetByRole(AriaRole.Group, new() { Name = row, Exact = true });
        await option.GetByRole(AriaRole.Textbox, new() { Name = "Value" }).FillAsync(value);
        await option.GetByRole(AriaRole.Textbox, new() { Name = "Label" }).FillAsync(label);
        await option.GetByRole(AriaRole.Textbox, new() { Name = "Hotkey" }).FillAsync(key);
    }

    /// <summary>Both messages, by keyboard.</summary>
    private async Task AnswerAsync(Insider expert, string address)
    {
        var visitor = await VisitAsync(expert.Node);
        await Axe.AddAsync(visitor);
        var room = new Workroom(visitor.Page);
        await room.Page.GotoAsync(address);
        await room.HaveRead.ClickAsync();
        for (var task = 1; task <= 2; task++)
        {
            await room.ReadyAsync();
            await Expect(room.Heading).ToHaveTextAsync($"Task {task} of today");
            var card = (await room.Text.InnerTextAsync()).Contains("Seaford", StringComparison.Ordinal);
            await room.Page.Keyboard.PressAsync(card ? "c" : "m");
            await room.MarkAsync(card ? "Seaford" : "Ada Marsh", card ? "l" : "p");
            await Axe.CheckAsync(room.Page, "workroom, spans and choice");
            await room.Page.Keyboard.PressAsync("Control+Enter");
        }

        await room.EndsAsync();
    }

    private async Task ReviewAsync(Insider reviewer, string address)
    {
        var visitor = await VisitAsync(reviewer.Node);
        await Axe.AddAsync(visitor);
        var page = visitor.Page;
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await page.GotoAsync(address);
        for (var answer = 1; answer <= 2; answer++)
        {
            await Expect(heading).ToHaveTextAsync($"Answer {answer} of this visit");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Accept" })).ToBeEnabledAsync();
            await Axe.CheckAsync(page, "review, spans and choice");
            await page.Keyboard.PressAsync("a");
        }

        await Expect(heading).ToHaveTextAsync("Nothing waits for review");
    }

    /// <summary>The batch, on a sample of both answers.</summary>
    private static async Task AcceptAsync(Insider manager, Guid project)
    {
        var staff = manager.Lab.Project(project);
        var batch = (await staff.BatchesAsync(Cancellation)).OrThrow().Single().Id;
        var drawn = await SendAsync($"batches/{batch}/acceptances", new { count = 2 });
        var acceptance = $"acceptances/{drawn.GetProperty("id").GetGuid()}";
        for (var judged = 0; judged < 2; judged++)
        {
            var next = await SendAsync($"{acceptance}/next", new { });
            await SendAsync($"{acceptance}/slots/{next.GetProperty("slot").GetGuid()}", new { verdict = "fit" });
        }

        (await SendAsync($"{acceptance}/decision", new { decision = "accept" })).GetProperty("state").GetString().ShouldBe("accepted");

        async Task<JsonElement> SendAsync(string path, object body) =>
            (await staff.SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToElement(body), Json.Anything, Json.Anything, cancellation: Cancellation)).OrThrow();
    }
}
