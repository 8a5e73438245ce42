using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

/// <summary>The pictures in the documentation. They are written where COFFERDAM_UPDATE=1 is set, and only taken otherwise.</summary>
public sealed class ScreenTests(Stage stage) : Walk(stage)
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("COFFERDAM_UPDATE") == "1";

    [Fact]
    public async Task Screens_SampleProject_AreTaken()
    {
        var lab = await LabAsync("maya.stone");
        var project = await lab.SampleAsync();
        var ada = await lab.EnrolAsync("annotator", "ada.marsh");
        var jonas = await lab.EnrolAsync("annotator", "jonas.berg");
        var noor = await lab.EnrolAsync("reviewer", "noor.haddad");
        await project.AnswerAsync(ada, tasks: 9, "It answers what was asked, and in fewer words.");
        await project.AnswerAsync(jonas, tasks: 5, "Both are right; this one says how long it takes.");
        await project.AcceptAsync(noor, answers: 6);

        var page = (await VisitAsync()).Page;
        await page.GotoAsync("/sign-in");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToBeVisibleAsync();
        await TakeAsync(page, "sign-in");

        var room = new Workroom((await VisitAsync(jonas.Node)).Page);
        await room.EnterAsync(project);
        // The friendlier message is the better one, on whichever side it stands.
        var friendly = (await room.ResponseA.InnerTextAsync()).Contains("I hope you are well", StringComparison.Ordinal);
        await room.Page.Keyboard.PressAsync(friendly ? "2" : "4");
        await room.TypeAsync("It is friendly, gives a reason and offers something in return.");
        await room.SavesAsync();
        await TakeAsync(room.Page, "workroom");
        await room.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await TakeAsync(room.Page, "workroom-dark");
        await room.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await room.Page.SetViewportSizeAsync(380, 800);
        await TakeAsync(room.Page, "workroom-380");

        var zoomed = new Workroom((await VisitAsync(ada.Node, new() { ViewportSize = new() { Width = 720, Height = 450 }, DeviceScaleFactor = 2 })).Page);
        await zoomed.EnterAsync(project);
        (await zoomed.Page.EvaluateAsync<int>("() => document.scrollingElement.scrollTop")).ShouldBe(0);
        await TakeAsync(zoomed.Page, "workroom-200");

        page = (await VisitAsync(noor.Node)).Page;
        await page.GotoAsync(project.Review);
        await Expect(page.GetByText("Both are right; this one").Or(page.GetByText("and in fewer words."))).ToBeVisibleAsync();
        await TakeAsync(page, "review");

        page = (await VisitAsync(lab.Owner.Node)).Page;
        await page.GotoAsync(project.Studio("figures"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Answers by state" })).ToBeVisibleAsync();
        await TakeAsync(page, "project");
        await page.GotoAsync(project.Studio("guidelines"));
        await Expect(page.GetByText("Published versions").First).ToBeVisibleAsync();
        await TakeAsync(page, "guidelines");
        await page.GotoAsync(project.Studio("disclosures"));
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "a review" }).First).ToBeVisibleAsync();
        await TakeAsync(page, "disclosures");

        var other = await lab.ProjectAsync([Texts.RightToLeft]);
        room = new Workroom((await VisitAsync(ada.Node)).Page);
        await room.EnterAsync(other);
        await room.TypeAsync("الجواب الأول يذكر الخطوات والمدة.");
        await room.SavesAsync();
        await TakeAsync(room.Page, "workroom-rtl");

        (await lab.Owner.Lab.SuspendAsync(new SuspensionBody("person", jonas.Pseudonym, "contractQuestion"), Cancellation)).OrThrow();
        (await lab.Owner.Lab.SuspendAsync(new SuspensionBody("export", null, "plannedPause"), Cancellation)).OrThrow();
        // The second look is the one that compares.
        foreach (var (tab, text) in new[] { ("ledger", "Checked in this browser"), ("ledger", "It last looked"), ("suspensions", "All exports"), ("budgets", "Any few people together") })
        {
            await page.GotoAsync($"/labs/{lab.Slug}/security/{tab}");
            await Expect(page.GetByText(text).First).ToBeVisibleAsync();
            await TakeAsync(page, $"security-{tab}");
        }
    }

    [Fact]
    public async Task Screens_EveryKindOfQuestion_AreTaken()
    {
        var lab = await LabAsync("maya.stone-2");
        var ada = await lab.EnrolAsync("annotator", "ada.marsh-2");
        var noor = await lab.EnrolAsync("reviewer", "noor.haddad-2");
        foreach (var (name, plan) in new[] { ("choice", Kinds.Choice), ("ranking", Kinds.Ranking), ("scales", Kinds.Scales), ("spans", Kinds.Spans) })
        {
            var project = await lab.ProjectAsync(plan);
            var room = new Workroom((await VisitAsync(ada.Node)).Page);
            await room.Page.GotoAsync(project.Work);
            await Expect(room.HaveRead).ToBeVisibleAsync();
            if (name == "choice")
                await TakeAsync(room.Page, "briefing");
            await room.HaveRead.ClickAsync();
            await room.ReadyAsync();
            foreach (var key in name switch { "choice" => (string[])["c"], "ranking" => ["3", "4", "1", "2"], "scales" => ["2"], _ => [] })
                await room.Page.Keyboard.PressAsync(key);
            if (name == "spans")
                await room.MarkAsync("Seaford", "l");
            await TakeAsync(room.Page, $"workroom-{name}");
            if (name != "spans")
                continue;

            await room.Page.Keyboard.PressAsync("Control+Enter");
            await room.Page.GotoAsync($"{project.Work}/day");
            await Expect(room.Heading).ToContainTextAsync("Your day");
            await TakeAsync(room.Page, "day");
            var staff = (await VisitAsync(lab.Owner.Node)).Page;
            foreach (var (tab, text) in new[] { ("form", "is in force"), ("data", "items.jsonl"), ("questions", "No questions"), ("batches", "First round"), ("decisions", "Nothing was passed on"), ("acceptance", "No batch was judged yet"), ("people", "In hand"), ("deliveries", "Make a delivery") })
            {
                await staff.GotoAsync(project.Studio(tab));
                await Expect(staff.GetByText(text).First).ToBeVisibleAsync();
                await TakeAsync(staff, tab);
            }

            await staff.GotoAsync(project.Studio("data"));
            await new Studio(staff).ChooseFileAsync("File of items", "more.csv", "text/csv", "No;Message\n1;The lock is open.\n2;\"Two lines,\nin quotes.\""u8.ToArray());
            await Expect(staff.GetByText("Which field is what")).ToBeVisibleAsync();
            await TakeAsync(staff, "import");
            await staff.GotoAsync($"/labs/{lab.Slug}/people");
            await Expect(staff.GetByText(noor.Name)).ToBeVisibleAsync();
            await TakeAsync(staff, "people-of-the-lab");
            await staff.GotoAsync($"/labs/{lab.Slug}/settings");
            await Expect(staff.GetByRole(AriaRole.Heading, new() { Name = "Your settings" })).ToBeVisibleAsync();
            await TakeAsync(staff, "settings");
            await room.Page.GotoAsync($"/labs/{lab.Slug}/work");
            await Expect(room.Heading).ToBeVisibleAsync();
            await TakeAsync(room.Page, "work-list");
        }

        var slides = await lab.ProjectAsync(Pictures.Plan);
        var owner = (await VisitAsync(lab.Owner.Node)).Page;
        await owner.GotoAsync(slides.Studio("data"));
        await new Studio(owner).ChooseFileAsync("Images", "slide-1.png", "image/png", await Pictures.DrawAsync(owner.Context.Browser!));
        await owner.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Table, new() { Name = "Imports" }).GetByRole(AriaRole.Row).Last).ToContainTextAsync("Done");
        (await slides.Staff.OpenBatchAsync(Pictures.Plan.Batch, Cancellation)).OrThrow();
        var viewer = new Workroom((await VisitAsync(ada.Node)).Page);
        await viewer.EnterAsync(slides);
        await viewer.Page.WaitForFunctionAsync("() => document.querySelector('main img')?.naturalWidth > 0");
        await TakeAsync(viewer.Page, "workroom-image");
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await page.Mouse.MoveAsync(0, 0);
        var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        if (Update)
            await File.WriteAllBytesAsync(Path.Combine(Checkout.Screens, $"{name}.png"), picture);
    }
}
