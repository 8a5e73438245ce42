using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>Keys below a lab key: made and wrapped, and opened again.</summary>
internal static class KeyMaking
{
    private static ReadOnlySpan<byte> FingerprintInfo => "cofferdam/fingerprint@1"u8;

    /// <summary>A project's first key.</summary>
    public static ProjectKeyRow NewProjectKey(LabKeys lab, byte[] labKey, ProjectId project) => NewProjectKey(lab, labKey, project, fingerprintKey: null);

    /// <summary>A key to reseal a project under.</summary>
    public static ProjectKeyRow NewProjectKey(LabKeys lab, byte[] labKey, ProjectId project, byte[]? fingerprintKey)
    {
        var id = Guid.CreateVersion7();
        var key = RandomNumberGenerator.GetBytes(KeyRing.KeyBytes);
        var wrapped = KeyWrap.Wrap(labKey, KeyContext.Project(lab.Id.Value, project.Value, id), key);
        var fingerprint = fingerprintKey is null ? null : KeyWrap.Wrap(labKey, KeyContext.Fingerprint(lab.Id.Value, project.Value, id), fingerprintKey);
        CryptographicOperations.ZeroMemory(key);
        return new ProjectKeyRow(lab.Number, project.Value, id, wrapped, fingerprint, Retired: false);
    }

    /// <param name="keys">Null where there are no rows.</param>
    /// <returns>False where a row is wrapped under another lab key, or was edited.</returns>
    public static bool TryOpen(LabId lab, byte[] labKey, IReadOnlyList<ProjectKeyRow> rows, out ProjectKeys? keys)
    {
        keys = null;
        ProjectKey? current = null;
        ProjectKey? retired = null;
        byte[]? fingerprintKey = null;
        foreach (var row in rows)
        {
            if (!KeyWrap.TryUnwrap(labKey, KeyContext.Project(lab.Value, row.Project, row.Key), row.Wrapped, out var key))
                return false;
            if (row.Retired)
            {
                retired = new ProjectKey(row.Key, key);
                continue;
            }

            current = new ProjectKey(row.Key, key);
            if (row.Fingerprint is { } wrapped && !KeyWrap.TryUnwrap(labKey, KeyContext.Fingerprint(lab.Value, row.Project, row.Key), wrapped, out fingerprintKey))
                return false;
        }

        if (current is null)
            return rows.Count == 0;
        fingerprintKey ??= HKDF.DeriveKey(HashAlgorithmName.SHA256, current.Key, KeyRing.KeyBytes, info: FingerprintInfo.ToArray());
        keys = new ProjectKeys(new ProjectId(rows[0].Project), current, retired, fingerprintKey);
        return true;
    }

    public static (byte[] Key, byte[] Wrapped) NewSaltKey(LabId lab, byte[] labKey, Guid principal)
    {
        var key = RandomNumberGenerator.GetBytes(KeyRing.KeyBytes);
        return (key, KeyWrap.Wrap(labKey, KeyContext.Salt(lab.Value, principal), key));
    }

    /// <param name="salt">Null where there is no row.</param>
    /// <returns>False where the row is wrapped under another lab key, or was edited.</returns>
    public static bool TryOpen(LabId lab, byte[] labKey, Guid principal, SaltKeyRow? row, out SaltKey? salt)
    {
        salt = null;
        if (row is null)
            return true;
        if (!KeyWrap.TryUnwrap(labKey, KeyContext.Salt(lab.Value, principal), row.Wrapped, out var key))
            return false;
        salt = new SaltKey(key, row.Since);
        return true;
    }
}
