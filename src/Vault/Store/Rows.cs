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

internal sealed record LabRow(long Number, Guid Id, Guid Key, byte[] Wrapped);

internal sealed record ProjectKeyRow(long Lab, Guid Project, Guid Key, byte[] Wrapped);

/// <param name="Token">Under which this process writes; every process that takes a ledger up raises it.</param>
/// <param name="Found">The token in the store.</param>
/// <param name="Epoch">Of control, when this lab's was last changed.</param>
internal sealed record LedgerRow(long Lab, long Size, byte[] Frontier, long Token, long Found, long Epoch);

internal sealed record SuspensionRow(long Lab, Suspension Suspension);
