using Cofferdam.Ledger;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>Size and frontier of a lab's tree while a batch is put together; the committed state is never changed.</summary>
internal sealed class LedgerState
{
    private readonly LedgerRow taken;
    private readonly CompactRange range;

    public LedgerState(LedgerRow row)
    {
        taken = row;
        Epoch = row.Epoch;
        Lab = row.Lab;
        From = row.Size;
        range = CompactRange.Parse(row.Frontier);
        NextReserved = row.Size;
    }

    public long Lab { get; }

    /// <summary>Size before this batch.</summary>
    public long From { get; }

    public long Size => range.Size;

    public long NextReserved { get; private set; }

    /// <summary>Of control, when this lab's was last changed; raised by a control command of this batch.</summary>
    public long Epoch { get; set; }

    public bool Changed => Size != From;

    public long Reserve() => NextReserved++;

    public void Append(long sequence, byte[] leaf)
    {
        if (sequence != Size)
            throw new InvalidOperationException("Receipts are written in the order in which their numbers were reserved.");
        range.Append(MerkleTree.HashLeaf(leaf));
    }

    public LedgerRow ToRow() => taken with { Size = Size, Frontier = range.ToBytes(), Epoch = Epoch };

    /// <summary>The same once it is in the store.</summary>
    public LedgerRow ToCommittedRow() => ToRow() with { Found = taken.Token };
}
