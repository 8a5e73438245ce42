using System.Text.Json;
using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class ImageTests(Stage stage) : Walk(stage)
{
    [Fact]
    public async Task Image_ImportedByTheWizard_IsShownWholeToExpertAndReviewer()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync(Pictures.Plan);
        var expert = await lab.EnrolAsync("annotator");
        var visitor = await VisitAsync(lab.Owner.Node);
        await Axe.AddAsync(visitor);
        var page = visitor.Page;
        var studio = new Studio(page);

        await page.GotoAsync(project.Studio("data"));
        await studio.ChooseFileAsync("Images", new FilePayload { Name = "cells <img src=x>.png", MimeType = "image/png", Buffer = await Pictures.DrawAsync(page.Context.Browser!) });
        await Expect(page.GetByText("Each image becomes an item.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Imports" }).GetByRole(AriaRole.Row).Last).ToContainTextAsync("Done");
        await Axe.CheckAsync(page, "images imported");
        (await project.Staff.OpenBatchAsync(Pictures.Plan.Batch, Cancellation)).OrThrow();

        var worker = await VisitAsync(expert.Node);
        await Axe.AddAsync(worker);
        var room = new Workroom(worker.Page);
        await room.EnterAsync(project);
        await IsShownAsync(room.Page);
        await Axe.CheckAsync(room.Page, "workroom, image");
        await room.Page.GetByRole(AriaRole.Group, new() { Name = "Image, zoom and move" }).FocusAsync();
        await room.Page.Keyboard.PressAsync("+");
        await Expect(room.Page.GetByText("100 %")).ToHaveCountAsync(0);
        await room.Page.Keyboard.PressAsync("g");
        await room.Page.Keyboard.PressAsync("Control+Enter");
        await room.EndsAsync();

        var judge = (await VisitAsync((await lab.EnrolAsync("reviewer")).Node)).Page;
        await judge.GotoAsync(project.Review);
        await IsShownAsync(judge);
    }

    private static async Task IsShownAsync(IPage page)
    {
        var image = page.Locator("main img");
        await Expect(image).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('main img').naturalWidth > 0");
        (await image.EvaluateAsync<JsonElement>("image => [image.naturalWidth, image.naturalHeight]")).EnumerateArray().Select(side => side.GetInt32()).ShouldBe([Pictures.Width, Pictures.Height]);
    }
}
