using System.Data.Common;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Store;

/// <content>Keys as they lie in the store: wrapped.</content>
internal abstract partial class VaultStore
{
    private const string ProjectKeyColumns = "lab, project, key, wrapped, fingerprint, retired";

    public void InsertProjectKey(ProjectKeyRow row, DateTimeOffset now) => Write(
        """
        INSERT INTO project_key (lab, project, key, wrapped, fingerprint, retired, created_at)
        VALUES (@lab, @project, @key, @wrapped, @fingerprint, @retired, @now)
        """,
        ("@lab", row.Lab), ("@project", row.Project), ("@key", row.Key), ("@wrapped", row.Wrapped), ("@fingerprint", row.Fingerprint),
        ("@retired", row.Retired ? 1L : 0L), ("@now", now));

    public void RetireProjectKey(long lab, Guid project, Guid key) => Write(
        "UPDATE project_key SET retired = 1 WHERE lab = @lab AND project = @project AND key = @key", ("@lab", lab), ("@project", project), ("@key", key));

    public void DeleteProjectKey(long lab, Guid project, Guid key) => Write(
        "DELETE FROM project_key WHERE lab = @lab AND project = @project AND key = @key", ("@lab", lab), ("@project", project), ("@key", key));

    /// <param name="project">Null: of all projects.</param>
    public void DeleteProjectKeys(long lab, Guid? project)
    {
        if (project is { } one)
            Write("DELETE FROM project_key WHERE lab = @lab AND project = @project", ("@lab", lab), ("@project", one));
        else
            Write("DELETE FROM project_key WHERE lab = @lab", ("@lab", lab));
    }

    public IReadOnlyList<ProjectKeyRow> ProjectKeys(long lab, Guid project) => Query(
        $"SELECT {ProjectKeyColumns} FROM project_key WHERE lab = @lab AND project = @project",
        r => new ProjectKeyRow(r.GetInt64(0), ReadId(r, 1), ReadId(r, 2), ReadBytes(r, 3), r.IsDBNull(4) ? null : ReadBytes(r, 4), r.GetInt64(5) != 0),
        ("@lab", lab), ("@project", project));

    public int CountProjects(long lab) => (int)Query(
        "SELECT count(*) FROM project_key WHERE lab = @lab AND retired = 0 AND project <> @none",
        r => r.GetInt64(0), ("@lab", lab), ("@none", ProjectId.None.Value)).Single();

    public void InsertSaltKey(long lab, Guid principal, byte[] wrapped, long since) => Write(
        "INSERT INTO salt_key (lab, principal, wrapped, since) VALUES (@lab, @principal, @wrapped, @since)",
        ("@lab", lab), ("@principal", principal), ("@wrapped", wrapped), ("@since", since));

    public void DeleteSaltKey(long lab, Guid principal) => Write(
        "DELETE FROM salt_key WHERE lab = @lab AND principal = @principal", ("@lab", lab), ("@principal", principal));

    public SaltKeyRow? SaltKey(long lab, Guid principal) => Query(
        "SELECT wrapped, since FROM salt_key WHERE lab = @lab AND principal = @principal",
        r => new SaltKeyRow(ReadBytes(r, 0), r.GetInt64(1)), ("@lab", lab), ("@principal", principal)).FirstOrDefault();

    /// <summary>Gives a lab another lab key, or the same one under another root key.</summary>
    /// <returns>False where its key is not the one that was replaced: another process was here.</returns>
    public bool ReplaceLabKey(long lab, LabKey old, LabKey key, byte[] wrapped, DateTimeOffset now)
    {
        var replaced = Write(
            """
            UPDATE lab SET key = @key, wrapped = @wrapped, custodian = @custodian, root = @root, keyed_at = @now
            WHERE number = @lab AND key = @old AND root = @oldRoot
            """,
            ("@key", key.Id), ("@wrapped", wrapped), ("@custodian", key.Custodian), ("@root", key.Root), ("@now", now), ("@lab", lab),
            ("@old", old.Id), ("@oldRoot", old.Root)) == 1;
        if (replaced)
            InsertRoot(lab, key.Custodian, key.Root);
        return replaced;
    }

    // A custodian that was lost and set up anew counts from the start again.
    public void InsertRoot(long lab, string custodian, string root) => Write(
        """
        INSERT INTO root_key (lab, custodian, root) VALUES (@lab, @custodian, @root)
        ON CONFLICT (lab, custodian, root) DO UPDATE SET condemned = NULL, gone_at = NULL
        """,
        ("@lab", lab), ("@custodian", custodian), ("@root", root));

    /// <summary>Marks all root keys of a lab but one for destruction.</summary>
    public void CondemnRoots(long lab, LabKey but, Guid proposal) => Write(
        """
        UPDATE root_key SET condemned = @proposal
        WHERE lab = @lab AND condemned IS NULL AND NOT (custodian = @custodian AND root = @root)
        """,
        ("@proposal", proposal), ("@lab", lab), ("@custodian", but.Custodian), ("@root", but.Root));

    public void RootIsGone(CondemnedRoot root, DateTimeOffset at) => Write(
        "UPDATE root_key SET gone_at = @at WHERE lab = @lab AND custodian = @custodian AND root = @root",
        ("@at", at), ("@lab", root.Lab), ("@custodian", root.Custodian), ("@root", root.Root));

    /// <summary>Root keys that wait for their destruction.</summary>
    public IReadOnlyList<CondemnedRoot> CondemnedRoots() => Query(
        "SELECT lab, custodian, root, condemned FROM root_key WHERE condemned IS NOT NULL AND gone_at IS NULL",
        r => new CondemnedRoot(r.GetInt64(0), r.GetString(1), r.GetString(2), ReadId(r, 3)));

    /// <summary>Keys of one column that are wrapped under a lab's key.</summary>
    public IReadOnlyList<WrappedRow> Wrapped(WrappedKeys keys, long lab) => Query(
        $"SELECT {string.Join(", ", keys.Ids.Append(keys.Column))} FROM {keys.Table} WHERE lab = @lab AND {keys.Column} IS NOT NULL",
        r => new WrappedRow([.. keys.Ids.Select((_, i) => ReadId(r, i))], ReadBytes(r, keys.Ids.Length)), ("@lab", lab));

    public void Rewrap(WrappedKeys keys, long lab, WrappedRow row) => Write(
        $"UPDATE {keys.Table} SET {keys.Column} = @wrapped WHERE lab = @lab{string.Concat(keys.Ids.Select(id => $" AND {id} = @{id}"))}",
        [("@wrapped", row.Wrapped), ("@lab", lab), .. keys.Ids.Select((id, i) => ($"@{id}", (object?)row.Ids[i]))]);

    public void PutRecovery(long lab, RecoveryRow row)
    {
        DeleteRecovery(lab);
        Write(
            """
            INSERT INTO recovery (lab, public_key, wrapped, shares, threshold, made_at, proof)
            VALUES (@lab, @public, @wrapped, @shares, @threshold, @made, @proof)
            """,
            ("@lab", lab), ("@public", row.PublicKey), ("@wrapped", row.Wrapped), ("@shares", (long)row.Shares), ("@threshold", (long)row.Threshold),
            ("@made", row.MadeAt), ("@proof", row.Proof));
    }

    /// <summary>Whether a recovery key was used since the ledger was last told.</summary>
    public bool WasRecovered(long lab) => Query("SELECT used FROM recovery WHERE lab = @lab", r => r.GetInt64(0), ("@lab", lab)).FirstOrDefault() != 0;

    public void NoteRecovered(long lab, bool told) => Write("UPDATE recovery SET used = @used WHERE lab = @lab", ("@used", told ? 0L : 1L), ("@lab", lab));

    public void DeleteRecovery(long lab) => Write("DELETE FROM recovery WHERE lab = @lab", ("@lab", lab));

    public RecoveryRow? Recovery(long lab) => Query(
        "SELECT public_key, wrapped, shares, threshold, made_at, proof FROM recovery WHERE lab = @lab",
        r => new RecoveryRow(ReadBytes(r, 0), ReadBytes(r, 1), (int)r.GetInt64(2), (int)r.GetInt64(3), ReadTime(r, 4), ReadBytes(r, 5)),
        ("@lab", lab)).FirstOrDefault();

    private LabRow ReadLab(DbDataReader r) => new(
        r.GetInt64(0), ReadId(r, 1), ReadId(r, 2), ReadBytes(r, 3), r.GetString(4), r.GetString(5), ReadTime(r, 6), r.IsDBNull(7) ? null : r.GetString(7));
}
