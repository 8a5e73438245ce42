using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class OfflineTests(Stage stage) : Walk(stage)
{
    private const string Secret = "The canary sings of rice and lavender";

    [Fact]
    public async Task Draft_LineIsDown_IsKeptSealedAndSentLater()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var visitor = await VisitAsync(expert.Node);
        var room = new Workroom(visitor.Page);
        await room.EnterAsync(project);

        await visitor.Context.SetOfflineAsync(true);
        await room.TypeAsync(Secret);
        await room.SaysAsync("offline: kept, will send");
        var kept = await room.KeptInBrowserAsync();
        kept.ShouldContain("kind=draft");
        kept.ShouldNotContain("canary");
        kept.ShouldNotContain("EXTRACTABLE");

        await visitor.Context.SetOfflineAsync(false);
        await room.SavesAsync();
        (await room.KeptInBrowserAsync()).ShouldNotContain("kind=draft");
        var held = (await expert.Lab.Work(project.Id).HeldAsync(Cancellation)).OrThrow();
        var drafts = new List<string?>();
        foreach (var slot in held)
            drafts.Add((await expert.Lab.Work(project.Id).OpenAsync(slot.Slot, Cancellation)).OrThrow().Draft?.Answers["rationale"].Text);
        drafts.ShouldContain(Secret);
    }

    /// <summary>label-studio#6674: annotations lost on a flaky network.</summary>
    [Fact]
    public async Task LabelStudio6674_LineBreaksUnderWay_AnswerArrivesOnce()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var visitor = await VisitAsync(expert.Node);
        var room = new Workroom(visitor.Page);
        await room.EnterAsync(project);
        await room.TypeAsync(Secret);
        await room.SavesAsync();

        // The first time the answer arrives, but word of it is lost on the way back.
        var network = await visitor.Context.NewCDPSessionAsync(room.Page);
        var answered = 0;
        network.Event("Fetch.requestPaused").OnEvent += async (_, paused) =>
        {
            var id = new Dictionary<string, object> { ["requestId"] = paused!.Value.GetProperty("requestId").GetString()! };
            if (++answered == 1)
                await network.SendAsync("Fetch.failRequest", new(id) { ["errorReason"] = "ConnectionReset" });
            else
                await network.SendAsync("Fetch.continueResponse", id);
        };
        await network.SendAsync("Fetch.enable", new() { ["patterns"] = new[] { new { urlPattern = "*/submit", requestStage = "Response" } } });
        await room.Scale.First.CheckAsync();
        await room.Page.Keyboard.PressAsync("Control+Enter");
        await room.SaysAsync("1 answer kept here");
        await Expect(room.Heading).ToHaveTextAsync("Task 2 of today");
        await room.SaysAsync("last answer sent");
        answered.ShouldBe(2);
        (await project.SlotsAsync()).Submitted.ShouldBe(1);
        (await room.KeptInBrowserAsync()).ShouldNotContain("kind=submission");
    }

    [Fact]
    public async Task Submit_PageClosedOffline_IsSentByTheNextVisit()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var expert = await lab.EnrolAsync("annotator");
        var visitor = await VisitAsync(expert.Node);
        var room = new Workroom(visitor.Page);
        await room.EnterAsync(project);
        await visitor.Context.SetOfflineAsync(true);
        await room.Scale.First.CheckAsync();
        await room.TypeAsync(Secret);
        await room.Page.Keyboard.PressAsync("Control+Enter");
        await room.SaysAsync("1 answer kept here");
        (await room.KeptInBrowserAsync()).ShouldNotContain("canary");
        (await project.SlotsAsync()).Submitted.ShouldBe(0);

        await room.Page.CloseAsync();
        await visitor.Context.SetOfflineAsync(false);
        var again = new Workroom(await visitor.Context.NewPageAsync());
        await again.Page.GotoAsync(project.Work);
        await again.SaysAsync("last answer sent");
        (await project.SlotsAsync()).Submitted.ShouldBe(1);
    }

    [Fact]
    public async Task SignOut_SomethingUnsent_ErasesWhatTheBrowserKept()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var visitor = await VisitAsync((await lab.EnrolAsync("annotator")).Node);
        var room = new Workroom(visitor.Page);
        await room.EnterAsync(project);
        await visitor.Context.RouteAsync("**/draft", route => route.AbortAsync());
        await room.TypeAsync(Secret);
        await room.SaysAsync("offline: kept, will send");

        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(room.Heading).ToHaveTextAsync("Sign in");
        (await room.KeptInBrowserAsync()).ShouldNotContain("owner=");
    }
}
