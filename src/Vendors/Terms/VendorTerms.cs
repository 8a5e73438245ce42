using Cofferdam.Federation.Engagements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Vendors.Terms;

/// <summary>What is agreed with a vendor on an engagement.</summary>
internal sealed class VendorTerms
{
    public required Guid Engagement { get; init; }

    public required Guid Lab { get; init; }

    /// <summary>The pairing with the vendor's node.</summary>
    public required Guid Peer { get; init; }

    /// <summary>Record of <see cref="OfferedTerms"/> as the vendor is sent them.</summary>
    public required Guid Record { get; init; }

    /// <summary>Version of the record, from 1.</summary>
    public required long Revision { get; set; }

    /// <summary>The revision that the vendor has.</summary>
    public long Told { get; set; }

    /// <summary>The version of the vendor's key set whose statement keys the vault goes by; 0: none yet.</summary>
    public long Keys { get; set; }

    public required int Headcount { get; set; }

    public required bool ByHand { get; set; }

    public required bool Training { get; set; }

    /// <summary>JSON of <see cref="RequiredAgreement"/>s: codes and versions.</summary>
    public required string Agreements { get; set; }

    public required bool SingleEvents { get; set; }

    public DateTimeOffset? Ends { get; set; }

    /// <summary>The revision that the vendor has answered last.</summary>
    public long Answered { get; set; }

    /// <summary>Whether it took them; null: it has answered none.</summary>
    public bool? Accepted { get; set; }

    /// <summary>From when on the vendor sends nobody: its own word; null: it has not ended the engagement.</summary>
    public DateTimeOffset? VendorEnds { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Pseudonym.</summary>
    public required Guid ChangedBy { get; set; }

    public RecordRef Ref => new(RecordKind.Engagement, new RecordId(Record));
}

internal static class VendorTermsSets
{
    extension(AppDb db)
    {
        public DbSet<VendorTerms> VendorTerms => db.Set<VendorTerms>();
    }
}

file sealed class VendorTermsConfiguration : IEntityTypeConfiguration<VendorTerms>
{
    public void Configure(EntityTypeBuilder<VendorTerms> builder)
    {
        builder.HasKey(terms => terms.Engagement);
        builder.Ignore(terms => terms.Ref);
    }
}
