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

        var expert = await VisitAsync();
        var page = expert.Page;
        await page.GotoAsync(link);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ada by password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a password and codes" }).ClickAsync();
        var secret = await page.GetByLabel("authenticator key", new() { Exact = true }).InnerTextAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("correct horse battery");
        await page.GetByLabel("Code that the app shows now").FillAsync(Totp.Code(secret, TimeProvider.System.GetUtcNow()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol with password and code" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = $"Start {project.Code}" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have read them: start" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Task 1 of today" })).ToBeVisibleAsync();
    }
}
