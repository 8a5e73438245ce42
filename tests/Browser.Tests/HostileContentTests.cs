using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

/// <summary>Texts that would do harm if a page took them for more than text. What a page then does is seen by <see cref="Walk"/>.</summary>
public sealed class HostileContentTests(Stage stage) : Walk(stage)
{
    private const string Hostile =
        """
        <script>alert(1)</script><img src="https://elsewhere.example/a.png" onerror="alert(2)"><svg onload=alert(3)>
        <iframe src="https://elsewhere.example/"></iframe><style>body { display: none }</style><base href="https://elsewhere.example/">

        ![remote](https://elsewhere.example/b.png) [press me](javascript:alert(4)) [me too](JaVaScRiPt&colon;alert(5)) <https://elsewhere.example/c>
        [data](data:text/html,<script>alert(6)</script>) {{constructor.constructor('alert(7)')()}} ${alert(8)}
        """;

    /// <summary>Turns the reading direction and leaves it turned (RLO, RLI), between characters that cannot be seen.</summary>
    private const string Turned = "\u202Eevil\u2067\u200B\uFEFFend";

    [Fact]
    public async Task Pages_HostileTexts_ShowThemAsText()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync(
            [Lab.Row("hostile", Hostile, Hostile + Turned, "<b>bold</b> " + Turned), Lab.Row("<script>alert(9)</script>", Hostile, "a", "b")],
            [new("hostile", "<img src=x onerror=alert(10)>", Hostile, [])],
            name: "<img src=x onerror=alert(11)> " + Hostile[..100]);
        var room = new Workroom((await VisitAsync((await lab.EnrolAsync("annotator")).Node)).Page);
        var page = room.Page;

        await page.GotoAsync(project.Work);
        await Expect(page.GetByText("press me")).ToBeVisibleAsync();
        await NothingRunsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "I have read them: start" }).ClickAsync();
        await Expect(room.Prompt).ToContainTextAsync("<script>alert(1)</script>");
        await NothingRunsAsync(page);
        await page.Keyboard.PressAsync("d");
        await NothingRunsAsync(page);
        await page.Keyboard.PressAsync("d");
        await page.Keyboard.PressAsync("f");
        await Expect(room.Prompt).ToContainTextAsync("[image: remote]");
        await NothingRunsAsync(page);
        // What turns the direction of a text turns nothing outside it.
        (await room.Heading.EvaluateAsync<string>("element => getComputedStyle(element).direction")).ShouldBe("ltr");
        await page.Keyboard.PressAsync("r");
        await page.GetByLabel("What is wrong?").FillAsync(Hostile + Turned);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Your report is with the lab")).ToBeVisibleAsync();
        await room.Scale.First.CheckAsync();
        await room.TypeAsync(Hostile + Turned);
        await page.Keyboard.PressAsync("Control+Enter");
        await room.SaysAsync("last answer sent");

        var staff = (await VisitAsync(lab.Owner.Node)).Page;
        await staff.GotoAsync(project.Review);
        await Expect(staff.GetByText("{{constructor").First).ToBeVisibleAsync();
        await NothingRunsAsync(staff);
        await staff.Keyboard.PressAsync("x");
        await staff.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync(Hostile);
        await staff.GetByLabel("Quote from the item").FillAsync(Hostile[..300] + Turned);
        await staff.GetByRole(AriaRole.Button, new() { Name = "Return", Exact = true }).ClickAsync();
        await Expect(staff.GetByText("You accepted 0 and returned 1 in this visit.")).ToBeVisibleAsync();
        foreach (var (tab, text) in new[] { ("guidelines", "press me"), ("data", "pairs.jsonl"), ("figures", "Progress"), ("reports", "press me"), ("disclosures", "Receipt") })
        {
            await staff.GotoAsync(project.Studio(tab));
            await Expect(staff.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("<img src=x onerror=alert(11)>");
            await Expect(staff.GetByText(text).First).ToBeVisibleAsync();
            await NothingRunsAsync(staff);
        }

        await page.GotoAsync(project.Work);
        await page.GetByRole(AriaRole.Button, new() { Name = "1 task returned to you" }).ClickAsync();
        await Expect(page.GetByText("Returned by the reviewer")).ToBeVisibleAsync();
        await NothingRunsAsync(page);
    }

    /// <summary>CVE-2024-26152 and its kin: script stored in an item, a label, an option or a name that runs in whoever looks at it.</summary>
    [Fact]
    public async Task Cve202426152_ScriptInOptionsLabelsNamesAndQuestions_StaysText()
    {
        const string Script = "<img src=x onerror=alert(20)><script>alert(21)</script>";
        var lab = await LabAsync();
        var project = await lab.ProjectAsync(new Plan(
            Script,
            [
                new("kind", "choice", "Kind? " + Script, true) { Help = Script, Options = [new(Script, "First " + Script, "h"), new("b", Turned)] },
                new("names", "spans", "Names? " + Script, true) { Labels = [new("<svg onload=alert(22)>", "Label " + Script, "z")] },
            ],
            [Kinds.Row(new { id = Script, text = "Word " + Script + Turned })])
        { FileName = "<img src=x onerror=alert(23)>.jsonl", Guidelines = [new("s", Script, Hostile, [])], Batch = new BatchBody(Script, 1, 900, Held: 3), Warnings = [new("w", Script)] });
        var room = new Workroom((await VisitAsync((await lab.EnrolAsync("annotator")).Node)).Page);
        var page = room.Page;

        await page.GotoAsync(project.Work);
        await Expect(page.GetByText(Script).First).ToBeVisibleAsync();
        await NothingRunsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "I will work with it" }).ClickAsync();
        await room.HaveRead.ClickAsync();
        await room.ReadyAsync();
        await Expect(room.Text).ToContainTextAsync("<script>alert(21)</script>");
        await page.Keyboard.PressAsync("h");
        await room.MarkAsync("Word", "z");
        await NothingRunsAsync(page);
        await page.Keyboard.PressAsync("q");
        await page.GetByLabel("Your question").FillAsync(Script + Turned);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Your question is with the lab")).ToBeVisibleAsync();
        await NothingRunsAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+Enter");
        await room.EndsAsync();

        var staff = (await VisitAsync(lab.Owner.Node)).Page;
        await staff.GotoAsync(project.Review);
        await Expect(staff.GetByText("Label " + Script).First).ToBeVisibleAsync();
        await NothingRunsAsync(staff);
        foreach (var (tab, text) in new[] { ("data", "<img src=x onerror=alert(23)>.jsonl"), ("form", "Kind? " + Script), ("guidelines", "press me"), ("questions", Script), ("batches", Script) })
        {
            await staff.GotoAsync(project.Studio(tab));
            await Expect(staff.GetByText(text).First).ToBeVisibleAsync();
            await NothingRunsAsync(staff);
        }

        await staff.GotoAsync(project.Studio("data"));
        await staff.GetByRole(AriaRole.Tab, new() { Name = "Items" }).ClickAsync();
        await staff.GetByRole(AriaRole.Table, new() { Name = "Items" }).GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Button).First.ClickAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Open the item" }).ClickAsync();
        await Expect(staff.GetByText("<script>alert(21)</script>").First).ToBeVisibleAsync();
        await NothingRunsAsync(staff);
    }

    private static async Task NothingRunsAsync(IPage page)
    {
        var main = page.Locator("#root");
        await Expect(main.Locator("script, iframe, object, embed, base, img, form[action], [onerror], [onload], [srcdoc]")).ToHaveCountAsync(0);
        foreach (var link in await main.Locator("a[href]").AllAsync())
            (await link.EvaluateAsync<string>("link => link.protocol")).ShouldBeOneOf("http:", "https:");
    }
}
