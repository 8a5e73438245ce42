using System.Collections.Concurrent;
using Cofferdam.Vault.Contract;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Quality.Figures;

/// <summary>The last figures of each project that somebody looked at. Nothing is stored: what can be counted is counted again.</summary>
/// <remarks>
/// Counting a million answers takes seconds, and many may look at once. So one count runs at a time per project, an
/// older one is shown meanwhile with its time, and counting takes at most a tenth of the time there is.
/// </remarks>
internal sealed partial class FiguresBook(FiguresReading reading, TimeProvider time, ILogger<FiguresBook> log)
{
    private const int Share = 10;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>How long somebody waits for a count that may be quick, where there is an older one to show.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Guid, Page> pages = [];

    public async Task<FiguresView> GetAsync(LabId lab, Guid project, CancellationToken cancellation)
    {
        var page = pages.GetOrAdd(project, static _ => new Page());
        var (last, running) = page.Look(time.GetUtcNow(), () => CountAsync(page, lab, project));
        if (running is null)
            return last!;
        if (last is null)
            return await running.WaitAsync(cancellation);
        await Task.WhenAny(running, Task.Delay(Patience, cancellation));
        return page.Last!;
    }

    private async Task<FiguresView> CountAsync(Page page, LabId lab, Guid project)
    {
        // Not on the caller's thread, nor ended with its request: others wait for it too.
        await Task.Yield();
        var started = time.GetTimestamp();
        try
        {
            var view = await reading.ReadAsync(lab, project, CancellationToken.None);
            page.Counted(view, view.AsOf + Max(Fresh, time.GetElapsedTime(started) * Share));
            return view;
        }
        catch (Exception exception)
        {
            page.Failed();
            CountFailed(project, exception.GetType().Name);
            throw;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [LoggerMessage(1, LogLevel.Error, "Counting the figures of project {Project} failed: {Exception}")]
    private partial void CountFailed(Guid project, string exception);

    /// <summary>Figures of one project; its members are guarded by its lock.</summary>
    private sealed class Page
    {
        private readonly Lock gate = new();
        private FiguresView? last;
        private DateTimeOffset next;
        private Task<FiguresView>? running;

        public FiguresView? Last
        {
            get
            {
                lock (gate)
                    return last;
            }
        }

        /// <summary>What there is, and the count under way, which is begun where it is time.</summary>
        public (FiguresView? Last, Task<FiguresView>? Running) Look(DateTimeOffset now, Func<Task<FiguresView>> count)
        {
            lock (gate)
            {
                if (running is null && (last is null || now >= next))
                    running = count();
                return (last, running);
            }
        }

        public void Counted(FiguresView view, DateTimeOffset again)
        {
            lock (gate)
                (last, next, running) = (view, again, null);
        }

        public void Failed()
        {
            lock (gate)
                running = null;
        }
    }
}
