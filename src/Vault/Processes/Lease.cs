using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Processes;

/// <summary>How long this process may hand out for without asking again.</summary>
/// <remarks>
/// Counted from before the renewal was sent, so that it ends here before it ends by the server's clock. Two clocks: the
/// monotonic one stands still while a machine sleeps, the other can be set back.
/// </remarks>
internal sealed class Lease(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(PostgresProcesses.LeaseMilliseconds);

    private volatile Grant? grant;

    public bool IsHeld => grant is { } held && time.GetElapsedTime(held.From) < Length && time.GetUtcNow() - held.FromUtc < Length;

    public Grant Begin() => new(time.GetTimestamp(), time.GetUtcNow());

    public void Extend(Grant from) => grant = from;

    /// <summary>The instant before a renewal was sent.</summary>
    public sealed record Grant(long From, DateTimeOffset FromUtc);
}
