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

public static class DraftSets
{
    extension(AppDb db)
    {
        public DbSet<Draft> Drafts => db.Set<Draft>();
    }
}

file sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder) => builder.HasKey(draft => new { draft.Slot, draft.Person });
}
