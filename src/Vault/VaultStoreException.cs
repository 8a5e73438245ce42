namespace Cofferdam.Vault;

/// <summary>The vault's store failed. Nothing was opened or sealed by the act that met it.</summary>
public sealed class VaultStoreException : Exception
{
    public VaultStoreException()
    {
    }

    public VaultStoreException(string message)
        : base(message)
    {
    }

    public VaultStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal VaultStoreException(string message, bool isFenced)
        : base(message) => IsFenced = isFenced;

    /// <summary>Another process writes to the store: this one never does again.</summary>
    public bool IsFenced { get; }
}
