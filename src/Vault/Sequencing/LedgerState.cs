using Cofferdam.Ledger;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>Size and frontier of a lab's tree while a batch is put together; the committed state is never changed.</summary>
internal sealed class LedgerState
{
    private readonly CompactRange range;
    private readonly Guid labId;
    private LedgerRow? written;

    public LedgerState(LedgerRow row, LabKeys lab, LabHeads heads)
    {
        Heads = heads;
        Sum = heads.Sum.Copy();
        labId = lab.Id.Value;
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

    public LabHeads Heads { get; }

    /// <summary>Over the versions that the lab's records are at, with those of this batch.</summary>
    public HeadSum Sum { get; }

    public bool Changed => Size != From;

    public long Reserve() => NextReserved++;

    public void Append(long sequence, byte[] leaf)
    {
        if (sequence != Size)
            throw new InvalidOperationException("Receipts are written in the order in which their numbers were reserved.");
        range.Append(MerkleTree.HashLeaf(leaf));
    }

    /// <summary>The row to write, once nothing is appended any more.</summary>
    public LedgerRow ToRow()
    {
        if (written is not null)
            return written;
        var frontier = range.ToBytes();
        return written = new LedgerRow(Lab, Size, frontier) { Heads = HeadSeal.Seal(Heads.Key, labId, Size, frontier, Sum) };
    }
}
