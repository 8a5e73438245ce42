using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <summary>The head of a record. <paramref name="Sealed"/> is null where only the head's facts were read.</summary>
/// <param name="Weight">Its own weight, bound (see <c>BudgetSeals</c>); null where it weighs what its kind does.</param>
internal sealed record HeadRow(
    Guid Id, long Lab, Guid Project, RecordKind Kind, long Version, Guid Key, byte[] ContentId, long Bytes, byte[]? Sealed, byte[]? Weight = null);

/// <summary>A record to write: a new one, or the successor of a head, which moves to history or goes.</summary>
internal sealed record RecordWrite(HeadRow Row, DateTimeOffset SealedAt)
{
    public bool IsNew => Row.Version == 1;

    /// <summary>Of a draft only the head is kept.</summary>
    public bool KeepsHistory => Row.Kind != RecordKind.Draft;
}

/// <summary>A record asked for by a principal in one batch; the store says whether for the first time.</summary>
internal sealed class Reading(Guid record, Guid principal, long version, long receipt)
{
    public Guid Record { get; } = record;

    public Guid Principal { get; } = principal;

    public long Version { get; } = version;

    /// <summary>The receipt it was noted under: that of the first who asked.</summary>
    public long Receipt { get; } = receipt;

    /// <summary>The principal had not been handed this version before this batch.</summary>
    public bool First { get; set; }

    /// <summary>What was noted of the record before: an earlier version; null where none.</summary>
    public (long Version, long Receipt)? Before { get; set; }

    /// <summary>The receipt that the first read went to; null while none was granted.</summary>
    public long? TakenBy { get; set; }
}

/// <param name="FirstReads">What the first reads in it weigh; before there were weights, how many there were.</param>
internal sealed record ReceiptRow(
    long Id, DateTimeOffset Time, Act Act, Guid Project, Guid Principal, long FirstReads, byte[] What, byte[] Who, byte[] Leaf)
{
    private const int SequenceBits = 40;

    public const long MaxSequence = (1L << SequenceBits) - 1;

    public long Sequence => Id & MaxSequence;

    public bool IsOf(long lab) => Id >> SequenceBits == lab;

    public static long IdOf(long lab, long sequence) => (lab << SequenceBits) + sequence;
}

/// <summary>What a budget is of.</summary>
internal readonly record struct BudgetKey(long Lab, BudgetKind Kind, Guid Subject);

/// <summary>What was spent of a budget.</summary>
/// <param name="Name">Of a host.</param>
/// <param name="Hour">Clock hour since 1970 that <paramref name="Spent"/> is of.</param>
/// <param name="Total">Ever spent.</param>
/// <param name="Mac">Over all of it, see <c>BudgetSeals</c>.</param>
internal sealed record UseRow(BudgetKey Key, string? Name, long Hour, long Spent, long Total, byte[] Mac);

/// <summary>A part of the methodology that an engagement's people, or a host, have been handed.</summary>
internal readonly record struct ShownRow(Guid Record, BudgetKind Kind, Guid Subject);

/// <summary>A record of the methodology.</summary>
internal sealed record PartRow(Guid Id, RecordKind Kind, long Version, byte[]? Weight);

/// <param name="Key">Id of the lab key.</param>
/// <param name="Wrapped">The lab key under the root key.</param>
/// <param name="Custodian">Name of the custodian that has the root key.</param>
/// <param name="Root">The custodian's reference to it.</param>
/// <param name="Slug">Null in a store from before there were logs, until the lab is next named.</param>
internal sealed record LabRow(long Number, Guid Id, Guid Key, byte[] Wrapped, string Custodian, string Root, DateTimeOffset KeyedAt, string? Slug = null);

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

/// <param name="Log">Which of the lab's logs this is, from 1.</param>
/// <param name="Origin">Null until the lab is named.</param>
/// <param name="Token">Under which this process writes; every process that takes a ledger up raises it.</param>
/// <param name="Found">The token in the store.</param>
/// <param name="Epoch">Of control, when this lab's was last changed.</param>
internal sealed record LedgerRow(long Lab, long Size, byte[] Frontier, long Log, string? Origin, long Token, long Found, long Epoch)
{
    /// <summary>Which versions the lab's records are at, sealed (see <c>HeadSeal</c>); empty before the first receipt.</summary>
    public byte[] Heads { get; init; } = [];
}

/// <summary>A log of a lab's that no longer grows; its receipts have ids from its own number on.</summary>
internal sealed record ClosedLogRow(long Number, long Log, string Origin, long Size, byte[] Frontier);

internal sealed record LogKeyRow(byte[] Wrapped, byte[] Public);

internal sealed record SuspensionRow(long Lab, Suspension Suspension);
