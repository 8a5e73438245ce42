using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Engagements;

/// <summary>A vendor's work for a lab: its people share a budget, and can be stopped together.</summary>
public sealed class Engagement
{
    public required Guid Id { get; init; }

    public required Guid Lab { get; init; }

    /// <summary>Record of its name.</summary>
    public required Guid Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>Nobody works under it any more, nor will.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The last number given to one of its work events.</summary>
    public long LastEvent { get; init; }
}

public static class EngagementSets
{
    extension(AppDb db)
    {
        public DbSet<Engagement> Engagements => db.Set<Engagement>();

        /// <summary>Whether people of this lab may work under an engagement: it is the lab's, and has not ended.</summary>
        public Task<bool> IsOpenAsync(LabId lab, Guid engagement, CancellationToken cancellation) =>
            db.Engagements.AnyAsync(one => one.Id == engagement && one.Lab == lab.Value && one.EndedAt == null, cancellation);
    }
}

file sealed class EngagementConfiguration : IEntityTypeConfiguration<Engagement>
{
    public void Configure(EntityTypeBuilder<Engagement> builder) => builder.HasKey(engagement => engagement.Id);
}
