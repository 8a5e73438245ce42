using System.Text;
using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class StaffTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task Owner_FreshLab_SetsUpAProjectAndInvites()
    {
        var visitor = await VisitAsync();
        var (slug, link) = Node.FreshLab();
        await AddAuthenticatorAsync(visitor);
        var page = visitor.Page;
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });

        // Enrols with a passkey, signs out, and in again with nothing but it.
        await page.GotoAsync(link);
        await Expect(page.GetByText($"You are invited to {slug} as owner.")).ToBeVisibleAsync();
        page.Url.ShouldNotContain("#");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("grace.owner");
        await ClickAsync("Create a passkey");
        await Expect(heading).ToHaveTextAsync("Projects");
        await ClickAsync("Sign out");
        await Expect(heading).ToHaveTextAsync("Sign in");
        await ClickAsync("Sign in with a passkey");
        await Expect(heading).ToHaveTextAsync("Projects");

        await ClickAsync("New project");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Everyday help");
        await ClickAsync("Create");
        await Expect(heading).ToHaveTextAsync("Everyday help");

        await OpenTabAsync("Form");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Questions of the form" }).GetByRole(AriaRole.Button, new() { Name = "2. Why?" }).ClickAsync();
        await page.GetByLabel("What is asked").FillAsync("Why? Name what tipped the balance.");
        await ClickAsync("Save as version 1");
        await Expect(page.GetByText("Version 1 is in force for new batches.")).ToBeVisibleAsync();

        await OpenTabAsync("Guidelines");
        await ClickAsync("Add a section");
        await ClickAsync("Add a section");
        var first = page.GetByRole(AriaRole.Group, new() { Name = "Section 1", Exact = true });
        await first.GetByLabel("Title of section 1").FillAsync("What a good answer does");
        await first.GetByLabel("Text (Markdown)").FillAsync("It **helps** the person who asked.");
        var second = page.GetByRole(AriaRole.Group, new() { Name = "Section 2", Exact = true });
        await second.GetByLabel("Title of section 2").FillAsync("Writing the reason");
        await second.GetByLabel("Text (Markdown)").FillAsync("One sentence is enough.");
        await second.GetByLabel("Why? Name what tipped the balance.").CheckAsync();
        var preview = page.GetByRole(AriaRole.Complementary, new() { Name = "What an expert sees" });
        await Expect(preview).ToContainTextAsync("One sentence is enough.");
        await preview.GetByLabel("In a task with").SelectOptionAsync("preference");
        await Expect(preview).ToContainTextAsync("It helps the person who asked.");
        await Expect(preview).Not.ToContainTextAsync("One sentence is enough.");
        await ClickAsync("Publish a version");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Version 1 is published")).ToBeVisibleAsync();

        // The sample, with a row that is none.
        await OpenTabAsync("Data");
        var rows = (await File.ReadAllLinesAsync(Checkout.Sample("items.jsonl"), Cancellation)).ToList();
        rows.Insert(2, """{"id":"broken","prompt":"One answer only","response_1":"This one"}""");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "File of items" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "everyday-help.jsonl", MimeType = "application/x-ndjson", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', rows)) });
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "First rows" })).ToContainTextAsync("response");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The file has been taken in")).ToBeVisibleAsync();
        var import = page.GetByRole(AriaRole.Table, new() { Name = "Imports" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "everyday-help.jsonl" });
        await Expect(import).ToContainTextAsync("Done");
        await import.GetByRole(AriaRole.Button, new() { Name = "show" }).ClickAsync();
        var bad = page.GetByRole(AriaRole.Table, new() { Name = "Bad rows" }).GetByRole(AriaRole.Row).Last;
        await Expect(bad.GetByRole(AriaRole.Cell).First).ToHaveTextAsync("3");
        await Expect(bad.GetByRole(AriaRole.Cell).Last).ToContainTextAsync("response");

        await OpenTabAsync("Batches");
        await ClickAsync("Open a batch…");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("First round");
        await page.GetByLabel("Answers to an item").FillAsync("2");
        await ClickAsync("Open the batch");
        await Expect(page.GetByText("Experts can take its tasks now.")).ToBeVisibleAsync();
        await Expect(page.GetByText($"{rows.Count - 1} items · {2 * (rows.Count - 1)} tasks open")).ToBeVisibleAsync();

        // A link for each of two; it is shown this once, and the list has no more than its role.
        await page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        foreach (var role in new[] { "Expert", "Reviewer" })
        {
            await ClickAsync("Invite somebody");
            await page.GetByRole(AriaRole.Radio, new() { Name = role }).CheckAsync();
            await ClickAsync("Make a link");
            await Expect(page.GetByText("This link is shown once")).ToBeVisibleAsync();
            var made = await page.GetByLabel("enrolment link", new() { Exact = true }).InnerTextAsync();
            await ClickAsync("Done");
            await Expect(page.GetByText(made)).ToHaveCountAsync(0);
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Links" })).ToContainTextAsync(role);

            var invited = await VisitAsync();
            await invited.Page.GotoAsync(made);
            await Expect(invited.Page.GetByText($"You are invited to {slug} as {role.ToLowerInvariant()}.")).ToBeVisibleAsync();
        }

        // A link that was used is of no use any more.
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        Task ClickAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

        Task OpenTabAsync(string tab) => page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
    }

    /// <summary>A security key that always says yes, as one's finger would.</summary>
    private static async Task AddAuthenticatorAsync(Visitor visitor)
    {
        var browser = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true },
        });
    }
}
