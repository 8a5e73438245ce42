using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Images;

/// <summary>Images that browsers show and that hold no script.</summary>
public enum ImageType : byte
{
    Png = 1,
    Jpeg = 2,
    Gif = 3,
    Webp = 4,
}

/// <summary>An image that came with an import. Its id is the id of the record with its file's name.</summary>
public sealed class Image
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Import { get; init; }

    /// <summary>Keyed fingerprint of its file's name, 32 bytes.</summary>
    public required byte[] Name { get; init; }

    public required ImageType Type { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A part of an image's content: one record.</summary>
public sealed class ImagePart
{
    public required Guid Image { get; init; }

    public required int Ordinal { get; init; }

    public required Guid Record { get; init; }

    public required long Bytes { get; init; }
}

public static class ImageSets
{
    extension(AppDb db)
    {
        public DbSet<Image> Images => db.Set<Image>();

        public DbSet<ImagePart> ImageParts => db.Set<ImagePart>();
    }
}

file sealed class ImageConfiguration : IEntityTypeConfiguration<Image>
{
    public void Configure(EntityTypeBuilder<Image> builder) => builder.HasKey(image => image.Id);
}

file sealed class PartConfiguration : IEntityTypeConfiguration<ImagePart>
{
    public void Configure(EntityTypeBuilder<ImagePart> builder) => builder.HasKey(part => new { part.Image, part.Ordinal });
}
