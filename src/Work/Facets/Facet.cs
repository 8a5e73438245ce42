using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Facets;

/// <summary>A property of items that the lab's owner allows to be kept in clear, so that items can be filtered by it.</summary>
public sealed class Facet
{
    public required Guid Project { get; init; }

    public required string Name { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid AllowedBy { get; init; }

    public required DateTimeOffset AllowedAt { get; init; }
}

/// <summary>What an item has of a facet.</summary>
public sealed class ItemFacet
{
    public required Guid Item { get; init; }

    public required string Facet { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Value { get; init; }

    public required Guid Project { get; init; }
}

public static class FacetSets
{
    extension(AppDb db)
    {
        public DbSet<Facet> Facets => db.Set<Facet>();

        public DbSet<ItemFacet> ItemFacets => db.Set<ItemFacet>();
    }
}

file sealed class FacetConfiguration : IEntityTypeConfiguration<Facet>
{
    public void Configure(EntityTypeBuilder<Facet> builder) => builder.HasKey(facet => new { facet.Project, facet.Name });
}

file sealed class ItemFacetConfiguration : IEntityTypeConfiguration<ItemFacet>
{
    public void Configure(EntityTypeBuilder<ItemFacet> builder) => builder.HasKey(facet => new { facet.Item, facet.Facet });
}
