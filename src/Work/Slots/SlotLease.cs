namespace Cofferdam.Work.Slots;

/// <summary>A slot in a person's hand.</summary>
/// <param name="Flipped">Response b is shown on the left.</param>
/// <param name="LeaseUntil">Null for returned work, which is not taken away.</param>
/// <param name="Drafted">A draft may have been saved for it.</param>
/// <param name="Answer">Record of the answer that was returned.</param>
/// <param name="Reason">Record of the reviewer's words, where it was returned.</param>
/// <param name="Rounds">Times that it was returned.</param>
public sealed record SlotLease(
    Guid Slot,
    Guid Item,
    Guid Batch,
    bool Flipped,
    int GuidelineVersion,
    int FormVersion,
    SlotState State,
    DateTimeOffset? LeaseUntil,
    bool Drafted,
    Guid? Answer,
    Guid? Reason,
    int Rounds = 0)
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    internal const string Columns = "id, item, batch, flipped, guideline_version, form_version, state, lease_until, drafted, answer, reason, rounds";

    internal static SlotLease Read(Row row) => new(
        row.Id(0), row.Id(1), row.Id(2), row.Flag(3), (int)row.Number(4), (int)row.Number(5), (SlotState)row.Number(6),
        row.TimeOrNull(7), row.Flag(8), row.IdOrNull(9), row.IdOrNull(10), (int)row.Number(11));
}

/// <summary>What came of asking for a next task.</summary>
public enum LeaseResult
{
    Leased,

    /// <summary>Nothing is open that this person may still do.</summary>
    None,

    /// <summary>The person holds as many tasks as the batch allows.</summary>
    HeldTooMany,
}

public readonly record struct LeaseOutcome(LeaseResult Result, SlotLease? Lease);

public enum SubmitResult
{
    /// <summary>The answer counts, on this slot or on another of the same item.</summary>
    Submitted,

    /// <summary>This submission had been taken before; the answer of that time counts.</summary>
    Repeated,

    /// <summary>Every place of the item is another's by now.</summary>
    LeaseLost,

    /// <summary>The submission id was used by somebody else or for another task.</summary>
    SubmissionTaken,
}

/// <summary>An answer in a reviewer's hand.</summary>
/// <param name="LeaseUntil">Null for what was escalated, which nobody is leased.</param>
public sealed record ReviewLease(Guid Slot, Guid Item, bool Flipped, int GuidelineVersion, int FormVersion, Guid Holder, Guid Answer, DateTimeOffset? LeaseUntil);
