using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>The newest leaves of a log, kept from the commit until they are written, so that they need not be read again.</summary>
/// <remarks>The sequencer adds, the publisher takes. Where it would grow too long it begins anew: the store has every leaf.</remarks>
internal sealed class LogTail
{
    /// <summary>Some 10 MB.</summary>
    public const int MaxLeaves = 32_768;

    private readonly Lock gate = new();
    private readonly List<ReadOnlyMemory<byte>> leaves = [];
    private LedgerRow? head;
    private long start;

    /// <summary>The ledger as this process last committed it; null where it has not since it started.</summary>
    public LedgerRow? Head
    {
        get
        {
            lock (gate)
                return head;
        }
    }

    public void Add(LedgerRow committed, long from, IReadOnlyList<byte[]> more)
    {
        lock (gate)
        {
            head = committed;
            if (from != start + leaves.Count || leaves.Count + more.Count > MaxLeaves)
            {
                leaves.Clear();
                start = from;
            }

            foreach (var leaf in more)
                leaves.Add(leaf);
        }
    }

    /// <summary>The leaves of a run, as far as they are here; none where its first is not.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take(long from, long to)
    {
        lock (gate)
        {
            if (from < start || from >= start + leaves.Count)
                return [];
            var taken = leaves.GetRange((int)(from - start), (int)(Math.Min(to, start + leaves.Count) - from));
            leaves.RemoveRange(0, (int)(from - start) + taken.Count);
            start = from + taken.Count;
            return taken;
        }
    }
}
