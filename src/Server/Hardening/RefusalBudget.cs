using System.Collections.Concurrent;

namespace Cofferdam.Server.Hardening;

/// <summary>
/// How many refusals an account may still cause. Each is a durable receipt, kept for good, and must not be had as often
/// as requests are.
/// </summary>
/// <remarks>
/// A place is taken before anything is asked and given back where nothing was refused, so that many requests at once
/// cause no more receipts than the same requests one by one. Accounts come by enrolment alone: there are few.
/// </remarks>
internal sealed class RefusalBudget(RateLimit limit, TimeProvider time)
{
    private readonly RateLimit limit = limit;
    private readonly TimeProvider time = time;
    private readonly ConcurrentDictionary<Guid, Bucket> buckets = new();

    /// <returns>False where the account has caused too many, or has as many requests under way.</returns>
    public bool TryTake(Guid account) => BucketOf(account).TryTake(time.GetUtcNow());

    public void GiveBack(Guid account) => BucketOf(account).GiveBack();

    private Bucket BucketOf(Guid account) => buckets.GetOrAdd(account, static (_, budget) => new Bucket(budget.limit, budget.time.GetUtcNow()), this);

    private sealed class Bucket(RateLimit limit, DateTimeOffset now)
    {
        private readonly Lock gate = new();
        private double left = limit.Burst;
        private DateTimeOffset filled = now;

        public bool TryTake(DateTimeOffset now)
        {
            lock (gate)
            {
                // A clock that was put back gives nothing, and takes nothing away.
                left = Math.Min(limit.Burst, left + Math.Max(0, (now - filled).TotalSeconds * limit.PerSecond));
                filled = now;
                if (left < 1)
                    return false;
                left--;
                return true;
            }
        }

        public void GiveBack()
        {
            lock (gate)
                left = Math.Min(limit.Burst, left + 1);
        }
    }
}
