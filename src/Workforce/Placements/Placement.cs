using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Roster;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Placements;

/// <summary>Why a placement ended. Kept as a number: never change one.</summary>
public enum PlacementEnd : byte
{
    /// <summary>The work is done.</summary>
    Done = 1,

    /// <summary>The expert asked for it.</summary>
    Asked = 2,
    EngagementEnded = 3,

    /// <summary>A conflict of interest.</summary>
    Conflict = 4,

    /// <summary>Something the expert did.</summary>
    Conduct = 5,

    /// <summary>The expert's sign-in or device may be in other hands.</summary>
    Security = 6,
}

/// <summary>An expert on an engagement, from an accepted offer.</summary>
public sealed class Placement
{
    public required Guid Id { get; init; }

    public required Guid Engagement { get; init; }

    public required Guid Need { get; init; }

    public required Guid Offer { get; init; }

    public required Guid Expert { get; init; }

    /// <summary>The expert's name at this lab's node: 16 random bytes, base64url. The same when they come back, so that the lab knows what they have seen.</summary>
    public required string Subject { get; init; }

    /// <summary>What the lab's events call them: <see cref="Vault.Contract.Subject.Pseudonym"/>.</summary>
    public required Guid Pseudonym { get; init; }

    public required StatementRole Role { get; set; }

    public Guid? Team { get; set; }

    /// <summary>Hours a week that were offered.</summary>
    public required int WeekHours { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When a statement is due next; null: none is.</summary>
    public DateTimeOffset? RenewAt { get; set; }

    /// <summary>Until when the lab has this node's word.</summary>
    public DateTimeOffset? VouchedUntil { get; set; }

    /// <summary>How far the lab has come with the person: <see cref="Federation.Engagements.StatementReply.State"/>.</summary>
    public string? LabState { get; set; }

    /// <summary>Why the lab did not take the last statement; null where it did.</summary>
    public string? Fault { get; set; }

    /// <summary>JSON list of what is not in order, while no statement is issued for it; null where all is.</summary>
    public string? Lapsed { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Account of who ended it; null: it ended with the engagement, or the lab ended it.</summary>
    public Guid? EndedBy { get; set; }

    public PlacementEnd? EndReason { get; set; }
}

/// <summary>The name under which one lab's node knows an expert; two labs cannot join theirs.</summary>
public sealed class LabSubject
{
    public required Guid Expert { get; init; }

    public required Guid Node { get; init; }

    public required string Lab { get; init; }

    public required string Subject { get; init; }

    /// <summary>Seconds since 1970 of the last statement or withdrawal: each is later than the one before, or the lab would not take it.</summary>
    public long IssuedAt { get; set; }
}

public static class PlacementSets
{
    extension(AppDb db)
    {
        public DbSet<Placement> Placements => db.Set<Placement>();

        public DbSet<LabSubject> LabSubjects => db.Set<LabSubject>();

        /// <summary>The time that the next statement or withdrawal of a person bears: whole seconds, later than the one before. The engagement's lock must be held.</summary>
        internal async Task<DateTimeOffset> NextIssueAsync(Guid expert, Engagement engagement, DateTimeOffset now, CancellationToken cancellation)
        {
            var subject = await db.LabSubjects.SingleAsync(one => one.Expert == expert && one.Node == engagement.Node && one.Lab == engagement.Lab, cancellation);
            subject.IssuedAt = Math.Max(subject.IssuedAt + 1, now.ToUnixTimeSeconds());
            return DateTimeOffset.FromUnixTimeSeconds(subject.IssuedAt);
        }
    }
}

file sealed class PlacementConfiguration : IEntityTypeConfiguration<Placement>
{
    public void Configure(EntityTypeBuilder<Placement> builder)
    {
        builder.HasKey(placement => placement.Id);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(placement => placement.Engagement);
        builder.HasOne<Need>().WithMany().HasForeignKey(placement => placement.Need);
        builder.HasOne<Offer>().WithMany().HasForeignKey(placement => placement.Offer);
        builder.HasOne<Person>().WithMany().HasForeignKey(placement => placement.Expert);
        builder.HasOne<Team>().WithMany().HasForeignKey(placement => placement.Team);
    }
}

file sealed class LabSubjectConfiguration : IEntityTypeConfiguration<LabSubject>
{
    public void Configure(EntityTypeBuilder<LabSubject> builder)
    {
        builder.HasKey(subject => new { subject.Expert, subject.Node, subject.Lab });
        builder.HasOne<Person>().WithMany().HasForeignKey(subject => subject.Expert);
    }
}
