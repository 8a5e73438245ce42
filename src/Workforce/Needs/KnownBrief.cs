using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Needs;

/// <summary>A brief that a lab published, in its newest revision; what it says is sealed.</summary>
public sealed class KnownBrief
{
    public required Guid Id { get; init; }

    public required Guid Engagement { get; init; }

    public long Revision { get; set; }

    /// <summary>Record of <see cref="Federation.Engagements.Brief"/>.</summary>
    public Guid Record { get; set; }

    /// <summary>The lab's own word for which work it is.</summary>
    public Guid? Lineage { get; set; }

    /// <summary>Keyed fingerprint (32 bytes) of lab, programme and skills: work that is listed anew under another name has the same.</summary>
    public required byte[] Mark { get; set; }

    public bool Open { get; set; }

    public int Places { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }
}

public static class BriefSets
{
    extension(AppDb db)
    {
        public DbSet<KnownBrief> Briefs => db.Set<KnownBrief>();
    }
}

file sealed class KnownBriefConfiguration : IEntityTypeConfiguration<KnownBrief>
{
    public void Configure(EntityTypeBuilder<KnownBrief> builder)
    {
        builder.HasKey(brief => brief.Id);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(brief => brief.Engagement);
    }
}
