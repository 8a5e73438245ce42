using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Needs;

/// <summary>The vendor's open places on an engagement, made of a brief.</summary>
public sealed class Need
{
    public required Guid Id { get; init; }

    public required Guid Engagement { get; init; }

    public required Guid Brief { get; init; }

    /// <summary>People looked for, 1 to 10,000.</summary>
    public required int Places { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>JSON of <see cref="WorkRate"/>s: what the vendor pays.</summary>
    public required string Rates { get; init; }

    /// <summary>Hours a week that one person may expect, 1 to 80.</summary>
    public required int WeekHours { get; init; }

    /// <summary>JSON of <see cref="Matching.NeedTerms"/>: what is asked of people.</summary>
    public required string Terms { get; init; }

    /// <summary>Experts find it among open work and may ask to be offered it.</summary>
    public required bool Listed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Account.</summary>
    public required Guid CreatedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>Where an offer stands. Kept as a number: never change one.</summary>
public enum OfferState : byte
{
    Open = 1,
    Accepted = 2,

    /// <summary>By the expert; nothing follows from it.</summary>
    Declined = 3,

    /// <summary>By the vendor.</summary>
    TakenBack = 4,
}

/// <summary>A need offered to an expert: the terms are copied, so that what was offered is what is placed.</summary>
public sealed class Offer
{
    public required Guid Id { get; init; }

    public required Guid Need { get; init; }

    public required Guid Expert { get; init; }

    public required OfferState State { get; set; }

    public required string Currency { get; init; }

    /// <summary>JSON of <see cref="WorkRate"/>s.</summary>
    public required string Rates { get; init; }

    public required int WeekHours { get; init; }

    /// <summary>Days between word of an end and the end.</summary>
    public required int NoticeDays { get; init; }

    /// <summary>Percent of promised hours that is paid where work stops before its notice has run.</summary>
    public required int PausePay { get; init; }

    /// <summary>JSON of <see cref="EarlierListing"/>: what the same work paid before; null where it was never listed.</summary>
    public string? Earlier { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Account: the expert's own where they asked for it.</summary>
    public required Guid MadeBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }
}

public static class NeedSets
{
    extension(AppDb db)
    {
        public DbSet<Need> Needs => db.Set<Need>();

        public DbSet<Offer> Offers => db.Set<Offer>();
    }
}

file sealed class NeedConfiguration : IEntityTypeConfiguration<Need>
{
    public void Configure(EntityTypeBuilder<Need> builder)
    {
        builder.HasKey(need => need.Id);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(need => need.Engagement);
        builder.HasOne<KnownBrief>().WithMany().HasForeignKey(need => need.Brief);
    }
}

file sealed class OfferConfiguration : IEntityTypeConfiguration<Offer>
{
    public void Configure(EntityTypeBuilder<Offer> builder)
    {
        builder.HasKey(offer => offer.Id);
        builder.HasOne<Need>().WithMany().HasForeignKey(offer => offer.Need);
        builder.HasOne<Person>().WithMany().HasForeignKey(offer => offer.Expert);
    }
}
