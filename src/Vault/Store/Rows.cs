using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <summary>The head of a record. <paramref name="Sealed"/> is null where only the head's facts were read.</summary>
internal sealed record HeadRow(
    Guid Id, long Lab, Guid Project, RecordKind Kind, long Version, Guid Key, byte[] ContentId, long Bytes, byte[]? Sealed);

/// <summary>A record to write: a new one, or the successor of a head, which moves to history or goes.</summary>
internal sealed record RecordWrite(HeadRow Row, DateTimeOffset SealedAt)
{
    public bool IsNew => Row.Version == 1;

    /// <summary>Of a draft only the head is kept.</summary>
    public bool KeepsHistory => Row.Kind != RecordKind.Draft;
}

/// <summary>A record handed to a principal; the store says whether for the first time.</summary>
internal sealed class Reading(Guid record, Guid principal, long version, long receipt)
{
    public Guid Record { get; } = record;

    public Guid Principal { get; } = principal;

    public long Version { get; } = version;

    public long Receipt { get; } = receipt;

    public bool First { get; set; }
}

internal sealed record ReceiptRow(
    long Id, DateTimeOffset Time, Act Act, Guid Project, Guid Principal, int FirstReads, byte[] What, byte[] Who, byte[] Leaf)
{
    private const int SequenceBits = 40;

    public long Sequence => Id & ((1L << SequenceBits) - 1);

    public static long IdOf(long lab, long sequence) => (lab << SequenceBits) + sequence;
}

/// <param name="Key">Id of the lab key.</param>
/// <param name="Wrapped">The lab key under the root key.</param>
/// <param name="Custodian">Name of the custodian that has the root key.</param>
/// <param name="Root">The custodian's reference to it.</param>
internal sealed record LabRow(long Number, Guid Id, Guid Key, byte[] Wrapped, string Custodian, string Root, DateTimeOffset KeyedAt);

/// <param name="Fingerprint">The key of fingerprints, where it is not derived from this one.</param>
/// <param name="Retired">Records are resealed away from it.</param>
internal sealed record ProjectKeyRow(long Lab, Guid Project, Guid Key, byte[] Wrapped, byte[]? Fingerprint, bool Retired);

/// <param name="Since">Sequence number of the first receipt that it is of.</param>
internal sealed record SaltKeyRow(byte[] Wrapped, long Since);

/// <summary>A key wrapped under a lab key, and what tells it from others in its table.</summary>
internal sealed record WrappedRow(Guid[] Ids, byte[] Wrapped);

/// <summary>A root key that is destroyed for a proposal.</summary>
internal sealed record CondemnedRoot(long Lab, string Custodian, string Root, Guid Proposal);

/// <param name="Wrapped">The lab key, to the public key.</param>
/// <param name="Proof">Binds the rest to the lab key.</param>
internal sealed record RecoveryRow(byte[] PublicKey, byte[] Wrapped, int Shares, int Threshold, DateTimeOffset MadeAt, byte[] Proof);

internal sealed record LedgerRow(long Lab, long Size, byte[] Frontier);

internal sealed record SuspensionRow(long Lab, Suspension Suspension);
