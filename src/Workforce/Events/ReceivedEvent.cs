using Cofferdam.Federation.Events;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Events;

/// <summary>What a lab's work event told. Kept as a number: never change one.</summary>
public enum ReceivedType : byte
{
    Started = 1,
    Submitted = 2,
    Accepted = 3,
    Returned = 4,
    Expired = 5,
    Skipped = 6,
    Reading = 7,
    Question = 8,
    EngagementSuspended = 9,
    EngagementResumed = 10,
    EngagementEnded = 11,
    ProjectPaused = 12,
    ProjectResumed = 13,
    ProjectEnded = 14,
    DayTotal = 15,

    /// <summary>Of a kind that this program does not know: kept, so that the order has no gap.</summary>
    Other = 99,
}

/// <summary>A work event of a lab, as it was taken; never changed.</summary>
public sealed class ReceivedEvent
{
    public required Guid Engagement { get; init; }

    public required long Sequence { get; init; }

    public required Guid Id { get; init; }

    public required ReceivedType Type { get; init; }

    public WorkKind? Kind { get; init; }

    /// <summary>Null where it is about nobody, or about nobody whom this vendor placed there.</summary>
    public Guid? Expert { get; init; }

    /// <summary>By an id that the lab made for this engagement.</summary>
    public Guid? Project { get; init; }

    /// <summary>By an id that the lab made for this engagement.</summary>
    public Guid? Assignment { get; init; }

    public int? Seconds { get; init; }

    /// <summary>A class: a–z and <c>-</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a day's total: JSON of <see cref="DayCount"/>s.</summary>
    public string? Totals { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>Work that a lab has stopped: an engagement, or one project of it.</summary>
public sealed class Stoppage
{
    public required Guid Engagement { get; init; }

    /// <summary>Of the event that told of it.</summary>
    public required long Sequence { get; init; }

    /// <summary>Null: all of the engagement.</summary>
    public Guid? Project { get; init; }

    /// <summary>The class of its reason: a–z and <c>-</c>.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What an expert is told. Kept as a number: never change one.</summary>
public enum NoticeKind : byte
{
    Suspended = 1,
    Resumed = 2,
    ProjectPaused = 3,
    ProjectResumed = 4,
    ProjectEnded = 5,

    /// <summary>A side has given notice; the reason is its class.</summary>
    EngagementEnds = 6,
    PlacementEnded = 7,

    /// <summary>The vendor no longer vouches for them until something is put in order.</summary>
    NotInOrder = 8,
}

/// <summary>One expert is told that one thing happened to their work.</summary>
public sealed class ExpertNotice
{
    public required Guid Id { get; init; }

    public required Guid Expert { get; init; }

    public required NoticeKind Kind { get; init; }

    public required Guid Engagement { get; init; }

    public Guid? Project { get; init; }

    /// <summary>A class: a–z and <c>-</c>.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? ReadAt { get; set; }

    public static ExpertNotice Of(Guid expert, NoticeKind kind, Guid engagement, Guid? project, string? reason, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        Expert = expert,
        Kind = kind,
        Engagement = engagement,
        Project = project,
        Reason = reason,
        At = at,
    };
}

public static class EventSets
{
    extension(AppDb db)
    {
        public DbSet<ReceivedEvent> ReceivedEvents => db.Set<ReceivedEvent>();

        public DbSet<Stoppage> Stoppages => db.Set<Stoppage>();

        public DbSet<ExpertNotice> ExpertNotices => db.Set<ExpertNotice>();
    }
}

file sealed class ReceivedEventConfiguration : IEntityTypeConfiguration<ReceivedEvent>
{
    public void Configure(EntityTypeBuilder<ReceivedEvent> builder)
    {
        builder.HasKey(row => new { row.Engagement, row.Sequence });
        builder.HasOne<Engagement>().WithMany().HasForeignKey(row => row.Engagement);
    }
}

file sealed class StoppageConfiguration : IEntityTypeConfiguration<Stoppage>
{
    public void Configure(EntityTypeBuilder<Stoppage> builder)
    {
        builder.HasKey(row => new { row.Engagement, row.Sequence });
        builder.HasOne<Engagement>().WithMany().HasForeignKey(row => row.Engagement);
    }
}

file sealed class ExpertNoticeConfiguration : IEntityTypeConfiguration<ExpertNotice>
{
    public void Configure(EntityTypeBuilder<ExpertNotice> builder)
    {
        builder.HasKey(row => row.Id);
        builder.HasOne<Access.Person>().WithMany().HasForeignKey(row => row.Expert);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(row => row.Engagement);
    }
}
