using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault.Keys;

/// <summary>Gives a lab another root key and lab key while it works. Records are not touched: their keys stay what they are.</summary>
/// <remarks>
/// 1. <see cref="MakeAsync"/>: root key at the custodian, lab key under it. 2. In one control command <see cref="Install"/>:
/// everything wrapped under the lab key is rewrapped, beside the receipt. 3. Once durable, on the sequencer's thread,
/// <see cref="Take"/>. What fails in between leaves a root key that wraps nothing.
/// </remarks>
internal sealed class Rekeying(VaultNode node)
{
    /// <summary>A lab key that nothing is wrapped under yet, itself wrapped under a new root key.</summary>
    public static ValueTask<(LabKey Key, byte[] Wrapped)> MakeAsync(LabId lab, IKeyCustodian custodian, CancellationToken cancellation) =>
        WrapAsync(lab, Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(KeyRing.KeyBytes), custodian, cancellation);

    /// <summary>A lab key wrapped under a new root key.</summary>
    public static async ValueTask<(LabKey Key, byte[] Wrapped)> WrapAsync(
        LabId lab, Guid id, byte[] key, IKeyCustodian custodian, CancellationToken cancellation)
    {
        var root = await custodian.CreateAsync(lab.Value, cancellation);
        var wrapped = await custodian.WrapAsync(lab.Value, root, key, KeyContext.Lab(lab.Value, id), cancellation);
        return (new LabKey(id, key, custodian.Name, root, custodian.Evaluation), wrapped);
    }

    /// <summary>Puts a lab key in the place of the one in force, in the transaction.</summary>
    /// <param name="recovery">A new recovery key; null: the one that there is, if any, is kept.</param>
    public void Install(Batch batch, LabKeys lab, LabKey key, byte[] wrapped, RecoveryKeyMade? recovery = null)
    {
        var old = node.Keys.Fresh(lab);
        foreach (var keys in WrappedKeys.All)
        {
            foreach (var row in batch.Store.Wrapped(keys, lab.Number))
            {
                var context = keys.Context(lab.Id.Value, row.Ids);
                // What was edited in the store opens no more before than after.
                if (KeyWrap.TryUnwrap(old.Key, context, row.Wrapped, out var under))
                    batch.Store.Rewrap(keys, lab.Number, row with { Wrapped = KeyWrap.Wrap(key.Key, context, under) });
                CryptographicOperations.ZeroMemory(under);
            }
        }

        if (recovery is not null)
            batch.Store.PutRecovery(lab.Number, RecoveryOfLab.Row(lab.Id, key, recovery, batch.Now));
        else
            RecoveryOfLab.Renew(batch.Store, lab, old, key);
        Replace(batch, lab, old, key, wrapped);
        batch.Rekey(lab, key);
        batch.RaiseEpoch(lab);
    }

    /// <summary>Puts the lab key in force under another root key, in the transaction.</summary>
    public static void Replace(Batch batch, LabKeys lab, LabKey old, LabKey key, byte[] wrapped)
    {
        if (!batch.Store.ReplaceLabKey(lab.Number, old, key, wrapped, batch.Now))
            throw new VaultStoreException("Another vault process changed this lab's keys at the same moment. Nothing was done; try again.");
    }

    /// <summary>From now on the lab works with it.</summary>
    public void Take(LabKeys lab, LabKey key)
    {
        lab.Set(key);
        node.DropKeys();
        node.Sequencer.DropKept();
    }
}
