using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Tasks;

/// <summary>Where a person's draft for a slot lies. It is the person's, not the slot's: whoever takes the slot over starts anew.</summary>
public sealed class Draft
{
    public required Guid Slot { get; init; }

    public required Guid Person { get; init; }

    public required Guid Project { get; init; }

    /// <summary>Its version in the vault is what <c>If-Match</c> names.</summary>
    public required Guid Record { get; init; }
}

/// <summary>An annotator's word that something is wrong with an item. Its id is the id of the record with the text.</summary>
public sealed class Report
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Slot { get; init; }

    public required Guid Person { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }
}

public static class DraftSets
{
    extension(AppDb db)
    {
        public DbSet<Draft> Drafts => db.Set<Draft>();

        public DbSet<Report> Reports => db.Set<Report>();
    }
}

file sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder) => builder.HasKey(draft => new { draft.Slot, draft.Person });
}

file sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder) => builder.HasKey(report => report.Id);
}
