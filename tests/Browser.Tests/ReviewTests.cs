using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class ReviewTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task Return_WithReason_ExpertReadsItAndAnswersAgain()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = new Workroom((await VisitAsync((await lab.EnrolAsync("annotator")).Node)).Page);
        await expert.EnterAsync(project);
        foreach (var rationale in new[] { "Because it is nice", "It names the cause" })
        {
            await expert.Scale.First.CheckAsync();
            await expert.TypeAsync(rationale);
            await expert.Page.Keyboard.PressAsync("Control+Enter");
            await Expect(expert.Rationale).ToHaveValueAsync("");
        }

        await expert.SaysAsync("last answer sent");

        var page = (await VisitAsync((await lab.EnrolAsync("reviewer")).Node)).Page;
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Review answers" }).ClickAsync();
        await Expect(page.GetByText("Because it is nice")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Radio).First).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Reason" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Say what tipped the balance.");
        // A decision against somebody's work names what it rests on.
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Name a question or a section")).ToBeVisibleAsync();
        await page.GetByLabel("Guideline section", new() { Exact = true }).SelectOptionAsync("rationale");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("It names the cause")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(heading).ToHaveTextAsync("Nothing waits for review");
        await Expect(page.GetByText("You accepted 1 and returned 1 in this visit.")).ToBeVisibleAsync();

        await expert.Page.GotoAsync($"/labs/{project.Lab}/work");
        await Expect(expert.Page.GetByText("1 returned to you")).ToBeVisibleAsync();
        await expert.Page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await expert.Page.GetByRole(AriaRole.Button, new() { Name = "1 task returned to you" }).ClickAsync();
        await Expect(expert.Page.GetByText("Say what tipped the balance.")).ToBeVisibleAsync();
        await Expect(expert.Rationale).ToHaveValueAsync("Because it is nice");
        await expert.Rationale.FillAsync("It says how long, and why");
        await expert.Page.Keyboard.PressAsync("Control+Enter");
        await expert.SaysAsync("last answer sent");

        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByText("It says how long, and why")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(heading).ToHaveTextAsync("Nothing waits for review");
        var slots = await project.SlotsAsync();
        (slots.Accepted, slots.Returned, slots.Submitted).ShouldBe((2, 0, 0));
    }

    [Fact]
    public async Task Review_OnlyOwnAnswersWait_IsOfferedNone()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var reviewer = await lab.EnrolAsync("reviewer");
        var room = new Workroom((await VisitAsync(reviewer.Node)).Page);
        await room.EnterAsync(project);
        await room.Scale.First.CheckAsync();
        await room.Page.Keyboard.PressAsync("Control+Enter");
        await room.SaysAsync("last answer sent");

        await room.Page.GotoAsync(project.Review);
        await Expect(room.Heading).ToHaveTextAsync("Nothing waits for review");
        (await project.SlotsAsync()).Submitted.ShouldBe(1);
    }
}
