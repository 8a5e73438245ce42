using Cofferdam.Ledger;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>Size and frontier of a lab's tree while a batch is put together; the committed state is never changed.</summary>
internal sealed class LedgerState
{
    private readonly CompactRange range;
    private readonly LedgerRow committed;
    private readonly List<byte[]> leaves = [];
    private readonly Guid labId;
    private LedgerRow? written;

    public LedgerState(LedgerRow row, LabKeys lab, LabHeads heads)
    {
        committed = row;
        Heads = heads;
        Sum = heads.Sum.Copy();
        labId = lab.Id.Value;
        Epoch = row.Epoch;
        range = CompactRange.Parse(row.Frontier);
        NextReserved = row.Size;
    }

    public long Lab => committed.Lab;

    /// <summary>Which of the lab's logs.</summary>
    public long Log => committed.Log;

    /// <summary>Size before this batch.</summary>
    public long From => committed.Size;

    /// <summary>Leaves that this batch appends.</summary>
    public IReadOnlyList<byte[]> Leaves => leaves;

    public long Size => range.Size;

    public long NextReserved { get; private set; }

    public LabHeads Heads { get; }

    /// <summary>Over the versions that the lab's records are at, with those of this batch.</summary>
    public HeadSum Sum { get; }

    /// <summary>Of control, when this lab's was last changed; raised by a control command of this batch.</summary>
    public long Epoch { get; set; }

    public bool Changed => Size != From;

    public long Reserve() => NextReserved++;

    public void Append(long sequence, byte[] leaf)
    {
        if (sequence != Size)
            throw new InvalidOperationException("Receipts are written in the order in which their numbers were reserved.");
        range.Append(MerkleTree.HashLeaf(leaf));
        leaves.Add(leaf);
    }

    /// <summary>The row to write, once nothing is appended any more.</summary>
    public LedgerRow ToRow()
    {
        if (written is not null)
            return written;
        var frontier = range.ToBytes();
        return written = committed with { Size = Size, Frontier = frontier, Epoch = Epoch, Heads = HeadSeal.Seal(Heads.Key, labId, Size, frontier, Sum) };
    }

    /// <summary>The same once it is in the store.</summary>
    public LedgerRow ToCommittedRow() => ToRow() with { Found = committed.Token };
}
