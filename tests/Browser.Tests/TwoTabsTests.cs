using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class TwoTabsTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task SecondTab_SameTask_SaysSoAndCanTakeItOver()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var visitor = await VisitAsync((await lab.EnrolAsync("annotator")).Node);
        var first = new Workroom(visitor.Page);
        await first.EnterAsync(project);
        var prompt = await first.Prompt.InnerTextAsync();
        await first.TypeAsync("Begun in the first tab");
        await first.SavesAsync();

        var second = new Workroom(await visitor.Context.NewPageAsync());
        await second.Page.GotoAsync(project.Work);
        await Expect(second.Heading).ToHaveTextAsync("Your task is open in another tab");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Work here instead" }).ClickAsync();

        await Expect(first.Heading).ToHaveTextAsync("Your task is open in another tab");
        await Expect(second.Prompt).ToHaveTextAsync(prompt);
        await Expect(second.Rationale).ToHaveValueAsync("Begun in the first tab");
        await second.TypeAsync(", ended in the second");
        await second.SavesAsync();

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Work here instead" }).ClickAsync();
        await Expect(first.Rationale).ToHaveValueAsync("Begun in the first tab, ended in the second");
    }

    [Fact]
    public async Task TwoDevices_SameDraft_NothingIsOverwrittenUnasked()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var desk = new Workroom((await VisitAsync(expert.Node)).Page);
        await desk.EnterAsync(project);
        await desk.TypeAsync("From the desk");
        await desk.SavesAsync();

        // The laptop has no lock in common with the desk: only the draft's version tells them apart.
        var laptop = new Workroom((await VisitAsync(expert.Node)).Page);
        await laptop.EnterAsync(project);
        await Expect(laptop.Rationale).ToHaveValueAsync("From the desk");
        await laptop.TypeAsync(", then the laptop");
        await laptop.SavesAsync();

        await desk.TypeAsync(", then the desk again");
        await desk.SaysAsync("not saved: changed elsewhere");
        await Expect(desk.Page.GetByText("From the desk, then the laptop")).ToBeVisibleAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Take the other" }).ClickAsync();
        await Expect(desk.Rationale).ToHaveValueAsync("From the desk, then the laptop");
    }
}
