using System.Buffers.Binary;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>Records already sealed for the versions that will be their heads, if nobody else was first.</summary>
/// <remarks>Its outcome is null where the project's key is another by now: nothing was sealed, and is to be sealed anew.</remarks>
internal sealed class SealCommand(LabKeys lab, ProjectId project, Principal by, IReadOnlyList<HeadRow> rows, KeyRing keys, VaultProcess process)
    : Command<SealOutcome?>(lab)
{
    private long? sequence;

    public override IEnumerable<Guid> Seals => rows.Select(r => r.Id);

    public override void Prepare(Batch batch)
    {
        if (keys.Project(Lab, project)?.Current.Id != rows[0].Key)
            return;
        foreach (var row in rows)
        {
            var head = batch.Heads.GetValueOrDefault(row.Id);
            if (!batch.MayFollow(Lab, row.Id, head))
            {
                // Upon an older version put back, nothing is built.
                Decided = new SealOutcome.Conflict(new RecordId(row.Id), batch.HeadsOf(Lab).VersionOf(row.Id));
                return;
            }

            if ((head?.Version ?? 0) != row.Version - 1 || (head is not null && (head.Lab != row.Lab || head.Project != row.Project || head.Kind != row.Kind)))
            {
                Decided = new SealOutcome.Conflict(new RecordId(row.Id), head?.Version ?? 0);
                return;
            }
        }

        sequence = batch.Reserve(Lab);
        foreach (var row in rows)
            batch.Seal(new RecordWrite(row, batch.Now));
        Decided = new SealOutcome.Sealed([.. rows.Select(r => r.Version)], sequence.Value);
    }

    public override void Write(Batch batch)
    {
        if (sequence is not { } reserved)
            return;
        batch.Append(Lab, reserved, Act.Seal, project, by, 0, process.Facts(Lab, project, by) with { SealCount = rows.Count, SealRoot = Root() });
    }

    /// <summary>RFC 6962 root over the batch: one leaf per record, kind ‖ id ‖ version ‖ content id.</summary>
    private byte[] Root()
    {
        var range = new CompactRange();
        Span<byte> leaf = stackalloc byte[1 + 16 + 8 + 32];
        foreach (var row in rows)
        {
            leaf[0] = (byte)row.Kind;
            row.Id.TryWriteBytes(leaf[1..], bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(leaf[17..], row.Version);
            row.ContentId.CopyTo(leaf[25..]);
            range.Append(MerkleTree.HashLeaf(leaf));
        }

        return range.Root();
    }
}
