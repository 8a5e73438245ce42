using Cofferdam.ApiClient;
using Microsoft.Playwright;

namespace Cofferdam.Bench;

/// <summary>
/// The workroom in Chromium with a clock in it. The clock begins with a key's own time stamp, when the browser had it,
/// and ends with the first task after the frame in which its effect was drawn: when that frame has gone to the screen.
/// </summary>
internal sealed class WorkroomPage(IPage page) : IDisposable
{
    private const string Clock =
        """
        (() => {
          const times = [];
          // An animation frame's callback comes before its painting; the next message comes after it.
          const painted = (done) => requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now());
            port2.postMessage(0);
          });
          window.bench = {
            times,
            // What stands on the page; a task is another one when its text is another element.
            text: () => document.querySelector('[data-span-text]'),
            open: null,
          };
          addEventListener('keydown', (event) => {
            const began = event.timeStamp;
            if (event.key === 'Enter' && event.ctrlKey) {
              const before = window.bench.text();
              const look = () => {
                const now = window.bench.text();
                if (!now || now === before) return requestAnimationFrame(look);
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => (window.bench.open = performance.now() - began);
                port2.postMessage(0);
              };
              window.bench.open = null;
              requestAnimationFrame(look);
            } else if (!['Control', 'Shift', 'Alt'].includes(event.key)) {
              painted((end) => times.push([event.key, end - began]));
            }
          }, { capture: true });
        })();
        """;

    private readonly SemaphoreSlim fetched = new(0);

    public void Dispose() => fetched.Dispose();

    public static async Task<WorkroomPage> OpenAsync(IBrowser chromium, NodeClient signedIn, string path)
    {
        var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.AddCookiesAsync(signedIn.Cookies.Split("; ").Select(pair => pair.Split('=', 2)).Select(pair => new Cookie
        {
            Name = pair[0],
            Value = pair[1],
            Domain = signedIn.Address.Host,
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteAttribute.Strict,
        }));
        await context.AddInitScriptAsync(Clock);
        var room = new WorkroomPage(await context.NewPageAsync());
        await room.EnterAsync(new Uri(signedIn.Address, path).ToString());
        return room;
    }

    /// <summary>Waits until the next task lies ready behind the one in front, as it does long before a person is done.</summary>
    public async Task NextIsReadyAsync()
    {
        if (!await fetched.WaitAsync(TimeSpan.FromSeconds(60)))
            throw new TimeoutException("the next task did not come");
    }

    /// <summary>Presses keys one by one, each after the effect of the one before was painted.</summary>
    /// <returns>Milliseconds from each key to its paint.</returns>
    public async Task<IReadOnlyList<double>> PressAsync(params string[] keys)
    {
        await page.EvaluateAsync("() => void (window.bench.times.length = 0)");
        for (var pressed = 0; pressed < keys.Length; pressed++)
        {
            await page.Keyboard.PressAsync(keys[pressed]);
            await page.WaitForFunctionAsync("count => window.bench.times.length >= count", pressed + 1);
        }

        return await page.EvaluateAsync<double[]>("() => window.bench.times.map(([, ms]) => ms)");
    }

    /// <summary>Submits.</summary>
    /// <returns>Milliseconds from the key to the paint of the next item.</returns>
    public async Task<double> SubmitAsync()
    {
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForFunctionAsync("() => window.bench.open !== null");
        return await page.EvaluateAsync<double>("() => window.bench.open");
    }

    private async Task EnterAsync(string url)
    {
        page.RequestFinished += (_, request) =>
        {
            if (request.Url.EndsWith("/tasks/next", StringComparison.Ordinal))
                fetched.Release();
        };
        await page.GotoAsync(url);
        await page.WaitForSelectorAsync("[data-span-text]");
        // The one in front.
        await NextIsReadyAsync();
    }
}
