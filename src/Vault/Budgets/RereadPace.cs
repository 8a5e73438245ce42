namespace Cofferdam.Vault.Budgets;

/// <summary>How much each person has read again this minute.</summary>
/// <remarks>
/// A pace and no budget: what is read again is known already. It is kept in memory alone, so that reading a task's
/// guidelines again writes nothing but its receipt; each vault process counts for itself.
/// </remarks>
internal sealed class RereadPace
{
    private readonly Dictionary<(long Lab, Guid Person), int> counts = [];
    private readonly Dictionary<(long Lab, Guid Person), int> pending = [];
    private long minute;

    /// <summary>Counts within the batch that is being put together, where it is within the limit.</summary>
    public bool TryCount(long lab, Guid person, int again, int limit, DateTimeOffset now)
    {
        var current = now.UtcTicks / TimeSpan.TicksPerMinute;
        if (current > minute)
        {
            minute = current;
            counts.Clear();
            pending.Clear();
        }

        var key = (lab, person);
        var counted = (long)counts.GetValueOrDefault(key) + pending.GetValueOrDefault(key) + again;
        if (counted > limit)
            return false;
        pending[key] = pending.GetValueOrDefault(key) + again;
        return true;
    }

    /// <summary>The batch is durable.</summary>
    public void Commit()
    {
        foreach (var (key, again) in pending)
            counts[key] = counts.GetValueOrDefault(key) + again;
        pending.Clear();
    }

    /// <summary>The batch is not.</summary>
    public void Drop() => pending.Clear();
}
