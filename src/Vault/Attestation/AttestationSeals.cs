using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Attestation;

/// <summary>What binds rows and nonces to keys of the lab's: an edited row is found, and a nonce needs no row until it is used.</summary>
/// <param name="serviceSaltKey">As for <c>BudgetSeals</c>: rotation never changes it.</param>
internal sealed class AttestationSeals(Func<LabKeys, byte[]> serviceSaltKey)
{
    private readonly ConcurrentDictionary<long, LabSealKeys> keys = new();

    /// <exception cref="VaultStoreException">It is not what the vault wrote.</exception>
    public AttestationRow Checked(LabKeys lab, AttestationRow row) =>
        CryptographicOperations.FixedTimeEquals(Mac(lab, row.Kind, row.Id, row.Version, row.Content), row.Mac) ? row : throw Edited();

    public AttestationRow Seal(LabKeys lab, AttestationKind kind, Guid id, long version, byte[] content) =>
        new(kind, id, version, content, Mac(lab, kind, id, version, content));

    /// <summary>The key of nonces, 32 bytes.</summary>
    public byte[] NonceKey(LabKeys lab) => Of(lab).Nonces;

    public static VaultStoreException Edited() =>
        new("What the vault's store says of people, their keys and engagements is not as it was kept: the store was edited. Restore a backup.");

    private byte[] Mac(LabKeys lab, AttestationKind kind, Guid id, long version, byte[] content)
    {
        var message = new byte[8 + 8 + 1 + 16 + 8 + content.Length];
        "row@1\0\0\0"u8.CopyTo(message);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(8), lab.Number);
        message[16] = (byte)kind;
        id.TryWriteBytes(message.AsSpan(17), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(33), version);
        content.CopyTo(message.AsSpan(41));
        return HMACSHA256.HashData(Of(lab).Rows, message);
    }

    private LabSealKeys Of(LabKeys lab) => keys.GetOrAdd(
        lab.Number,
        static (_, from) =>
        {
            var salt = from.Key(from.Lab);
            return new LabSealKeys(Derive(salt, "cofferdam/attestation@1"u8), Derive(salt, "cofferdam/nonce@1"u8));
        },
        (Key: serviceSaltKey, Lab: lab));

    private static byte[] Derive(byte[] salt, ReadOnlySpan<byte> info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, salt, HMACSHA256.HashSizeInBytes, info: info.ToArray());

    private sealed record LabSealKeys(byte[] Rows, byte[] Nonces);
}
