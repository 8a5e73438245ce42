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

    public bool IsOf(long lab) => Id >> SequenceBits == lab;

    public static long IdOf(long lab, long sequence) => (lab << SequenceBits) + sequence;
}

/// <param name="Slug">Null in a store from before there were logs, until the lab is next named.</param>
internal sealed record LabRow(long Number, Guid Id, Guid Key, byte[] Wrapped, string? Slug = null);

internal sealed record ProjectKeyRow(long Lab, Guid Project, Guid Key, byte[] Wrapped);

/// <param name="Log">Which of the lab's logs this is, from 1.</param>
/// <param name="Origin">Null until the lab is named.</param>
internal sealed record LedgerRow(long Lab, long Size, byte[] Frontier, long Log, string? Origin);

/// <summary>A log of a lab's that no longer grows; its receipts have ids from its own number on.</summary>
internal sealed record ClosedLogRow(long Number, long Log, string Origin, long Size, byte[] Frontier);

internal sealed record LogKeyRow(byte[] Wrapped, byte[] Public);

internal sealed record SuspensionRow(long Lab, Suspension Suspension);
