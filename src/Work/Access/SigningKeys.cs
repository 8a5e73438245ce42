using System.Collections.Concurrent;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Access;

/// <summary>Which browser keys people have, kept in memory for the requests that ask again. The vault has the last word on each.</summary>
public sealed class SigningKeys(IVault vault, TimeProvider time)
{
    // Keys come and go by this server's own requests, which say so here; by the vault's own tools only now and then.
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(LabId Lab, Guid Person), (Guid[] Keys, long Loaded)> known = new();
    private int changes;

    /// <summary>Keys that are enrolled and not revoked, newest first.</summary>
    public ValueTask<IReadOnlyList<Guid>> OfAsync(LabId lab, Guid person, CancellationToken cancellation) =>
        known.TryGetValue((lab, person), out var entry) && time.GetElapsedTime(entry.Loaded) <= Trust
            ? new(entry.Keys)
            : LoadAsync(lab, person, cancellation);

    /// <summary>A key of the person's was enrolled or revoked.</summary>
    public void Forget(LabId lab, Guid person)
    {
        Interlocked.Increment(ref changes);
        known.TryRemove((lab, person), out _);
    }

    private async ValueTask<IReadOnlyList<Guid>> LoadAsync(LabId lab, Guid person, CancellationToken cancellation)
    {
        var before = Volatile.Read(ref changes);
        var enrolled = await vault.EnrolledKeysAsync(lab, person, cancellation);
        Guid[] keys = [.. enrolled.Where(key => key.RevokedAt is null).Select(key => key.Id)];
        known[(lab, person)] = (keys, time.GetTimestamp());
        // What was read may have changed before it was kept.
        if (Volatile.Read(ref changes) != before)
            known.TryRemove((lab, person), out _);
        return keys;
    }
}
