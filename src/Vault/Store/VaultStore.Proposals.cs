using System.Data.Common;
using System.Text;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Proposals;

namespace Cofferdam.Vault.Store;

/// <content>Acts that take two people.</content>
internal abstract partial class VaultStore
{
    private const string ProposalColumns = "id, lab, kind, subject, policy, proposer, at, approver, effective_at, gone_at, state, receipt, proposed, approved";

    public void InsertProposal(ProposalRow row) => Write(
        """
        INSERT INTO proposal (id, lab, kind, subject, policy, proposer, at, state, receipt, proposed)
        VALUES (@id, @lab, @kind, @subject, @policy, @proposer, @at, @state, @receipt, @proposed)
        """,
        ("@id", row.Id), ("@lab", row.Lab), ("@kind", (long)row.Kind), ("@subject", row.Subject), ("@policy", row.Policy), ("@proposer", row.By),
        ("@at", row.At), ("@state", (long)row.State), ("@receipt", row.Receipt), ("@proposed", row.Proposed));

    /// <summary>Moves a proposal on from a state.</summary>
    /// <returns>False where it is in that state no more.</returns>
    public bool MoveProposal(ProposalRow row, ProposalState from) => Write(
        """
        UPDATE proposal SET approver = @approver, effective_at = @effective, gone_at = @gone, state = @state, receipt = @receipt, approved = @approved
        WHERE id = @id AND state = @from
        """,
        ("@approver", row.ApprovedBy), ("@effective", row.EffectiveAt), ("@gone", row.GoneAt), ("@state", (long)row.State),
        ("@receipt", row.Receipt), ("@approved", row.Approved), ("@id", row.Id), ("@from", (long)from)) == 1;

    public ProposalRow? Proposal(long lab, Guid id) => Query(
        $"SELECT {ProposalColumns} FROM proposal WHERE id = @id AND lab = @lab", ReadProposal, ("@id", id), ("@lab", lab)).FirstOrDefault();

    /// <summary>Newest first: ids are in order of time.</summary>
    public IReadOnlyList<ProposalRow> Proposals(long lab) => Query(
        $"SELECT {ProposalColumns} FROM proposal WHERE lab = @lab ORDER BY id DESC", ReadProposal, ("@lab", lab));

    /// <summary>Approved proposals of all labs, next first.</summary>
    public IReadOnlyList<ProposalRow> ApprovedProposals() => Query(
        $"SELECT {ProposalColumns} FROM proposal WHERE state = {(int)ProposalState.Approved} ORDER BY effective_at, id", ReadProposal);

    /// <summary>Receipts after one of acts that could have ended a proposal, by their column or by their leaf.</summary>
    public IReadOnlyList<ReceiptRow> ProposalEnds(long lab, long after)
    {
        Act[] acts = [Act.Shred, Act.Policy, Act.Withdraw, Act.NewLog];
        var leaves = acts.Select(act => $"\"act\":\"{ReceiptText.Name(act)}\"").ToArray();
        return Query(
            $"""
            SELECT {ReceiptColumns} FROM receipt WHERE id > @after AND id < @high AND (act IN ({string.Join(',', acts.Select(a => (int)a))})
                OR {string.Join(" OR ", leaves.Select((_, i) => Contains("leaf", $"@leaf{i}")))})
            """,
            ReadReceipt,
            [
                ("@after", ReceiptRow.IdOf(lab, after)),
                ("@high", ReceiptRow.IdOf(lab + 1, 0)),
                .. leaves.Select((leaf, i) => ($"@leaf{i}", (object?)Encoding.ASCII.GetBytes(leaf))),
            ]);
    }

    /// <summary>All receipts of an act that proposals end in.</summary>
    public IReadOnlyList<ReceiptRow> ReceiptsOf(long lab, Act act) => Query(
        // The acts stand in the text, so that the partial index can serve.
        $"SELECT {ReceiptColumns} FROM receipt WHERE id >= @low AND id < @high AND act IN (15, 17, 18, 19, 20, 21) AND act = {(int)act} ORDER BY id", ReadReceipt,
        ("@low", ReceiptRow.IdOf(lab, 0)), ("@high", ReceiptRow.IdOf(lab + 1, 0)));

    private ProposalRow ReadProposal(DbDataReader r) => new(
        ReadId(r, 0), r.GetInt64(1), (ProposalKind)r.GetInt64(2), r.IsDBNull(3) ? null : ReadId(r, 3), r.IsDBNull(4) ? null : ReadBytes(r, 4),
        ReadId(r, 5), ReadTime(r, 6), r.IsDBNull(7) ? null : ReadId(r, 7), r.IsDBNull(8) ? null : ReadTime(r, 8), r.IsDBNull(9) ? null : ReadTime(r, 9),
        (ProposalState)r.GetInt64(10), r.GetInt64(11), r.GetInt64(12), r.IsDBNull(13) ? null : r.GetInt64(13));
}
