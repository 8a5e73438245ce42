using System.Security.Cryptography;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Budgets;

/// <summary>What is kept between batches of policies and of what was spent. The sequencer's alone.</summary>
internal sealed class BudgetBook(VaultStore store, PolicyBook policies, BudgetSeals seals)
{
    /// <summary>As many disclosures to engagements and hosts are remembered, so that none is written twice.</summary>
    private const int MostRemembered = 200_000;

    private readonly Dictionary<long, PolicyInForce> inForce = [];
    private readonly Dictionary<BudgetKey, UseRow> uses = [];
    private readonly HashSet<long> checkedLabs = [];
    // Rows that this process has seen: one of them that is gone was deleted.
    private readonly HashSet<BudgetKey> known = [];
    private readonly HashSet<ShownRow> shown = [];

    public VaultStore Store => store;

    public BudgetSeals Seals => seals;

    public RereadPace Pace { get; } = new();

    public PolicyInForce PolicyOf(LabKeys lab)
    {
        if (!inForce.TryGetValue(lab.Number, out var policy))
            inForce[lab.Number] = policy = policies.Load(lab);
        return policy;
    }

    /// <summary>A policy has come into force: its receipt is durable.</summary>
    public void Take(LabKeys lab, PolicyInForce policy) => inForce[lab.Number] = policy;

    public bool TryUse(BudgetKey key, out UseRow? row) => uses.TryGetValue(key, out row);

    public bool IsKnownShown(ShownRow row) => shown.Contains(row);

    /// <summary>Reads what was spent, within the transaction; of subjects that are new, nothing.</summary>
    /// <exception cref="VaultStoreException">The store was edited.</exception>
    public void Load(LabKeys lab, IReadOnlyCollection<BudgetKey> keys, DateTimeOffset now)
    {
        if (checkedLabs.Add(lab.Number))
            Check(lab, store.Uses(lab.Number));
        var found = store.ReadUses(keys);
        Check(lab, found);
        foreach (var row in found)
            uses[row.Key] = row;
        foreach (var key in keys.Where(key => !uses.ContainsKey(key)))
        {
            if (known.Contains(key))
                throw Edited();
            uses[key] = New(key, now);
        }
    }

    /// <summary>A batch is durable.</summary>
    public void Commit(IReadOnlyCollection<UseRow> rows, IReadOnlyCollection<ShownRow> disclosed)
    {
        foreach (var row in rows)
        {
            uses[row.Key] = row;
            known.Add(row.Key);
        }

        if (shown.Count + disclosed.Count > MostRemembered)
            shown.Clear();
        shown.UnionWith(disclosed);
    }

    /// <summary>Drops what another vault process may have changed, or a failed batch has left.</summary>
    public void Drop()
    {
        inForce.Clear();
        uses.Clear();
        Pace.Drop();
    }

    /// <summary>What a person read before counters were kept stands in the receipts; so does what a row that was deleted said.</summary>
    private UseRow New(BudgetKey key, DateTimeOffset now)
    {
        var hour = Hours.Of(now);
        return key.Kind == BudgetKind.Person
            ? new UseRow(key, null, hour, store.FirstReads(key.Lab, key.Subject, Hours.Start(hour)), store.FirstReads(key.Lab, key.Subject, DateTimeOffset.UnixEpoch), [])
            : new UseRow(key, null, hour, 0, 0, []);
    }

    private void Check(LabKeys lab, IEnumerable<UseRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Key.Lab != lab.Number || !CryptographicOperations.FixedTimeEquals(seals.Mac(lab, row), row.Mac)
                // The name of a host is what its id is made of.
                || (row.Key.Kind == BudgetKind.Host && VaultProcess.HostOf(row.Name ?? "") != row.Key.Subject))
            {
                checkedLabs.Remove(lab.Number);
                throw Edited();
            }

            known.Add(row.Key);
        }
    }

    private static VaultStoreException Edited() =>
        new("A counter of what was shown is not as it was kept: the vault's store was edited. Nothing is opened that it would count. Restore a backup.");
}

/// <summary>Clock hours since 1970, UTC.</summary>
internal static class Hours
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerHour;

    public static DateTimeOffset Start(long hour) => DateTimeOffset.UnixEpoch.AddHours(hour);
}
