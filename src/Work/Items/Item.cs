using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Items;

/// <summary>Something to be judged. Its id is the id of its record.</summary>
public sealed class Item
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    /// <summary>It counts only once this import is done.</summary>
    public required Guid Import { get; init; }

    /// <summary>Keyed fingerprint of the external id, 32 bytes; null where it has none.</summary>
    public byte[]? External { get; init; }

    /// <summary>The batch that it was opened in; null until then.</summary>
    public Guid? Batch { get; set; }

    /// <summary>Its image, where it has one.</summary>
    public Guid? Image { get; init; }

    /// <summary>Record of its known answers, where it is gold.</summary>
    public Guid? Gold { get; set; }
}

public static class ItemSets
{
    extension(AppDb db)
    {
        public DbSet<Item> Items => db.Set<Item>();
    }
}

file sealed class ItemConfiguration : IEntityTypeConfiguration<Item>
{
    public void Configure(EntityTypeBuilder<Item> builder) => builder.HasKey(item => item.Id);
}
