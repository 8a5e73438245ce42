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
/// <param name="saltOf">The salt of a receipt by log, principal and sequence number; empty where its person was erased.</param>
/// <param name="unset">What holds where a lab has set nothing.</param>
internal sealed class PolicyBook(VaultStore store, Func<LabKeys, long, Guid, long, byte[]> saltOf, Policy unset)
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

    /// <summary>Hash of the policy that the newest receipt names which can be read.</summary>
    /// <remarks>
    /// Contents that are lost, or whose person was erased, are passed over: every receipt names the policy, and one that
    /// changes it is never passed over.
    /// </remarks>
    private ReadOnlyMemory<byte> Named(LabKeys lab)
    {
        var ledger = store.Ledger(lab.Number);
        IEnumerable<(long Number, long Log, long Size)> logs =
            [(lab.Number, ledger.Log, ledger.Size), .. store.ClosedLogs(lab.Number).Reverse().Select(log => (log.Number, log.Log, log.Size))];
        foreach (var (number, log, size) in logs)
        {
            for (var sequence = size - 1; sequence >= 0; sequence--)
            {
                var row = store.Receipt(number, sequence);
                if (row is null || !Receipt.TryParseLeaf(row.Leaf, out var leaf) || leaf.Sequence != sequence)
                    throw Edited();
                if (row.What.Length > 0 && saltOf(lab, log, row.Principal, sequence) is { Length: > 0 } salt)
                    return Receipt.Verify(row.Leaf, row.What, row.Who, salt) ? Receipt.Parse(row.What, row.Who).Policy : throw Edited();

                if (leaf.Act == ReceiptText.Name(Act.Policy))
                    throw Edited();
            }
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    private static VaultStoreException Edited() =>
        new("The newest receipts in the vault's store are not what the ledger commits to: the store was edited, or the newest policy was lost with them. Restore a backup.");
}
