using System.Collections.Concurrent;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Server.Telling;

/// <summary>The suspensions in force, asked of the vault once for all pages that wait to be told.</summary>
internal sealed class RecentSuspensions(IVault vault, TimeProvider time)
{
    /// <summary>How old an answer may be.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<LabId, Asked> labs = new();

    public async ValueTask<IReadOnlyList<Suspension>> OfAsync(LabId lab)
    {
        var known = labs.GetValueOrDefault(lab);
        if (known is null || time.GetElapsedTime(known.At) >= Age)
        {
            var asked = new Asked(time.GetTimestamp(), new Lazy<Task<IReadOnlyList<Suspension>>>(() => vault.SuspensionsAsync(lab).AsTask()));
            // One of those that come at once asks; the others wait for its answer.
            known = known is null ? labs.GetOrAdd(lab, asked)
                : labs.TryUpdate(lab, asked, known) ? asked : labs[lab];
        }

        return await known.Found.Value;
    }

    private sealed record Asked(long At, Lazy<Task<IReadOnlyList<Suspension>>> Found);
}
