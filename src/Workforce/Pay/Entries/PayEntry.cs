using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Rates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Entries;

public enum EntryKind : byte
{
    /// <summary>A work event of a lab's.</summary>
    Work = 1,

    /// <summary>An earlier entry put right; refers to it.</summary>
    Correction = 2,

    /// <summary>Promised hours of an engagement that stopped before its notice had run.</summary>
    PausePay = 3,

    /// <summary>What was missing to the floor of the place where somebody works.</summary>
    TopUp = 4,

    /// <summary>Taken back for now by a named person; refers to the entry in question.</summary>
    Withheld = 5,

    /// <summary>A withholding lifted; refers to the entry in question, as the withholding does.</summary>
    Released = 6,
}

/// <summary>What happened, of that which can be paid.</summary>
public enum WorkAct : byte
{
    /// <summary>A piece of work was handed in, or done: a task, a review, a reading, a question.</summary>
    Done = 1,

    /// <summary>A task was passed on, or its lease ran out. The time is paid, the piece is not.</summary>
    Left = 2,
}

/// <summary>One line of the pay ledger. Only ever added: store and hash chain both refuse anything else.</summary>
public sealed record PayEntry
{
    /// <summary>From 1 without gaps, per vendor node.</summary>
    public long Sequence { get; init; }

    public required EntryKind Kind { get; init; }

    public required Guid Expert { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units; negative where something is taken back.</summary>
    public required long Amount { get; init; }

    /// <summary>Of a work entry: what rounding left over after it, in 3,600ths of a minor unit.</summary>
    public long Carry { get; init; }

    /// <summary>When it happened, by the lab's event; for other kinds when the entry was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The date of <see cref="At"/> on the expert's wall.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>ISO 3166 code of where the expert works, as it was known; null where it was not.</summary>
    public string? Place { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Id of the person who made it; null for what follows from an event or a rule.</summary>
    public Guid? By { get; init; }

    /// <summary>Of a work entry: number of the event in its engagement. Of pause pay: number of the event that stopped work.</summary>
    public long? Event { get; init; }

    /// <summary>Of a work entry: part of the event, from 0. A day's total has one for each kind of work.</summary>
    public int Part { get; init; }

    /// <summary>The lab's id of the piece of work; of a day's total, the event's.</summary>
    public Guid? Assignment { get; init; }

    public PaidKind? Paid { get; init; }

    public WorkAct? Act { get; init; }

    /// <summary>Pieces that are paid.</summary>
    public int Pieces { get; init; }

    /// <summary>Seconds that the event reported; of pause pay the promised seconds that are paid a share of.</summary>
    public long Seconds { get; init; }

    /// <summary>
    /// Seconds that are paid: fewer than reported only where a bound was passed, which is shown and decided by a person.
    /// Of a correction: seconds that it adds or takes away.
    /// </summary>
    public long Counted { get; init; }

    /// <summary>The rate card it was paid by; null where there was none in force, and nothing could be paid yet.</summary>
    public Guid? Card { get; init; }

    /// <summary>The card's rate, copied, so that the line can be checked by itself.</summary>
    public long Each { get; init; }

    /// <summary>The card's rate per hour, copied.</summary>
    public long Hour { get; init; }

    /// <summary>Sequence of the entry that this one corrects, withholds or releases.</summary>
    public long? Refers { get; init; }

    public EntryReason? Reason { get; init; }

    /// <summary>Record with the words for it.</summary>
    public Guid? Words { get; init; }

    /// <summary>SHA-256 over the entry before and this one (<see cref="EntryHash"/>).</summary>
    public byte[] Hash { get; init; } = [];

    public Rate Rate => new(Each, Hour);
}

/// <summary>Why a person made an entry; the words are sealed beside it.</summary>
public enum EntryReason : byte
{
    Miscounted = 1,
    WrongRate = 2,

    /// <summary>An event came that should not have, or one never came.</summary>
    WrongEvent = 3,

    /// <summary>A bound on counted seconds was passed and the time was worked.</summary>
    OverBound = 4,
    DisputeUpheld = 5,

    /// <summary>Evidence that the work was not the expert's own, or not done.</summary>
    Integrity = 6,

    /// <summary>The clock of a withholding ran out without a decision.</summary>
    ClockRanOut = 7,
    Other = 8,
}

public static class EntrySets
{
    extension(AppDb db)
    {
        public DbSet<PayEntry> PayEntries => db.Set<PayEntry>();
    }
}

file sealed class PayEntryConfiguration : IEntityTypeConfiguration<PayEntry>
{
    public void Configure(EntityTypeBuilder<PayEntry> builder)
    {
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Ignore(entry => entry.Rate);
    }
}
