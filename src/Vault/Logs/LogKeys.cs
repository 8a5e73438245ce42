using System.Buffers.Binary;
using System.Security.Cryptography;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>Keys of a lab's logs: the one that signs checkpoints, and salt keys that no two logs share.</summary>
internal static class LogKeys
{
    /// <summary>A fresh signing key, wrapped under the lab key.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no libcrypto; the message says what to install.</exception>
    /// <param name="labKey">32 bytes.</param>
    public static LogKeyRow New(LabKeys lab, byte[] labKey)
    {
        var seed = Ed25519.GenerateKey();
        var row = new LogKeyRow(KeyWrap.Wrap(labKey, Context(lab), seed), Ed25519.PublicKey(seed));
        CryptographicOperations.ZeroMemory(seed);
        return row;
    }

    /// <summary>The seed of a lab's signing key.</summary>
    public static byte[] Open(LabKeys lab, LogKeyRow row) =>
        KeyWrap.TryUnwrap(lab.Key, Context(lab), row.Wrapped, out var seed)
            ? seed
            : throw new CryptographicException("A log's key in the vault's store is not what was wrapped: the store was edited.");

    /// <summary>The key of a person's salts in one of the lab's logs.</summary>
    /// <remarks>
    /// Sequence numbers begin anew in a new log. Without this the salt that shows one receipt would open another of the same
    /// number in the log before.
    /// </remarks>
    /// <param name="log">From 1.</param>
    public static byte[] SaltKey(byte[] saltKey, long log)
    {
        if (log == 1)
            return saltKey;
        var info = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(info, log);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, saltKey, saltKey.Length, info: [.. "cofferdam/log-salts@1"u8, .. info]);
    }

    private static byte[] Context(LabKeys lab) => KeyContext.Log(lab.Id.Value);
}
