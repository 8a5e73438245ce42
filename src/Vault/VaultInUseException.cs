namespace Cofferdam.Vault;

/// <summary>Another vault process has this store open; a store has one vault at a time.</summary>
public sealed class VaultInUseException : Exception
{
    public VaultInUseException()
        : base("Another vault process has this store open. Stop it first: a store has one vault at a time.")
    {
    }

    public VaultInUseException(string message)
        : base(message)
    {
    }

    public VaultInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
