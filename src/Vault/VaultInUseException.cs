namespace Cofferdam.Vault;

/// <summary>Another vault process has this store open, alone: on SQLite always, on PostgreSQL one of an older release.</summary>
public sealed class VaultInUseException : Exception
{
    public VaultInUseException()
        : base("Another vault process has this store open, and does not share it. Stop it first.")
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
