using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Work.Slots;

/// <summary>
/// Slots that were leased for people who sign, before they open them: what is to be signed must be known first. They count
/// among the tasks in hand, so that nobody holds more than the batch allows. What nobody opens goes back.
/// </summary>
/// <remarks>In memory alone: after a restart such a slot is one that its holder has not opened yet, and ends with its lease.</remarks>
public sealed class SlotsAhead(SlotLoop slots, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>As long as the nonce that was handed out for it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, Ahead> held = [];
    private readonly ConcurrentDictionary<(Guid Project, Guid Person), Guid> newest = [];
    private ITimer? timer;

    private sealed record Ahead(Guid Project, Guid Person, Guid Session, DateTimeOffset Until);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => _ = ReleaseAsync(one => one.Until <= time.GetUtcNow()), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (timer is not null)
            await timer.DisposeAsync();
    }

    public void Dispose() => timer?.Dispose();

    /// <summary>The session has ended, and with it whatever was held for it.</summary>
    public Task ReleaseAsync(Guid session) => ReleaseAsync(one => one.Session == session);

    /// <summary>The slot that waits for this person; null where none does.</summary>
    internal Guid? Of(Guid project, Guid person) => newest.TryGetValue((project, person), out var slot) ? slot : null;

    internal void Keep(Guid project, Guid person, Guid session, Guid slot)
    {
        held[slot] = new Ahead(project, person, session, time.GetUtcNow() + Longest);
        newest[(project, person)] = slot;
    }

    /// <summary>It was opened, given back or lost.</summary>
    internal void Forget(Guid project, Guid person, Guid slot)
    {
        held.TryRemove(slot, out _);
        newest.TryRemove(new((project, person), slot));
    }

    private async Task ReleaseAsync(Func<Ahead, bool> which)
    {
        foreach (var (slot, one) in held)
        {
            // Whoever takes it out gives it back, and nobody else.
            if (!which(one) || !held.TryRemove(slot, out _))
                continue;
            newest.TryRemove(new((one.Project, one.Person), slot));
            await slots.ReleaseAsync(one.Project, slot, one.Person);
        }
    }
}
