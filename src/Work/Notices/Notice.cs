using Cofferdam.Storage;
using Cofferdam.Work.Labs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Notices;

/// <summary>What happened. Kept as a number: never change one.</summary>
public enum NoticeKind : byte
{
    /// <summary>An answer of yours came back. Subject: the slot.</summary>
    Returned = 1,

    /// <summary>Subject: the appeal.</summary>
    AppealDecided = 2,

    /// <summary>Subject: the question that you asked from inside a task.</summary>
    QuestionAnswered = 3,

    /// <summary>A project that you work in has new guidelines.</summary>
    GuidelinesPublished = 4,

    /// <summary>Subject: the delivery.</summary>
    DeliveryDone = 5,

    /// <summary>Subject: the delivery.</summary>
    DeliveryFailed = 6,

    /// <summary>Subject: the import.</summary>
    ImportDone = 7,

    /// <summary>Subject: the batch.</summary>
    BatchPaused = 8,

    /// <summary>Subject: the batch.</summary>
    BatchResumed = 9,

    /// <summary>Somebody has to decide. Subject: the slot.</summary>
    Escalated = 10,

    /// <summary>A batch was accepted, partly accepted or rejected. Subject: the acceptance.</summary>
    AcceptanceDecided = 11,

    /// <summary>Somebody enrolled with a link that you made. Subject: the invitation.</summary>
    InvitationUsed = 12,

    /// <summary>Your work stops. Subject: the suspension.</summary>
    Suspended = 13,

    /// <summary>Your work goes on. Subject: the suspension.</summary>
    Resumed = 14,

    /// <summary>Subject: the appeal that waits for a decision.</summary>
    Appealed = 15,

    /// <summary>Subject: the question that waits for an answer.</summary>
    QuestionAsked = 16,
}

/// <summary>Kinds that a person wants, or does not want, by e-mail. Kept as bits: never change one.</summary>
public enum NoticeTopic : byte
{
    /// <summary>What became of one's own work.</summary>
    MyWork = 1,

    /// <summary>What goes on in projects.</summary>
    Projects = 2,

    /// <summary>Who may do what.</summary>
    Access = 4,
}

/// <summary>One person is told one thing, by ids alone: never content.</summary>
public sealed class Notice
{
    public required Guid Id { get; init; }

    public required Guid Lab { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid Person { get; init; }

    public required NoticeKind Kind { get; init; }

    public Guid? Project { get; init; }

    /// <summary>What it is about; <see cref="NoticeKind"/> says what that is.</summary>
    public Guid? Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}

public static class NoticeSets
{
    private static readonly NoticeKind[] MyWork = [NoticeKind.Returned, NoticeKind.AppealDecided, NoticeKind.QuestionAnswered];

    private static readonly NoticeKind[] Access = [NoticeKind.InvitationUsed, NoticeKind.Suspended, NoticeKind.Resumed];

    extension(AppDb db)
    {
        public DbSet<Notice> Notices => db.Set<Notice>();
    }

    /// <summary>The topic of a kind; what is of no other is of <see cref="NoticeTopic.Projects"/>.</summary>
    public static NoticeTopic TopicOf(NoticeKind kind) =>
        MyWork.Contains(kind) ? NoticeTopic.MyWork : Access.Contains(kind) ? NoticeTopic.Access : NoticeTopic.Projects;
}

file sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.HasKey(notice => notice.Id);
        builder.HasOne<Lab>().WithMany().HasForeignKey(notice => notice.Lab);
    }
}
