using Cofferdam.Browser.Tests.Suite;
using Cofferdam.Package;

namespace Cofferdam.Browser.Tests;

public sealed class DeliveryTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task Delivery_MadeAndDownloaded_IsSoundAndDisclosed()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var reviewer = await lab.EnrolAsync("reviewer");
        await project.AnswerAsync(expert, tasks: 4);
        await project.AcceptAsync(reviewer, answers: 4);

        var page = (await VisitAsync(lab.Owner.Node)).Page;
        await page.GotoAsync(project.Studio("deliveries"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Make delivery" }).ClickAsync();
        var made = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" }).GetByRole(AriaRole.Row).Nth(1);
        await Expect(made).ToContainTextAsync("Ready");
        var download = await page.RunAndWaitForDownloadAsync(() => made.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());

        var key = (await lab.Owner.Lab.DeliveryKeyAsync(Cancellation)).OrThrow().Key;
        await Expect(page.GetByLabel("delivery key (Ed25519)", new() { Exact = true })).ToHaveTextAsync(key);
        var report = await PackageVerifier.VerifyAsync(await download.PathAsync(), Convert.FromBase64String(key), cancellation: Cancellation);
        report.IsSound.ShouldBeTrue(string.Join('\n', report.Checks.Where(check => !check.Passed)));

        // Who saw what: the expert the items and the guidelines, the delivery the items once more.
        await page.GetByRole(AriaRole.Tab, new() { Name = "Disclosures" }).ClickAsync();
        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Disclosures" }).GetByRole(AriaRole.Row);
        await Expect(rows.Filter(new() { HasText = "a delivery" }).Filter(new() { HasText = "4 items" })).ToHaveCountAsync(1);
        await Expect(rows.Filter(new() { HasText = reviewer.Name }).Filter(new() { HasText = "a review" })).ToHaveCountAsync(4);
        await page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = expert.Name });
        await Expect(rows.Filter(new() { HasText = lab.Owner.Name })).ToHaveCountAsync(0);
        var shown = rows.Filter(new() { HasText = "a task" }).Last;
        await Expect(shown).ToContainTextAsync("1 item, 2 guideline sections");

        await shown.GetByRole(AriaRole.Button, new() { Name = "Open receipt" }).ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await Expect(drawer).ToContainTextAsync("The ledger's leaf commits to exactly these facts");
        await Expect(drawer).ToContainTextAsync(expert.Name);
        await Expect(drawer.GetByText("Fits", new() { Exact = true })).ToHaveCountAsync(3);
    }
}
