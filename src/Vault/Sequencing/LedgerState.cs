using Cofferdam.Ledger;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>Size and frontier of a lab's tree while a batch is put together; the committed state is never changed.</summary>
internal sealed class LedgerState
{
    private readonly CompactRange range;

    public LedgerState(LedgerRow row)
    {
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

    public bool Changed => Size != From;

    public long Reserve() => NextReserved++;

    public void Append(long sequence, byte[] leaf)
    {
        if (sequence != Size)
            throw new InvalidOperationException("Receipts are written in the order in which their numbers were reserved.");
        range.Append(MerkleTree.HashLeaf(leaf));
    }

    public LedgerRow ToRow() => new(Lab, Size, range.ToBytes());
}
