using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault;

/// <summary>Wraps the keys of backups under the node's own root key, and to its recovery key where one was made.</summary>
/// <remarks>Needs no vault that runs, and none that does not: it asks the custodian itself.</remarks>
public static class BackupKey
{
    /// <summary>Wraps a backup's key, as <see cref="SealedBackup.BeginAsync"/> asks for it.</summary>
    /// <exception cref="KeyCustodyException">The node's custodian cannot be used.</exception>
    public static async ValueTask<IReadOnlyList<BackupWrap>> WrapAsync(
        VaultOptions options, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        using var custodians = new Custodians(options);
        var node = await StoreCopy.Of(options).NodeAsync(cancellation);
        var wrapped = await custodians.Of(node.Custodian).WrapAsync(LabId.Node.Value, node.Root, key, context, cancellation);
        List<BackupWrap> wraps = [new(BackupWrapKind.Custodian, LabId.Node.Value, node.Custodian, node.Root, wrapped)];
        if (node.RecoveryKey is { } recovery)
        {
            wraps.Add(new BackupWrap(
                BackupWrapKind.Recovery, LabId.Node.Value, Convert.ToHexStringLower(RecoveryKey.Fingerprint(recovery)), "", RecoveryKey.Wrap(recovery, context.Span, key.Span)));
        }

        return wraps;
    }

    /// <summary>Unwraps a backup's key with one of the custodians, or with shares of the recovery key.</summary>
    /// <param name="shares">Empty: the custodian alone is asked.</param>
    /// <returns>Null where neither has it.</returns>
    /// <exception cref="KeyCustodyException">The custodian has the key and cannot be used.</exception>
    public static async ValueTask<byte[]?> UnwrapAsync(
        VaultOptions options, IReadOnlyList<BackupWrap> wraps, ReadOnlyMemory<byte> context, IReadOnlyList<string> shares, CancellationToken cancellation = default)
    {
        if (shares.Count > 0)
            return Recover(wraps, context.Span, shares);
        using var custodians = new Custodians(options);
        // Of the node, whatever lab the file names: it may have been edited.
        foreach (var wrap in wraps.Where(wrap => wrap.Kind == BackupWrapKind.Custodian && wrap.Lab == LabId.Node.Value))
        {
            if (custodians.Find(wrap.Holder) is { } custodian)
                return await custodian.UnwrapAsync(LabId.Node.Value, wrap.Root, wrap.Wrapped, context, cancellation);
        }

        return null;
    }

    private static byte[]? Recover(IReadOnlyList<BackupWrap> wraps, ReadOnlySpan<byte> context, IReadOnlyList<string> shares)
    {
        if (RecoveryShares.TryCombine(shares) is not CombineOutcome.Combined combined)
            return null;
        byte[]? key = null;
        foreach (var wrap in wraps.Where(wrap => wrap.Kind == BackupWrapKind.Recovery))
        {
            if (RecoveryKey.TryUnwrap(combined.PrivateKey, context, wrap.Wrapped.Span, out var opened))
                key = opened;
        }

        CryptographicOperations.ZeroMemory(combined.PrivateKey);
        return key;
    }
}
