using Cofferdam.Durable;
using Cofferdam.Sealing;

namespace Cofferdam.Vault;

/// <summary>What became of a restore.</summary>
public enum RestoreOutcome
{
    Restored,

    /// <summary>There is a vault already where it should go; nothing was changed.</summary>
    NotEmpty,

    /// <summary>This is no backup, was edited or cut, or no custodian or share here opens it; nothing was changed.</summary>
    CannotBeOpened,

    /// <summary>It is of the other kind of database: SQLite goes to SQLite, PostgreSQL to PostgreSQL.</summary>
    OtherDatabase,
}

/// <summary>Backups of a vault's store, as of one moment, while a vault works on it (docs/operations/backup.md).</summary>
public static class VaultBackup
{
    /// <summary>Writes a backup of the vault alone.</summary>
    /// <exception cref="VaultStoreException">The store, or a program that it takes, is not there.</exception>
    /// <exception cref="KeyCustodyException">The node's custodian cannot be used.</exception>
    public static Task WriteAsync(VaultOptions options, string path, CancellationToken cancellation = default) =>
        DurableFile.WriteAsync(path, overwrite: false, async file =>
        {
            await using var backup = await BeginAsync(options, file, cancellation);
            await AddAsync(options, backup, cancellation);
            await backup.CompleteAsync(cancellation);
        });

    /// <summary>Begins a backup that more goes into than the vault.</summary>
    public static Task<BackupWriter> BeginAsync(VaultOptions options, Stream destination, CancellationToken cancellation = default) =>
        SealedBackup.BeginAsync(destination, (key, context) => BackupKey.WrapAsync(options, key, context, cancellation), cancellation);

    /// <summary>Adds the vault's store. Last: what other stores point to is then in it.</summary>
    public static async Task AddAsync(VaultOptions options, BackupWriter backup, CancellationToken cancellation = default)
    {
        var store = StoreCopy.Of(options);
        await store.ReadAsync(content => backup.AddAsync(store.Name, content, cancellation), cancellation);
    }

    /// <summary>Opens a backup.</summary>
    /// <param name="shares">Of the node's recovery key, where its custodian is lost; else empty.</param>
    /// <returns>Null where it cannot be opened.</returns>
    public static Task<BackupReader?> OpenAsync(
        VaultOptions options, Stream source, IReadOnlyList<string> shares, CancellationToken cancellation = default) =>
        SealedBackup.OpenAsync(source, (wraps, context) => BackupKey.UnwrapAsync(options, wraps, context, shares, cancellation), cancellation);

    /// <summary>Is this content of a backup a vault's store?</summary>
    public static bool IsVault(BackupContent content) => content.Name.StartsWith("vault.", StringComparison.Ordinal);

    /// <summary>Restores the vault from its content, which must be the last that is asked for.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The backup was edited or cut; nothing was changed.</exception>
    public static async Task<RestoreOutcome> RestoreAsync(
        VaultOptions options, BackupContent content, BackupReader backup, CancellationToken cancellation = default)
    {
        var store = StoreCopy.Of(options);
        if (store.Name != content.Name)
            return RestoreOutcome.OtherDatabase;
        if (!await store.IsEmptyAsync(cancellation))
            return RestoreOutcome.NotEmpty;
        await store.WriteAsync(content.Bytes, WholeAsync, cancellation);
        return RestoreOutcome.Restored;

        async Task WholeAsync()
        {
            if (await backup.NextAsync(cancellation) is not null)
                throw new InvalidDataException("There is more in this backup than the vault, after it.");
        }
    }

    /// <summary>Restores a backup of the vault alone.</summary>
    /// <param name="shares">Of the node's recovery key, where its custodian is lost; else empty.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The backup was edited or cut; nothing was changed.</exception>
    public static async Task<RestoreOutcome> RestoreAsync(
        VaultOptions options, string path, IReadOnlyList<string> shares, CancellationToken cancellation = default)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 << 10, FileOptions.Asynchronous);
        await using var backup = await OpenAsync(options, file, shares, cancellation);
        if (backup is null || await backup.NextAsync(cancellation) is not { } content)
            return RestoreOutcome.CannotBeOpened;
        return await RestoreAsync(options, content, backup, cancellation);
    }
}
