using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Vendors.Telling;

/// <summary>How far a vendor has taken the work events of an engagement.</summary>
internal sealed class VendorFeed
{
    public required Guid Engagement { get; init; }

    /// <summary>Number of the last event that the vendor has said it keeps.</summary>
    public long Cursor { get; set; }

    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Failed tries since the last that did not.</summary>
    public int Failures { get; set; }

    /// <summary>Not tried again before.</summary>
    public DateTimeOffset NextAt { get; set; }
}

internal static class VendorFeedSets
{
    extension(AppDb db)
    {
        public DbSet<VendorFeed> VendorFeeds => db.Set<VendorFeed>();
    }
}

file sealed class VendorFeedConfiguration : IEntityTypeConfiguration<VendorFeed>
{
    public void Configure(EntityTypeBuilder<VendorFeed> builder) => builder.HasKey(feed => feed.Engagement);
}
