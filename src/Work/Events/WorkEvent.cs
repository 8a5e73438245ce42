using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Events;

/// <summary>What a vendor is told of. Kept as a number: never change one.</summary>
public enum WorkEventType : byte
{
    /// <summary>Somebody took a task, or took one that had lapsed up again.</summary>
    Started = 1,
    Submitted = 2,
    Accepted = 3,

    /// <summary>The answer was given back, to be redone by its maker or by somebody else.</summary>
    Returned = 4,

    /// <summary>The task left the person's hand without their doing: its time ran out, or the lab took it back.</summary>
    Expired = 5,

    /// <summary>The person does not want the item.</summary>
    Skipped = 6,

    /// <summary>The person gave the task back.</summary>
    Released = 7,
    ReadingDone = 8,
    QuestionAsked = 9,
    EngagementSuspended = 10,
    EngagementResumed = 11,
    EngagementEnded = 12,
    ProjectPaused = 13,
    ProjectResumed = 14,

    /// <summary>What one person did in one day, counted.</summary>
    DayTotal = 15,
}

/// <summary>What kind of work an event tells of; a vendor may pay each otherwise. Kept as a number: never change one.</summary>
public enum WorkKind : byte
{
    Task = 1,

    /// <summary>Guidelines read.</summary>
    Reading = 2,
    Qualification = 3,
    Question = 4,

    /// <summary>An answer redone after it was returned.</summary>
    Rework = 5,

    /// <summary>An answer of somebody else's judged.</summary>
    Review = 6,
}

/// <summary>
/// One thing that a vendor is told of its people's work. Written in the transaction of what it tells of, and never changed
/// but to number it. A field more is a fact more that leaves the lab: the threat model lists each.
/// </summary>
public sealed class WorkEvent
{
    /// <summary>Types up to this one tell of one person's work, and may be told as totals.</summary>
    internal const WorkEventType LastOfWork = WorkEventType.QuestionAsked;

    /// <summary>Rises with the order of what happened to one assignment.</summary>
    public long Id { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>From 1 without gaps, per engagement; null until it is about to be sent.</summary>
    public long? Sequence { get; init; }

    public required WorkEventType Type { get; init; }

    public WorkKind? Kind { get; init; }

    /// <summary>Pseudonym; null where it concerns the whole engagement.</summary>
    public Guid? Person { get; init; }

    public Guid? Project { get; init; }

    /// <summary>The slot; leaves the lab under another id.</summary>
    public Guid? Assignment { get; init; }

    /// <summary>Time counted on the work; null where none was.</summary>
    public double? Seconds { get; init; }

    /// <summary>Reason class of a suspension, as <see cref="Vault.Contract.ReasonClass"/>.</summary>
    public byte? Reason { get; init; }

    /// <summary>The total that tells of it among others; such an event has no number of its own.</summary>
    public long? Total { get; init; }

    /// <summary>The suspension that it tells of; stays at the lab.</summary>
    public Guid? Cause { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Not to be told yet: an answer that nobody reviews is told as accepted together with one that somebody did.</summary>
    public bool Held { get; init; }
}

public static class WorkEventSets
{
    extension(AppDb db)
    {
        public DbSet<WorkEvent> WorkEvents => db.Set<WorkEvent>();
    }
}

file sealed class WorkEventConfiguration : IEntityTypeConfiguration<WorkEvent>
{
    public void Configure(EntityTypeBuilder<WorkEvent> builder) => builder.HasKey(row => row.Id);
}
