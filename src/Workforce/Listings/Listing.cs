using System.Runtime.CompilerServices;
using Cofferdam.Storage;
using Cofferdam.Workforce.OwnData;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Listings;

/// <summary>Work that anybody may apply for. What it says is public.</summary>
internal sealed class Listing
{
    public required Guid Id { get; init; }

    public required string Title { get; set; }

    public required string Text { get; set; }

    /// <summary>Codes, separated by spaces.</summary>
    public required string Skills { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>Minor units per hour.</summary>
    public required long RateFrom { get; set; }

    public required long RateTo { get; set; }

    /// <summary>What the same work was listed at before; null where it was not.</summary>
    public long? EarlierRate { get; set; }

    /// <summary>A week.</summary>
    public required int Hours { get; set; }

    /// <summary>Most enrolment links that it gives out in a day.</summary>
    public required int InvitationsDay { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>An enrolment link that a listing gave out.</summary>
internal sealed class ListingInvitation
{
    public required Guid Invitation { get; init; }

    public required Guid Listing { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

internal sealed class ListingApplication
{
    public required Guid Listing { get; init; }

    public required Guid Person { get; init; }

    public required DateTimeOffset AppliedAt { get; init; }
}

internal static class ListingSets
{
    extension(AppDb db)
    {
        public DbSet<Listing> Listings => db.Set<Listing>();
        public DbSet<ListingInvitation> ListingInvitations => db.Set<ListingInvitation>();
        public DbSet<ListingApplication> ListingApplications => db.Set<ListingApplication>();
    }
}

file sealed class ListingConfiguration : IEntityTypeConfiguration<Listing>
{
    public void Configure(EntityTypeBuilder<Listing> builder) => builder.HasKey(row => row.Id);
}

file sealed class ListingInvitationConfiguration : IEntityTypeConfiguration<ListingInvitation>
{
    public void Configure(EntityTypeBuilder<ListingInvitation> builder) => builder.HasKey(row => row.Invitation);
}

file sealed class ListingApplicationConfiguration : IEntityTypeConfiguration<ListingApplication>
{
    public void Configure(EntityTypeBuilder<ListingApplication> builder) => builder.HasKey(row => new { row.Listing, row.Person });
}

internal sealed class PersonalApplications(AppDb db) : IPersonalData
{
    public string Section => "applications";

    public string Purpose => "Which listings you applied for.";

    public string OnErasure => "Removed at once.";

    public async IAsyncEnumerable<object> RowsAsync(Guid person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in db.ListingApplications.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { row.Listing, row.AppliedAt };
    }

    public Task ForgetAsync(Guid person, CancellationToken cancellation) =>
        db.ListingApplications.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
}
