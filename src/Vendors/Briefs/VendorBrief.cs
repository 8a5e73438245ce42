using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Vendors.Briefs;

/// <summary>What a vendor is told of work.</summary>
internal sealed class VendorBrief
{
    public required Guid Id { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>Record of <see cref="Federation.Engagements.Brief"/> as the vendor is sent it.</summary>
    public required Guid Record { get; init; }

    /// <summary>Version of the record, from 1.</summary>
    public required long Revision { get; set; }

    /// <summary>The revision that staff have looked at as the vendor sees it, and published; 0: none.</summary>
    public long Published { get; set; }

    /// <summary>The revision that the vendor has.</summary>
    public long Told { get; set; }

    public required bool Open { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid CreatedBy { get; init; }

    public RecordRef Ref => new(RecordKind.Brief, new RecordId(Record));
}

internal static class VendorBriefSets
{
    extension(AppDb db)
    {
        public DbSet<VendorBrief> VendorBriefs => db.Set<VendorBrief>();
    }
}

file sealed class VendorBriefConfiguration : IEntityTypeConfiguration<VendorBrief>
{
    public void Configure(EntityTypeBuilder<VendorBrief> builder)
    {
        builder.HasKey(brief => brief.Id);
        builder.Ignore(brief => brief.Ref);
    }
}
