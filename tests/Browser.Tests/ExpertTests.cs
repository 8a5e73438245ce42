using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class ExpertTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task Workroom_KeyboardOnly_TaskAfterTaskIsSubmitted()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var link = (await lab.Owner.Lab.InviteAsync("annotator", Cancellation)).OrThrow().Link!;
        var page = (await VisitAsync()).Page;
        var keys = page.Keyboard;
        var room = new Workroom(page);

        // Enrols with a password and the code of an authenticator app.
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("ada.keyboard");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Use a password and codes" }));
        var secret = await page.GetByLabel("authenticator key", new() { Exact = true }).InnerTextAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("correct horse battery");
        await page.GetByLabel("Code that the app shows now").FillAsync(Totp.Code(secret, TimeProvider.System.GetUtcNow()));
        await keys.PressAsync("Enter");

        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = $"Start {project.Code}" }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "I have read them: start" }));
        await Expect(room.Heading).ToHaveTextAsync("Task 1 of today");
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Guidelines for this task" })).ToContainTextAsync("Writing the reason");
        var first = await room.Prompt.InnerTextAsync();

        await room.ReadyAsync();

        // A number picks; Tab leads on to the rationale; Ctrl+Enter submits, and the next task is there.
        await Expect(room.Prompt).ToBeFocusedAsync();
        await keys.PressAsync("2");
        await Expect(room.Scale.Nth(1)).ToBeCheckedAsync();
        await TabToAsync(room.Rationale);
        await keys.TypeAsync("It answers what was asked, 1 2 3 s r ?");
        await Expect(room.Scale.Nth(1)).ToBeCheckedAsync();
        await room.SavesAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(room.Heading).ToHaveTextAsync("Task 2 of today");
        await Expect(room.Prompt).Not.ToHaveTextAsync(first);
        await Expect(room.Prompt).ToBeFocusedAsync();
        await room.SaysAsync("last answer sent");
        (await project.SlotsAsync()).Submitted.ShouldBe(1);

        // Without a choice it does not leave; the page says what is missing and goes there.
        await keys.PressAsync("Control+Enter");
        await Expect(page.GetByText("Choose one before you submit.")).ToBeVisibleAsync();
        await Expect(room.Scale.First).ToBeFocusedAsync();

        await keys.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToContainTextAsync("Submit; the next task opens");
        await keys.PressAsync("Escape");

        await keys.PressAsync("r");
        await Expect(page.GetByLabel("What is wrong?")).ToBeFocusedAsync();
        await keys.TypeAsync("The question is cut off.");
        await keys.PressAsync("Control+Enter");
        await Expect(page.GetByText("Your report is with the lab")).ToBeVisibleAsync();

        var skipped = await room.Prompt.InnerTextAsync();
        await keys.PressAsync("s");
        await Expect(page.GetByLabel("Why? (optional; the lab reads it)")).ToBeFocusedAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(room.Prompt).Not.ToHaveTextAsync(skipped);
        (await project.SlotsAsync()).Submitted.ShouldBe(1);
    }

    [Fact]
    public async Task Draft_PageReloaded_IsStillThere()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var room = new Workroom((await VisitAsync(expert.Node)).Page);
        await room.EnterAsync(project);

        await room.Page.Keyboard.PressAsync("4");
        await room.TypeAsync("Half a thought");
        await room.SavesAsync();
        await room.Page.ReloadAsync();

        await Expect(room.Rationale).ToHaveValueAsync("Half a thought");
        await Expect(room.Scale.Nth(3)).ToBeCheckedAsync();
        // Typed and gone before the hand rested: what the server did not get, the browser has.
        await room.TypeAsync(", and the other half");
        await room.Page.ReloadAsync();
        await Expect(room.Rationale).ToHaveValueAsync("Half a thought, and the other half");
    }

    private static async Task PressAsync(ILocator control)
    {
        await control.FocusAsync();
        await control.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Presses Tab until the focus is there; a keyboard trap would never end, so a page's worth of times at most.</summary>
    private static async Task TabToAsync(ILocator control)
    {
        var handle = await control.ElementHandleAsync();
        for (var stops = 0; stops < 40; stops++)
        {
            if (await handle.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await control.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail("Tab does not lead there.");
    }
}
