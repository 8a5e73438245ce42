using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Processes;

/// <summary>Takes up what other vault processes of the store have changed of a lab.</summary>
/// <param name="keysChanged">Called where another process has changed keys: what is kept of them is dropped.</param>
internal sealed class OtherVaults(
    VaultStore store, Suspensions suspensions, KeyRing keys, Func<LabKeys, ReceiptRow, byte[]?> saltOf, Action keysChanged)
{
    private readonly Lock reading = new();
    private readonly Dictionary<long, long> read = [];

    /// <summary>All labs, up to what is committed now.</summary>
    public void TakeUp()
    {
        // Never within a transaction: a custodian may take its time.
        if (keys.DropChanged())
            keysChanged();
        foreach (var (number, lab, epoch) in store.Epochs())
            TakeUp(number, lab, epoch, keys: null);
    }

    /// <summary>One lab, if its epoch is newer than what was read.</summary>
    /// <param name="keys">The lab's, where they are at hand.</param>
    public void TakeUp(long number, LabId lab, long epoch, LabKeys? keys)
    {
        lock (reading)
        {
            if (read.TryGetValue(number, out var known) && known >= epoch)
                return;
            var ofLab = keys ?? KeysOf(lab);
            suspensions.Read(store, number, lab, ofLab is null ? null : row => saltOf(ofLab, row));
            // Without its keys what stops is taken up, and what lifts it is read once more.
            if (ofLab is not null)
                read[number] = epoch;
        }
    }

    private LabKeys? KeysOf(LabId lab)
    {
        try
        {
            return keys.LabAsync(lab, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is KeyCustodyException or VaultUnavailableException)
        {
            return null;
        }
    }
}
