using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class SuspensionTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task Suspend_PersonInTheMiddleOfAnAnswer_PageEndsAndTheDraftIsSealed()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var room = new Workroom((await VisitAsync(expert.Node)).Page);
        await room.EnterAsync(project);
        await room.Page.Keyboard.PressAsync("2");
        await room.TypeAsync("Half typed when the word came");
        await room.SavesAsync();

        // Staff see what it touches, do it, and are told what it did.
        var staff = (await VisitAsync(lab.Owner.Node)).Page;
        await staff.GotoAsync(project.Studio("people"));
        await staff.GetByRole(AriaRole.Button, new() { Name = $"Suspend {expert.Name}" }).ClickAsync();
        var dialog = staff.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Stops 1 person in 1 project; 1 answer in progress is kept.");
        await dialog.GetByLabel("Reason").SelectOptionAsync("contractQuestion");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Suspend now" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("The last disclosure before it is receipt");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await Expect(staff.GetByText("Suspended: 1 person.")).ToBeVisibleAsync();

        // The expert's page is told, without a key pressed.
        await Expect(room.Heading).ToHaveTextAsync("Work is suspended");
        await Expect(room.Page.GetByText("Reason: question of contract")).ToBeVisibleAsync();
        await Expect(room.Page.GetByText("everything you submitted, and the draft you were writing, sealed at the lab")).ToBeVisibleAsync();
        await room.Page.WaitForFunctionAsync("async () => !(await indexedDB.databases()).length || await new Promise((resolve) => { const open = indexedDB.open('cofferdam'); open.onsuccess = () => { const all = open.result.transaction('keys').objectStore('keys').count(); all.onsuccess = () => { open.result.close(); resolve(all.result === 0); }; }; })");
        (await room.KeptInBrowserAsync()).ShouldNotContain("owner=");
        (await project.SlotsAsync()).Submitted.ShouldBe(0);

        await staff.GetByRole(AriaRole.Button, new() { Name = "Resume person" }).ClickAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Resume now" }).ClickAsync();
        await Expect(staff.GetByRole(AriaRole.Button, new() { Name = $"Suspend {expert.Name}" })).ToBeVisibleAsync();
        await room.Page.GotoAsync(project.Work);
        await Expect(room.Rationale).ToHaveValueAsync("Half typed when the word came");
        await Expect(room.Scale.Nth(1)).ToBeCheckedAsync();
    }
}
