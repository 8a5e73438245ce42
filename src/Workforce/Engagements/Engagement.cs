using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Engagements;

/// <summary>Where an engagement stands. Kept as a number: never change one.</summary>
public enum EngagementState : byte
{
    /// <summary>The lab's terms wait for the vendor's answer, and there are none before them.</summary>
    Proposed = 1,
    InForce = 2,
    Declined = 3,
    Ended = 4,
}

/// <summary>Which side did something. Kept as a number: never change one.</summary>
public enum Side : byte
{
    Lab = 1,
    Vendor = 2,
}

/// <summary>Work of this vendor's people for a lab. The lab makes it; both nodes know it by the same id.</summary>
public sealed class Engagement
{
    public required Guid Id { get; init; }

    /// <summary>The pairing that its messages go by; another one where the two nodes paired anew.</summary>
    public required Guid Peer { get; set; }

    /// <summary>The lab's node.</summary>
    public required Guid Node { get; init; }

    /// <summary>Slug of the lab on its node.</summary>
    public required string Lab { get; init; }

    public required EngagementState State { get; set; }

    /// <summary>Of the terms in force; 0 before the first.</summary>
    public long Revision { get; set; }

    /// <summary>Of the terms that wait for an answer; null where none do.</summary>
    public long? Proposed { get; set; }

    /// <summary>Number of the last work event that was taken.</summary>
    public long Cursor { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When word of its end was given.</summary>
    public DateTimeOffset? NoticeAt { get; set; }

    /// <summary>From when on nobody works on it; in the future while notice runs.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public Side? EndedBy { get; set; }

    public EngagementEndReason? EndReason { get; set; }
}

/// <summary>One revision of an engagement's terms. What decides over people is beside the record; the rest is sealed as it came.</summary>
public sealed class TermsRevision
{
    public required Guid Engagement { get; init; }

    public required long Revision { get; init; }

    /// <summary>Record of <see cref="Federation.Engagements.OfferedTerms"/>.</summary>
    public required Guid Record { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public required int Headcount { get; init; }

    public required int NoticeDays { get; init; }

    /// <summary>Percent, 0 to 100.</summary>
    public required int PausePay { get; init; }

    public required bool Training { get; init; }

    /// <summary>JSON of <see cref="Federation.Engagements.RequiredAgreement"/>s.</summary>
    public required string Agreements { get; init; }

    public DateTimeOffset? Ends { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Null until the vendor has answered.</summary>
    public bool? Accepted { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Account of who answered.</summary>
    public Guid? DecidedBy { get; set; }
}

public static class EngagementSets
{
    extension(AppDb db)
    {
        public DbSet<Engagement> Engagements => db.Set<Engagement>();

        public DbSet<TermsRevision> TermsRevisions => db.Set<TermsRevision>();

        /// <summary>The terms in force; null where there are none.</summary>
        public Task<TermsRevision?> TermsInForceAsync(Guid engagement, CancellationToken cancellation) => db.Engagements.AsNoTracking()
            .Where(one => one.Id == engagement)
            .Join(db.TermsRevisions.AsNoTracking(), one => new { Engagement = one.Id, one.Revision }, terms => new { terms.Engagement, terms.Revision }, (_, terms) => terms)
            .SingleOrDefaultAsync(cancellation);

        /// <summary>Waits for the engagement and holds it until the transaction ends, so that places are counted by one at a time.</summary>
        /// <remarks>On SQLite a transaction has the write lock from its beginning.</remarks>
        public async Task<Engagement?> LockEngagementAsync(Guid engagement, CancellationToken cancellation)
        {
            if (!db.Database.IsSqlite())
                await db.Database.ExecuteSqlAsync($"SELECT 1 FROM engagement WHERE id = {engagement} FOR UPDATE", cancellation);
            return await db.Engagements.SingleOrDefaultAsync(one => one.Id == engagement, cancellation);
        }
    }
}

file sealed class EngagementConfiguration : IEntityTypeConfiguration<Engagement>
{
    public void Configure(EntityTypeBuilder<Engagement> builder)
    {
        builder.HasKey(engagement => engagement.Id);
        builder.HasOne<Peer>().WithMany().HasForeignKey(engagement => engagement.Peer);
    }
}

file sealed class TermsRevisionConfiguration : IEntityTypeConfiguration<TermsRevision>
{
    public void Configure(EntityTypeBuilder<TermsRevision> builder)
    {
        builder.HasKey(terms => new { terms.Engagement, terms.Revision });
        builder.HasOne<Engagement>().WithMany().HasForeignKey(terms => terms.Engagement);
    }
}
