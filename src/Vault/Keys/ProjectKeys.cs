using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Keys;

/// <summary>A project's keys in memory.</summary>
/// <param name="Current">The one that its records are sealed under.</param>
/// <param name="Retired">While it is resealed: the one that the rest of them still are.</param>
/// <param name="FingerprintKey">Stays the same when the project is resealed, so that what was fingerprinted is found again.</param>
internal sealed record ProjectKeys(ProjectId Project, ProjectKey Current, ProjectKey? Retired, byte[] FingerprintKey)
{
    /// <summary>The key of that id; null where the project has no such key, or has it no more.</summary>
    public byte[]? Find(Guid key) => key == Current.Id ? Current.Key : key == Retired?.Id ? Retired.Key : null;
}

internal sealed record ProjectKey(Guid Id, byte[] Key);

/// <summary>What a person's salts are derived from.</summary>
/// <param name="Since">First receipt that it is of; earlier ones are of a key that was destroyed.</param>
internal sealed record SaltKey(byte[] Key, long Since);
