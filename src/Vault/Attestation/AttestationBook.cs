using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Attestation;

/// <summary>What is kept between batches of people and keys. The sequencer's alone.</summary>
internal sealed class AttestationBook(VaultStore store, AttestationSeals seals)
{
    private readonly Dictionary<long, LabAttestations> labs = [];
    private readonly HashSet<long> behind = [];

    public AttestationSeals Seals => seals;

    public UsedNonces Used { get; } = new(store);

    /// <summary>What counts at a lab; read, within the transaction, where another vault process has written since.</summary>
    /// <exception cref="VaultStoreException">The store was edited.</exception>
    public LabAttestations Of(Batch batch, LabKeys lab)
    {
        if (labs.TryGetValue(lab.Number, out var known) && !behind.Contains(lab.Number))
            return known;
        var found = known ?? new LabAttestations();
        foreach (var row in store.AttestationRows(lab.Number, after: found.Version))
            found.Take(seals.Checked(lab, row));
        // The ledger binds which versions rows are at (docs/decisions/0021): where it does not say so, an older row may be back,
        // or all of them gone.
        if (batch.HeadsOf(lab).Standing == HeadStanding.Disputed && (found.Version > AttestationRow.BeforeFirst || HadAny(lab)))
            throw AttestationSeals.Edited();
        behind.Remove(lab.Number);
        return labs[lab.Number] = found;
    }

    /// <summary>A row is committed.</summary>
    public void Take(LabKeys lab, AttestationRow row)
    {
        if (labs.TryGetValue(lab.Number, out var known))
            known.Take(row);
    }

    /// <summary>Another vault process has written to a lab.</summary>
    public void TakeUp(long lab) => behind.Add(lab);

    /// <summary>Drops everything: a batch failed, or the store is to be read anew.</summary>
    public void Drop()
    {
        labs.Clear();
        behind.Clear();
    }

    private bool HadAny(LabKeys lab) =>
        store.HasAttestationReceipts(lab.Number) || store.ClosedLogs(lab.Number).Any(log => store.HasAttestationReceipts(log.Number));
}
