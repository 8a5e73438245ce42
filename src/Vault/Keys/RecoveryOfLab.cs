using System.Buffers.Binary;
using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>A recovery key to give out.</summary>
internal sealed record RecoveryKeyMade(byte[] PublicKey, int Shares, int Threshold);

/// <summary>The lab key wrapped to a recovery key, in the store.</summary>
/// <remarks>
/// A proof binds the row to the lab key: whoever can write to the store could else put a public key of their own there and
/// have the next lab key wrapped to it.
/// </remarks>
internal static class RecoveryOfLab
{
    private static ReadOnlySpan<byte> ProofInfo => "cofferdam/recovery-proof@1"u8;

    public static RecoveryRow Row(LabId lab, LabKey key, RecoveryKeyMade made, DateTimeOffset now)
    {
        var wrapped = RecoveryKey.Wrap(made.PublicKey, KeyContext.Recovery(lab.Value, key.Id), key.Key);
        var row = new RecoveryRow(made.PublicKey, wrapped, made.Shares, made.Threshold, now, []);
        return row with { Proof = Prove(lab, key, row) };
    }

    /// <summary>Wraps a new lab key to the recovery key that there is. One that was edited is taken away: it is to be made again.</summary>
    public static void Renew(VaultStore store, LabKeys lab, LabKey old, LabKey key)
    {
        if (store.Recovery(lab.Number) is not { } row)
            return;
        if (Holds(lab.Id, old, row))
            store.PutRecovery(lab.Number, Row(lab.Id, key, new RecoveryKeyMade(row.PublicKey, row.Shares, row.Threshold), row.MadeAt));
        else
            store.DeleteRecovery(lab.Number);
    }

    public static bool Holds(LabId lab, LabKey key, RecoveryRow row) => CryptographicOperations.FixedTimeEquals(Prove(lab, key, row), row.Proof);

    private static byte[] Prove(LabId lab, LabKey key, RecoveryRow row)
    {
        Span<byte> numbers = stackalloc byte[8 + 4 + 4];
        BinaryPrimitives.WriteInt64BigEndian(numbers, Micros.Of(row.MadeAt));
        BinaryPrimitives.WriteInt32BigEndian(numbers[8..], row.Shares);
        BinaryPrimitives.WriteInt32BigEndian(numbers[12..], row.Threshold);
        var prover = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Key, KeyRing.KeyBytes, info: ProofInfo.ToArray());
        byte[] proven = [.. KeyContext.Recovery(lab.Value, key.Id), .. numbers, .. row.PublicKey];
        return HMACSHA256.HashData(prover, proven);
    }
}
