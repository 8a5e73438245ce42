namespace Cofferdam.Vault;

/// <summary>What a backup's key is wrapped under.</summary>
/// <param name="RecoveryKey">DER SubjectPublicKeyInfo; null where none was made for the node.</param>
internal sealed record NodeRoot(string Custodian, string Root, byte[]? RecoveryKey);

/// <summary>Copies a vault's store as of one moment while a vault works on it, and puts a copy into an empty one.</summary>
internal abstract class StoreCopy
{
    protected const string NodeSql =
        "SELECT l.custodian, l.root, r.public_key FROM lab l LEFT JOIN recovery r ON r.lab = l.number WHERE l.id = @node";

    public static StoreCopy Of(VaultOptions options) =>
        options.Store == "sqlite" ? new SqliteCopy(options.DataFolder) : new PostgresCopy(options.Store);

    /// <summary>Name of the content in a backup.</summary>
    public abstract string Name { get; }

    /// <summary>The root key that the node's own keys are wrapped under now.</summary>
    public abstract Task<NodeRoot> NodeAsync(CancellationToken cancellation);

    /// <summary>Hands the copy on, once.</summary>
    public abstract Task ReadAsync(Func<Stream, Task> take, CancellationToken cancellation);

    /// <summary>There is no store where this one is to go.</summary>
    public abstract Task<bool> IsEmptyAsync(CancellationToken cancellation);

    /// <summary>Makes the store out of a copy; all of it, or where <paramref name="content"/> breaks off nothing.</summary>
    /// <param name="whole">Called when the content has ended, before the store is there for good; throws where the backup is not whole.</param>
    public abstract Task WriteAsync(Stream content, Func<Task> whole, CancellationToken cancellation);
}
