using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>How much each person has read this hour and minute. The sequencer's alone.</summary>
/// <remarks>
/// First reads are counted from the receipts when a person is first met, so a restart forgets none. A batch that fails
/// leaves its counts standing, which errs on the safe side.
/// </remarks>
internal sealed class ReadingLimits(VaultStore store, VaultLimits limits)
{
    private readonly Dictionary<(long Lab, Guid Principal), Usage> usages = [];

    /// <summary>Counts an open if it is within the limits.</summary>
    /// <returns>Why not, or null: counted.</returns>
    public RefusalReason? Count(long lab, Principal principal, Act act, int first, int again, DateTimeOffset now)
    {
        if (principal.Kind != PrincipalKind.Person || act != Act.Open)
            return null;

        var usage = UsageOf(lab, principal.Pseudonym, now);
        if (usage.First + first > limits.FirstReadsPerHour)
            return RefusalReason.FirstReadsSpent;
        if (usage.Again + again > limits.RereadsPerMinute)
            return RefusalReason.RereadsSpent;
        usage.First += first;
        usage.Again += again;
        return null;
    }

    /// <summary>First reads that a person has left this hour; null where none are counted.</summary>
    public long? Left(long lab, Principal principal, Act act, DateTimeOffset now) =>
        principal.Kind == PrincipalKind.Person && act == Act.Open ? limits.FirstReadsPerHour - UsageOf(lab, principal.Pseudonym, now).First : null;

    /// <summary>Drops what was counted: another process may have counted on.</summary>
    public void Forget() => usages.Clear();

    private Usage UsageOf(long lab, Guid principal, DateTimeOffset now)
    {
        var hour = now.UtcTicks / TimeSpan.TicksPerHour;
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        if (!usages.TryGetValue((lab, principal), out var usage))
        {
            var since = new DateTimeOffset(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);
            usages[(lab, principal)] = usage = new Usage { Hour = hour, Minute = minute, First = store.FirstReads(lab, principal, since) };
        }

        if (usage.Hour != hour)
            (usage.Hour, usage.First) = (hour, 0);
        if (usage.Minute != minute)
            (usage.Minute, usage.Again) = (minute, 0);
        return usage;
    }

    private sealed class Usage
    {
        public long Hour { get; set; }

        public long First { get; set; }

        public long Minute { get; set; }

        public long Again { get; set; }
    }
}
