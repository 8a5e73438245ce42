using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Budgets;

/// <summary>The policy that a lab's acts are judged by.</summary>
/// <param name="Hash">As receipts name it; empty where the lab has set none.</param>
internal sealed record PolicyInForce(Policy Policy, ReadOnlyMemory<byte> Hash);

/// <summary>Reads policies from the store, and believes none that the ledger does not name.</summary>
/// <remarks>
/// Every receipt holds the hash of the policy it was judged by, and the receipt of a change that of the new one: the newest
/// receipt says which is in force. Its leaf commits to it under a key of the lab's, so that neither an edited row of the
/// policy nor an older one put back is taken for it.
/// </remarks>
/// <param name="unset">What holds where a lab has set nothing.</param>
internal sealed class PolicyBook(VaultStore store, Policy unset)
{
    /// <exception cref="VaultStoreException">The store was edited.</exception>
    public PolicyInForce Load(LabKeys lab)
    {
        if (Named(lab) is not { IsEmpty: false } hash)
            return new PolicyInForce(unset, ReadOnlyMemory<byte>.Empty);
        if (store.Policy(lab.Number, hash.ToArray()) is not { } bytes || !hash.Span.SequenceEqual(PolicyText.Hash(bytes)))
            throw new VaultStoreException("The weights and limits in the vault's store are not those that the ledger names: the store was edited. Restore a backup.");
        return new PolicyInForce(PolicyText.Read(bytes), hash);
    }

    private ReadOnlyMemory<byte> Named(LabKeys lab)
    {
        var size = store.Ledger(lab.Number).Size;
        if (size == 0)
            return ReadOnlyMemory<byte>.Empty;
        if (store.Receipt(lab.Number, size - 1) is { } row && store.SaltKey(lab.Number, row.Principal) is { } wrapped)
        {
            var salt = Receipt.Salt(KeyRing.OpenSaltKey(lab, row.Principal, wrapped), row.Sequence);
            if (Receipt.TryParseLeaf(row.Leaf, out var leaf) && leaf.Sequence == row.Sequence && Receipt.Verify(row.Leaf, row.What, row.Who, salt))
                return Receipt.Parse(row.What, row.Who).Policy;
        }

        throw new VaultStoreException("The newest receipt in the vault's store is not what the ledger commits to: the store was edited. Restore a backup.");
    }
}
