using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Heads;

/// <summary>Whether the versions that a lab's records are at are those that they were left at.</summary>
internal enum HeadStanding
{
    /// <summary>They are.</summary>
    Sound = 1,

    /// <summary>Some are not, and are known: these are refused.</summary>
    RolledBack = 2,

    /// <summary>Some are not, and cannot be told from the others: what may have had other versions is refused until it is sealed anew.</summary>
    Disputed = 3,

    /// <summary>An operator took them as they were found.</summary>
    Accepted = 4,
}

/// <summary>Which version each record of one lab is at, for those beyond version 1. The sequencer's thread alone.</summary>
/// <param name="key">See <see cref="HeadSeal.Key"/>.</param>
/// <param name="versions">By record, those beyond 1.</param>
internal sealed class LabHeads(byte[] key, HeadSum sum, Dictionary<Guid, long> versions, HeadStanding standing)
{
    /// <summary>Ids of removed records that are remembered while the process runs.</summary>
    private const int MaxRemoved = 100_000;

    private readonly HashSet<Guid> removed = [];
    private readonly Queue<Guid> removedInOrder = new();
    private readonly HashSet<Guid> sealedSince = [];

    // Other processes write too: versions here are the least that records are at.
    private bool isShared;

    public byte[] Key => key;

    /// <summary>As committed.</summary>
    public HeadSum Sum { get; private set; } = sum;

    public HeadStanding Standing => standing;

    /// <summary>The version that a record must be at: 1 where nothing else is known.</summary>
    public long VersionOf(Guid record) => versions.GetValueOrDefault(record, 1);

    /// <summary>False where what the store has as the head of a record is an older version put back, or may be.</summary>
    public bool IsHead(HeadRow head) =>
        IsVersion(head)
        && !removed.Contains(head.Id)
        && (standing != HeadStanding.Disputed || sealedSince.Contains(head.Id) || (head.Version == 1 && IsWrittenOnce(head.Kind)));

    /// <summary>True where the next version of a record may be sealed upon this one.</summary>
    public bool MayFollow(Guid record, HeadRow? head) =>
        head is null ? isShared || !versions.ContainsKey(record) : IsVersion(head) && !removed.Contains(record);

    /// <summary>The version that a record is removed at.</summary>
    public long RemovedAt(HeadRow head) => isShared ? Math.Max(head.Version, VersionOf(head.Id)) : VersionOf(head.Id);

    /// <summary>Another process has written to this lab: its sum is theirs now, and versions may be higher than is known here.</summary>
    public void TakeUp(HeadSum theirs)
    {
        Sum = theirs;
        isShared = true;
    }

    /// <summary>The lab's batch is durable.</summary>
    /// <param name="others">What is no record and has versions all the same, by its name among them.</param>
    public void Commit(HeadSum moved, IEnumerable<HeadRow> heads, IEnumerable<Guid> gone, IEnumerable<(Guid Name, long Version)> others)
    {
        Sum = moved;
        foreach (var (name, version) in others)
            versions[name] = version;
        foreach (var head in heads)
        {
            if (head.Version > 1)
                versions[head.Id] = head.Version;
            removed.Remove(head.Id);
            if (standing == HeadStanding.Disputed)
                sealedSince.Add(head.Id);
        }

        foreach (var id in gone)
        {
            versions.Remove(id);
            sealedSince.Remove(id);
            if (!removed.Add(id))
                continue;
            removedInOrder.Enqueue(id);
            if (removedInOrder.Count > MaxRemoved)
                removed.Remove(removedInOrder.Dequeue());
        }
    }

    /// <summary>Takes over what only the process remembers, from what was read of the same lab before.</summary>
    public void Remember(LabHeads earlier)
    {
        sealedSince.UnionWith(earlier.sealedSince);
        foreach (var id in earlier.removedInOrder.Where(earlier.removed.Contains))
        {
            if (removed.Add(id))
                removedInOrder.Enqueue(id);
        }
    }

    private bool IsVersion(HeadRow head) => isShared ? head.Version >= VersionOf(head.Id) : head.Version == VersionOf(head.Id);

    // What no part of the product ever seals a second version of.
    private static bool IsWrittenOnce(RecordKind kind) =>
        kind is RecordKind.Item or RecordKind.Answer or RecordKind.GuidelineSection or RecordKind.Form or RecordKind.Image;
}
