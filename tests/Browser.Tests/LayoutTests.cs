using Cofferdam.Browser.Tests.Suite;

namespace Cofferdam.Browser.Tests;

public sealed class LayoutTests(Stage stage) : Walk(stage)
{
    /// <summary>What the first load of the workroom may weigh on the line, in bytes as sent.</summary>
    private const long FirstLoadLimit = 300_000;

    /// <summary>A phone; and a window of 1280 by 800 at 200 %, which is half as wide and high in the page's own pixels.</summary>
    public static TheoryData<int, int, float> Windows { get; } = new() { { 380, 800, 1 }, { 640, 400, 2 } };

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Workroom_LittleRoom_EverythingIsReachable(int width, int height, float scale)
    {
        var lab = await LabAsync();
        var project = await lab.SampleAsync();
        var like = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, DeviceScaleFactor = scale };
        var room = new Workroom((await VisitAsync((await lab.EnrolAsync("annotator")).Node, like)).Page);
        await room.EnterAsync(project);

        foreach (var control in new[] { room.ResponseA, room.Scale.First, room.Scale.Last, room.Rationale, room.Submit })
        {
            await control.ScrollIntoViewIfNeededAsync();
            await Expect(control).ToBeInViewportAsync();
        }

        (await room.Page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")).ShouldBe(0);
        await room.Scale.First.CheckAsync();
        await room.Submit.ClickAsync();
        await Expect(room.Heading).ToHaveTextAsync("Task 2 of today");
    }

    [Fact]
    public async Task Workroom_TextsOfBothDirections_EachFlowsItsOwnWay()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync([Texts.RightToLeft]);
        var room = new Workroom((await VisitAsync((await lab.EnrolAsync("annotator")).Node)).Page);
        await room.EnterAsync(project);

        (await DirectionAsync(room.Prompt.Locator("[dir=auto]"))).ShouldBe("rtl");
        (await DirectionAsync(room.Page.Locator("html"))).ShouldBe("ltr");
        await room.TypeAsync("جواب");
        (await DirectionAsync(room.Rationale)).ShouldBe("rtl");
        await room.Rationale.FillAsync("An answer");
        (await DirectionAsync(room.Rationale)).ShouldBe("ltr");
    }

    [Fact]
    public async Task Workroom_FirstLoad_IsLight()
    {
        var lab = await LabAsync();
        var project = await lab.ProjectAsync();
        var visitor = await VisitAsync((await lab.EnrolAsync("annotator")).Node);
        var network = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        var sent = 0L;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var weights = new List<(long Bytes, string Url)>();
        network.Event("Network.responseReceived").OnEvent += (_, received) =>
            parts[received!.Value.GetProperty("requestId").GetString()!] = received.Value.GetProperty("response").GetProperty("url").GetString()!;
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
        {
            var bytes = (long)finished!.Value.GetProperty("encodedDataLength").GetDouble();
            sent += bytes;
            weights.Add((bytes, parts.GetValueOrDefault(finished.Value.GetProperty("requestId").GetString()!, "?")));
        };
        await network.SendAsync("Network.enable");
        // A question that waits for its answer would keep the line from ever being idle.
        await visitor.Context.RouteAsync("**/told/**", route => route.AbortAsync());

        await new Workroom(visitor.Page).EnterAsync(project);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        sent.ShouldBeInRange(1, FirstLoadLimit, string.Join('\n', weights.OrderDescending()));
    }

    private static Task<string> DirectionAsync(ILocator element) =>
        element.EvaluateAsync<string>("element => getComputedStyle(element).direction");
}
