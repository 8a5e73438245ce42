using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Processes;

/// <summary>The last look before plaintext is handed out, and what passed it in the last two seconds.</summary>
/// <remarks>
/// Look and note are one step: whoever changes the suspensions and then asks what is in flight learns of every hand-out
/// that was judged without them.
/// </remarks>
/// <param name="lease">Null where this is the store's only vault process.</param>
internal sealed class HandOuts(Suspensions suspensions, Lease? lease, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private readonly Lock passing = new();
    private readonly Queue<HandOut> passed = [];

    /// <summary>Lets a hand-out pass, unless it is suspended.</summary>
    /// <param name="suspension">What stops it; null: it may go out.</param>
    /// <returns>False: this process has no lease at this moment, and nothing is decided.</returns>
    public bool TryPass(Disclosure disclosure, long lab, long receipt, out Suspension? suspension)
    {
        lock (passing)
        {
            var at = time.GetTimestamp();
            suspension = suspensions.Covering(disclosure, time.GetUtcNow());
            if (lease is { IsHeld: false })
                return false;
            if (suspension is null)
            {
                while (passed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, at) > Kept)
                    passed.Dequeue();
                passed.Enqueue(new HandOut(lab, receipt, disclosure, at));
            }

            return true;
        }
    }

    /// <summary>What passed in the last two seconds, oldest first.</summary>
    public IReadOnlyList<HandOut> InFlight()
    {
        lock (passing)
        {
            var now = time.GetTimestamp();
            return [.. passed.Where(one => time.GetElapsedTime(one.At, now) <= Kept)];
        }
    }

    /// <param name="Lab">Number of the lab.</param>
    /// <param name="Receipt">Sequence number.</param>
    /// <param name="At">Timestamp of the look.</param>
    internal readonly record struct HandOut(long Lab, long Receipt, Disclosure Disclosure, long At);
}
