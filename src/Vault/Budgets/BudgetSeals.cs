using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Budgets;

/// <summary>Binds counters and weights in the store to a key of the lab's: an edited one is found.</summary>
/// <param name="serviceSaltKey">
/// The salt key of the node's own services at a lab, from which the key is derived (HKDF-SHA-256, RFC 5869): rotation rewraps
/// it and never changes it.
/// </param>
internal sealed class BudgetSeals(Func<LabKeys, byte[]> serviceSaltKey)
{
    private const int WeightTagBytes = 16;

    private readonly ConcurrentDictionary<long, byte[]> keys = new();

    /// <summary>HMAC-SHA-256 over everything that a row says.</summary>
    public byte[] Mac(LabKeys lab, UseRow row)
    {
        Span<byte> message = stackalloc byte[8 + 8 + 1 + 16 + 8 + 8 + 8];
        "use@1\0\0\0"u8.CopyTo(message);
        BinaryPrimitives.WriteInt64BigEndian(message[8..], row.Key.Lab);
        message[16] = (byte)row.Key.Kind;
        row.Key.Subject.TryWriteBytes(message[17..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(message[33..], row.Hour);
        BinaryPrimitives.WriteInt64BigEndian(message[41..], row.Spent);
        BinaryPrimitives.WriteInt64BigEndian(message[49..], row.Total);
        return HMACSHA256.HashData(Key(lab), message);
    }

    /// <summary>A record's own weight as it is kept: two bytes, and 16 of an HMAC-SHA-256 over record, version and weight.</summary>
    public byte[] Bind(LabKeys lab, Guid record, long version, int weight)
    {
        var bound = new byte[sizeof(ushort) + WeightTagBytes];
        BinaryPrimitives.WriteUInt16BigEndian(bound, checked((ushort)weight));
        Tag(lab, record, version, weight)[..WeightTagBytes].CopyTo(bound.AsSpan(sizeof(ushort)));
        return bound;
    }

    /// <returns>What the record weighs by itself; 0 where nothing is said.</returns>
    /// <exception cref="VaultStoreException">The store was edited.</exception>
    public int Weight(LabKeys lab, Guid record, long version, byte[]? bound)
    {
        if (bound is null)
            return 0;
        if (bound.Length == sizeof(ushort) + WeightTagBytes)
        {
            var weight = BinaryPrimitives.ReadUInt16BigEndian(bound);
            if (CryptographicOperations.FixedTimeEquals(Tag(lab, record, version, weight).AsSpan(0, WeightTagBytes), bound.AsSpan(sizeof(ushort))))
                return weight;
        }

        throw new VaultStoreException("The weight of a record in the vault's store is not what was sealed: the store was edited. Restore a backup.");
    }

    private byte[] Tag(LabKeys lab, Guid record, long version, int weight)
    {
        Span<byte> message = stackalloc byte[8 + 16 + 8 + 2];
        "weight@1"u8.CopyTo(message);
        record.TryWriteBytes(message[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(message[24..], version);
        BinaryPrimitives.WriteUInt16BigEndian(message[32..], (ushort)weight);
        return HMACSHA256.HashData(Key(lab), message);
    }

    private byte[] Key(LabKeys lab) => keys.GetOrAdd(
        lab.Number, _ => HKDF.DeriveKey(HashAlgorithmName.SHA256, serviceSaltKey(lab), HMACSHA256.HashSizeInBytes, info: "cofferdam/budget@1"u8.ToArray()));
}
