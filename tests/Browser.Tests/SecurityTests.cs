using System.Text;
using System.Text.Json.Nodes;
using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class SecurityTests(Stage stage) : Walk(stage)
{
    private static readonly string NoHash = Convert.ToBase64String(new byte[32]);

    [Fact]
    public async Task Ledger_GrownThenForged_IsCheckedInTheBrowserAndToldAsBroken()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var page = (await VisitAsync(lab.Owner.Node)).Page;
        var found = page.GetByRole(AriaRole.Region, new() { Name = "Checked in this browser" });

        await page.GotoAsync($"/labs/{lab.Slug}/security/ledger");
        await Expect(found).ToContainTextAsync("Signature of the checkpoint");
        await Expect(found).ToContainTextAsync("Look again");
        await Expect(page.GetByText("The log does not hold")).ToHaveCountAsync(0);

        // It grew, and goes on from what this browser saw.
        await project.AnswerAsync(expert, tasks: 2);
        await page.ReloadAsync();
        await Expect(found).ToContainTextAsync("It last looked");
        await Expect(page.GetByText("The log does not hold")).ToHaveCountAsync(0);

        // It grew again, and the proof of it is another's.
        await project.AnswerAsync(expert, tasks: 2);
        await page.RouteAsync("**/ledger/consistency?*", route => route.FulfillAsync(new() { Json = new { hashes = new[] { NoHash } } }));
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The log does not hold");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("treat it as an incident");
        await page.UnrouteAsync("**/ledger/consistency?*");

        // What this browser saw before was kept; with the true proof all is well again.
        await page.ReloadAsync();
        await Expect(found).ToContainTextAsync("It last looked");
        await Expect(page.GetByText("The log does not hold")).ToHaveCountAsync(0);

        var ledger = await page.EvaluateAsync<string>("async (url) => (await fetch(url)).text()", $"/api/labs/{lab.Slug}/ledger");
        await page.RouteAsync("**/api/labs/*/ledger", route => route.FulfillAsync(new() { ContentType = "application/json", Body = ForgeCheckpoint(ledger) }));
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The log does not hold");
    }

    [Fact]
    public async Task Suspensions_PersonStoppedWithPreview_AreProvenAndLifted()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var room = new Workroom((await VisitAsync(expert.Node)).Page);
        await room.EnterAsync(project);
        await room.TypeAsync("Half typed");
        await room.SavesAsync();

        var page = (await VisitAsync(lab.Owner.Node)).Page;
        await page.GotoAsync($"/labs/{lab.Slug}/security/suspensions");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is suspended" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("What to stop").SelectOptionAsync("person");
        await dialog.GetByLabel("Which").SelectOptionAsync(new SelectOptionValue { Label = expert.Name });
        await Expect(dialog).ToContainTextAsync("Stops 1 person in 1 project; 1 answer in progress is kept.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Suspend now" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("The last disclosure before it is receipt");
        await Expect(dialog).ToContainTextAsync("Acknowledged by 1 vault process.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByText("Suspended: 1 person.")).ToBeVisibleAsync();

        // The page in front of the expert ends, and what was typed is kept.
        await room.Page.ReloadAsync();
        await Expect(room.Heading).ToHaveTextAsync("Work is suspended");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Proof of Person {expert.Name}" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Nothing was disclosed in this scope since");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume person" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is suspended" })).ToBeVisibleAsync();
        await room.Page.GotoAsync(project.Work);
        await Expect(room.Rationale).ToHaveValueAsync("Half typed");
    }

    /// <summary>The checkpoint has another root than was signed.</summary>
    private static string ForgeCheckpoint(string ledger)
    {
        var forged = JsonNode.Parse(ledger)!;
        var checkpoint = forged["log"]!["checkpoint"]!;
        var lines = Encoding.UTF8.GetString(Convert.FromBase64String(checkpoint["note"]!.GetValue<string>())).Split('\n');
        lines[2] = NoHash;
        checkpoint["note"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return forged.ToJsonString();
    }
}
