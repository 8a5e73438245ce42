using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class AccessibilityTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task PublicPages_LightAndDark_AxeFindsNothing()
    {
        var (_, link) = Node.FreshLab();
        var visitor = await VisitAsync();
        await Axe.AddAsync(visitor);
        var page = visitor.Page;

        await page.GotoAsync("/sign-in");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "sign-in");

        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("eve.axe");
        await Axe.CheckAsync(page, "enrol");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a password and codes" }).ClickAsync();
        await Expect(page.GetByLabel("Code that the app shows now")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "enrol with a password");

        await page.GotoAsync("/nowhere");
        await Expect(page.GetByText("There is nothing here")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "nothing here");
    }

    [Fact]
    public async Task ExpertsAndReviewersPages_LightAndDark_AxeFindsNothing()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        await project.AnswerAsync(expert, tasks: 1);
        var visitor = await VisitAsync(expert.Node);
        await Axe.AddAsync(visitor);
        var room = new Workroom(visitor.Page);
        var page = room.Page;

        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Start {project.Code}" })).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "home");
        await page.GotoAsync(project.Work);
        await room.ReadyAsync();
        await room.TypeAsync("Half an answer");
        await room.SavesAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Choose one before you submit.")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "workroom, something missing");
        await page.Keyboard.PressAsync("3");
        await room.Prompt.FocusAsync();
        await page.Keyboard.PressAsync("f");
        await page.Keyboard.PressAsync("d");
        await Expect(page.GetByLabel("Differences (d)")).ToBeCheckedAsync();
        await Axe.CheckAsync(page, "workroom, differences");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "workroom, keys");

        var reviewer = await VisitAsync((await lab.EnrolAsync("reviewer")).Node);
        await Axe.AddAsync(reviewer);
        await reviewer.Page.GotoAsync("/");
        await Expect(reviewer.Page.GetByRole(AriaRole.Link, new() { Name = "Review answers" })).ToBeVisibleAsync();
        await Axe.CheckAsync(reviewer.Page, "review list");
        await reviewer.Page.GotoAsync(project.Review);
        await Expect(reviewer.Page.GetByText("It answers what was asked.")).ToBeVisibleAsync();
        await Axe.CheckAsync(reviewer.Page, "review");
    }

    [Fact]
    public async Task StaffPages_LightAndDark_AxeFindsNothing()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        await project.AnswerAsync(expert, tasks: 2);
        var work = expert.Lab.Work(project.Id);
        (await work.ReportAsync((await work.NextAsync(Cancellation)).OrThrow().Slot, "The text is cut off.", Cancellation)).OrThrow();
        await project.AcceptAsync(await lab.EnrolAsync("reviewer"), answers: 1);
        (await project.Staff.DeliverAsync(new DeliveryBody("trl-preference"), Cancellation)).OrThrow();
        (await lab.Owner.Lab.InviteAsync("annotator", Cancellation)).OrThrow();
        (await lab.Owner.Lab.SuspendAsync(new SuspensionBody("person", expert.Pseudonym, "plannedPause"), Cancellation)).OrThrow();
        var visitor = await VisitAsync(lab.Owner.Node);
        await Axe.AddAsync(visitor);
        var page = visitor.Page;

        await page.GotoAsync($"/labs/{lab.Slug}/studio");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Everyday help" })).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "projects");
        foreach (var (tab, text) in new[]
        {
            ("data", "pairs.jsonl"), ("guidelines", "Published versions"), ("form", "is in force"), ("batches", "First round"),
            ("people", "Resume person"), ("figures", "People"), ("questions", "No questions"), ("acceptance", "No "), ("reports", "The text is cut off."), ("deliveries", "Ready"), ("disclosures", "2 guideline sections"),
        })
        {
            await page.GotoAsync(project.Studio(tab));
            await Expect(page.GetByText(text).First).ToBeVisibleAsync();
            await Axe.CheckAsync(page, tab);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Open receipt" }).First.ClickAsync();
        await Expect(page.GetByText("Checked in this browser")).ToBeVisibleAsync();
        await Axe.CheckAsync(page, "receipt");
        await page.GotoAsync($"/labs/{lab.Slug}/people");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" })).ToHaveCountAsync(2);
        await Axe.CheckAsync(page, "people");
    }

    [Fact]
    public async Task SecurityPages_LightAndDark_AxeFindsNothing()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        await project.AnswerAsync(expert, tasks: 1);
        (await lab.Owner.Lab.SuspendAsync(new SuspensionBody("person", expert.Pseudonym, "plannedPause"), Cancellation)).OrThrow();
        var visitor = await VisitAsync(lab.Owner.Node);
        await Axe.AddAsync(visitor);
        var page = visitor.Page;
        foreach (var (tab, text, button) in new[]
        {
            ("node", "left to do", null), ("suspensions", $"Person {expert.Name}", "Suspend…"), ("ledger", "Signature of the checkpoint", null), ("budgets", "Any few people together", "Change weights and limits…"),
            ("engagements", "No engagements", null), ("proposals", "Nothing waits for a second person", "Propose to shred or erase…"), ("keys", "Recovery key", (string?)null),
        })
        {
            await page.GotoAsync($"/labs/{lab.Slug}/security/{tab}");
            await Expect(page.GetByText(text).First).ToBeVisibleAsync();
            await Axe.CheckAsync(page, tab);
            if (button is null)
                continue;

            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await Axe.CheckAsync(page, $"{tab}, dialog");
        }
    }
}
