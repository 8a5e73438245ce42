using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Heads;

/// <summary>
/// Which versions records are at, remembered outside the rows that hold them (docs/decisions/0021). The sequencer's
/// thread alone.
/// </summary>
/// <param name="accept">An operator takes the versions found at the start as they are.</param>
internal sealed class HeadVersions(VaultStore store, bool accept)
{
    private readonly Dictionary<long, LabHeads> labs = [];
    private readonly Dictionary<long, LabHeads> dropped = [];
    private readonly Dictionary<long, long> committed = [];

    /// <summary>What is known of a lab; read and checked against the seal in its ledger where it is not.</summary>
    public LabHeads Of(LabKeys lab, LedgerRow ledger, byte[] serviceSaltKey)
    {
        if (labs.TryGetValue(lab.Number, out var known))
            return known;
        var heads = Load(lab, ledger, HeadSeal.Key(serviceSaltKey));
        if (dropped.Remove(lab.Number, out var earlier))
            heads.Remember(earlier);
        return labs[lab.Number] = heads;
    }

    /// <summary>Another process has written to a lab; where its seal does not fit, the lab is read anew.</summary>
    public void TakeUp(LabKeys lab, LedgerRow found)
    {
        if (!labs.TryGetValue(lab.Number, out var known))
            return;
        if (HeadSeal.TryOpen(known.Key, lab.Id.Value, found.Size, found.Frontier, found.Heads, out var sum))
            known.TakeUp(sum);
        else
            labs.Remove(lab.Number);
    }

    /// <summary>A lab's ledger is durable at a size: it is never shorter again.</summary>
    public void Committed(long lab, long size) => committed[lab] = size;

    /// <summary>The store is read anew: a commit failed, or another process wrote.</summary>
    public void Drop()
    {
        foreach (var (lab, heads) in labs)
            dropped[lab] = heads;
        labs.Clear();
    }

    private LabHeads Load(LabKeys lab, LedgerRow ledger, byte[] key)
    {
        var versions = store.Versions(lab.Number);
        var found = new HeadSum();
        foreach (var (record, version) in versions)
            found.Move(key, record, 0, version);

        // A ledger that nothing was written to yet has no seal, and no versions.
        if (ledger.Size == 0 && versions.Count == 0)
            return new LabHeads(key, found, versions, HeadStanding.Sound);
        if (accept && !committed.ContainsKey(lab.Number))
            return new LabHeads(key, found, versions, HeadStanding.Accepted);
        if (!HeadSeal.TryOpen(key, lab.Id.Value, ledger.Size, ledger.Frontier, ledger.Heads, out var sum))
            return new LabHeads(key, found, versions, HeadStanding.Disputed);
        if (committed.GetValueOrDefault(lab.Number) > ledger.Size || store.HasReceiptsBeyond(lab.Number, ledger.Size))
            return new LabHeads(key, sum, versions, HeadStanding.Disputed);
        if (found.IsSameAs(sum))
            return new LabHeads(key, sum, versions, HeadStanding.Sound);
        return TryName(lab.Number, key, found, sum, versions)
            ? new LabHeads(key, sum, versions, HeadStanding.RolledBack)
            : new LabHeads(key, sum, versions, HeadStanding.Disputed);
    }

    /// <summary>Names the records that were rolled back where their history is still there and says so; the sum then agrees.</summary>
    private bool TryName(long lab, byte[] key, HeadSum found, HeadSum sum, Dictionary<Guid, long> versions)
    {
        var named = found.Copy();
        var suspects = store.HeadsBehindHistory(lab);
        foreach (var (record, version, latest) in suspects)
            named.Move(key, record, version, latest + 1);
        if (!named.IsSameAs(sum))
            return false;
        foreach (var (record, _, latest) in suspects)
            versions[record] = latest + 1;
        return true;
    }
}
