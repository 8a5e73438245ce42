using System.Data.Common;
using System.Text;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <content>People whom vendors vouch for, enrolled keys, and nonces that were used.</content>
internal abstract partial class VaultStore
{
    private const string AttestationColumns = "kind, id, version, content, mac";

    /// <summary>Notes nonces as used.</summary>
    /// <returns>Those that nobody had used before.</returns>
    public abstract IReadOnlyList<(long Lab, byte[] Nonce)> UseNonces(IReadOnlyList<(long Lab, byte[] Nonce)> nonces);

    /// <summary>Drops nonces that sort before one: they begin with their time.</summary>
    public void PruneNonces(long lab, byte[] before) => Write("DELETE FROM used_nonce WHERE lab = @lab AND nonce < @before", ("@lab", lab), ("@before", before));

    /// <summary>A lab's rows newer than a version. On the writer's connection: within a batch, what it reads is what it acts upon.</summary>
    public IReadOnlyList<AttestationRow> AttestationRows(long lab, long after) => WriterQuery(
        $"SELECT {AttestationColumns} FROM attestation WHERE lab = @lab AND version > @after ORDER BY version", ReadAttestation, ("@lab", lab), ("@after", after));

    /// <summary>All of a lab's rows of one kind, newest first.</summary>
    public IReadOnlyList<AttestationRow> AttestationRowsOf(long lab, AttestationKind kind) => Query(
        $"SELECT {AttestationColumns} FROM attestation WHERE lab = @lab AND kind = @kind ORDER BY version DESC", ReadAttestation, ("@lab", lab), ("@kind", (long)kind));

    public AttestationRow? AttestationRow(long lab, AttestationKind kind, Guid id) => Query(
        $"SELECT {AttestationColumns} FROM attestation WHERE lab = @lab AND kind = @kind AND id = @id", ReadAttestation,
        ("@lab", lab), ("@kind", (long)kind), ("@id", id)).FirstOrDefault();

    public void WriteAttestation(long lab, AttestationRow row) => Write(
        """
        INSERT INTO attestation (lab, kind, id, version, content, mac) VALUES (@lab, @kind, @id, @version, @content, @mac)
        ON CONFLICT (lab, kind, id) DO UPDATE SET version = excluded.version, content = excluded.content, mac = excluded.mac
        """,
        ("@lab", lab), ("@kind", (long)row.Kind), ("@id", row.Id), ("@version", row.Version), ("@content", row.Content), ("@mac", row.Mac));

    /// <summary>Whether a ledger has receipts of terms or enrolments, by their column or by their leaf. Reads all of it.</summary>
    public bool HasAttestationReceipts(long lab)
    {
        Act[] acts = [Act.Terms, Act.Enrol];
        var leaves = acts.Select(act => Encoding.ASCII.GetBytes($"\"act\":\"{ReceiptText.Name(act)}\"")).ToArray();
        return WriterScalar(
            $"""
            SELECT id FROM receipt WHERE id >= @low AND id < @high
                AND (act IN ({(int)acts[0]}, {(int)acts[1]}) OR {Contains("leaf", "@first")} OR {Contains("leaf", "@second")}) LIMIT 1
            """,
            ("@low", ReceiptRow.IdOf(lab, 0)), ("@high", ReceiptRow.IdOf(lab + 1, 0)), ("@first", leaves[0]), ("@second", leaves[1])) is not null;
    }

    private AttestationRow ReadAttestation(DbDataReader r) => new(
        (AttestationKind)ReadSmall(r, 0), ReadId(r, 1), r.GetInt64(2), ReadBytes(r, 3), ReadBytes(r, 4));
}
