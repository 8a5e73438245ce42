using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>A lab's key in memory.</summary>
internal sealed record LabKeys(long Number, LabId Id, byte[] Key);

/// <summary>A project's keys in memory: the one its records are sealed under, and one derived for fingerprints.</summary>
internal sealed record ProjectKeys(ProjectId Project, Guid Id, byte[] Key, byte[] FingerprintKey);

/// <summary>
/// Root key (in the custodian) wraps lab key wraps project key and salt keys; each wrapping is bound to what it is for.
/// </summary>
internal sealed class KeyRing(VaultStore store, IKeyCustodian custodian)
{
    private const int KeyBytes = 32;

    // The first version, until the store keeps which one a lab key is wrapped under.
    private const string Root = "1";

    private readonly ConcurrentDictionary<LabId, LabKeys> labs = new();
    private readonly ConcurrentDictionary<(LabId, ProjectId), ProjectKeys> projects = new();

    /// <summary>A lab's key; null where the vault does not know the lab.</summary>
    public async ValueTask<LabKeys?> LabAsync(LabId lab, CancellationToken cancellation)
    {
        if (labs.TryGetValue(lab, out var known))
            return known;
        if (store.Lab(lab.Value) is not { } row)
            return null;
        var key = await custodian.UnwrapAsync(lab.Value, Root, row.Wrapped, LabContext(row.Id, row.Key), cancellation);
        return labs.GetOrAdd(lab, new LabKeys(row.Number, lab, key));
    }

    /// <summary>A project's keys; null where the project has none.</summary>
    public ProjectKeys? Project(LabKeys lab, ProjectId project)
    {
        if (projects.TryGetValue((lab.Id, project), out var known))
            return known;
        if (store.ProjectKey(lab.Number, project.Value) is not { } row)
            return null;
        return projects.GetOrAdd((lab.Id, project), Open(lab, row));
    }

    /// <summary>Makes a lab's root key and a lab key wrapped under it.</summary>
    public async ValueTask<(Guid Key, byte[] Wrapped)> NewLabKeyAsync(LabId lab, CancellationToken cancellation)
    {
        await custodian.CreateAsync(lab.Value, cancellation);
        var id = Guid.CreateVersion7();
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var wrapped = await custodian.WrapAsync(lab.Value, Root, key, LabContext(lab.Value, id), cancellation);
        CryptographicOperations.ZeroMemory(key);
        return (id, wrapped);
    }

    public static ProjectKeyRow NewProjectKey(LabKeys lab, ProjectId project)
    {
        var id = Guid.CreateVersion7();
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var wrapped = KeyWrap.Wrap(lab.Key, ProjectContext(lab, project.Value, id), key);
        CryptographicOperations.ZeroMemory(key);
        return new ProjectKeyRow(lab.Number, project.Value, id, wrapped);
    }

    public static (byte[] Key, byte[] Wrapped) NewSaltKey(LabKeys lab, Guid principal)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (key, KeyWrap.Wrap(lab.Key, SaltContext(lab, principal), key));
    }

    public static byte[] OpenSaltKey(LabKeys lab, Guid principal, byte[] wrapped) =>
        KeyWrap.TryUnwrap(lab.Key, SaltContext(lab, principal), wrapped, out var key)
            ? key
            : throw new CryptographicException("A salt key in the vault's store is not what was wrapped: the store was edited.");

    private static ProjectKeys Open(LabKeys lab, ProjectKeyRow row)
    {
        if (!KeyWrap.TryUnwrap(lab.Key, ProjectContext(lab, row.Project, row.Key), row.Wrapped, out var key))
            throw new CryptographicException("A project key in the vault's store is not what was wrapped: the store was edited.");
        var fingerprintKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: "cofferdam/fingerprint@1"u8.ToArray());
        return new ProjectKeys(new ProjectId(row.Project), row.Key, key, fingerprintKey);
    }

    private static byte[] LabContext(Guid lab, Guid key) =>
        [.. "cofferdam/lab-key@1"u8, .. lab.ToByteArray(bigEndian: true), .. key.ToByteArray(bigEndian: true)];

    private static byte[] ProjectContext(LabKeys lab, Guid project, Guid key) =>
        [.. "cofferdam/project-key@1"u8, .. lab.Id.Value.ToByteArray(bigEndian: true), .. project.ToByteArray(bigEndian: true), .. key.ToByteArray(bigEndian: true)];

    private static byte[] SaltContext(LabKeys lab, Guid principal) =>
        [.. "cofferdam/salt-key@1"u8, .. lab.Id.Value.ToByteArray(bigEndian: true), .. principal.ToByteArray(bigEndian: true)];
}
