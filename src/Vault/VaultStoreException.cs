using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <summary>The vault's store failed. Nothing was opened or sealed by the act that met it.</summary>
/// <param name="isFenced">Another process writes to the store: this one never does again.</param>
public sealed class VaultStoreException(string message, Exception? inner = null, bool isFenced = false)
    : VaultUnavailableException(VaultTrouble.Store, message, inner)
{
    public bool IsFenced { get; } = isFenced;
}
