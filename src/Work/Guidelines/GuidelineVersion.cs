using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Guidelines;

/// <summary>Where the guidelines lie while they are edited: all sections in one record, whose version is the ETag.</summary>
public sealed class GuidelineDraft
{
    public required Guid Project { get; init; }

    public required Guid Record { get; init; }
}

/// <summary>Published guidelines; never changed.</summary>
public sealed class GuidelineVersion
{
    public required Guid Project { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid PublishedBy { get; init; }
}

/// <summary>One section of published guidelines: a record of its own, so that a task opens just what it needs.</summary>
public sealed class GuidelineSection
{
    public required Guid Record { get; init; }

    public required Guid Project { get; init; }

    public required int Version { get; init; }

    public required int Ordinal { get; init; }

    /// <summary>Marks of the questions it applies to (see <see cref="Forms.QuestionMarks"/>); empty for all.</summary>
    public required string Questions { get; init; }

    public required Sensitivity Sensitivity { get; init; }

    /// <summary><c>facet=value</c> of items that it comes with, one a line; empty for all items.</summary>
    public required string Tags { get; init; }

    /// <summary>What it weighs by itself; null: what the lab's policy says of sections.</summary>
    public int? Weight { get; init; }

    internal const char BetweenTags = '\n';
}

/// <summary>Somebody's word that they have read a version.</summary>
public sealed class Acknowledgement
{
    public required Guid Project { get; init; }

    public required int Version { get; init; }

    public required Guid Person { get; init; }

    public required DateTimeOffset At { get; init; }
}

public static class GuidelineSets
{
    extension(AppDb db)
    {
        public DbSet<GuidelineDraft> GuidelineDrafts => db.Set<GuidelineDraft>();

        public DbSet<GuidelineVersion> GuidelineVersions => db.Set<GuidelineVersion>();

        public DbSet<GuidelineSection> GuidelineSections => db.Set<GuidelineSection>();

        public DbSet<Acknowledgement> Acknowledgements => db.Set<Acknowledgement>();
    }
}

file sealed class DraftConfiguration : IEntityTypeConfiguration<GuidelineDraft>
{
    public void Configure(EntityTypeBuilder<GuidelineDraft> builder) => builder.HasKey(draft => draft.Project);
}

file sealed class VersionConfiguration : IEntityTypeConfiguration<GuidelineVersion>
{
    public void Configure(EntityTypeBuilder<GuidelineVersion> builder) => builder.HasKey(version => new { version.Project, version.Number });
}

file sealed class SectionConfiguration : IEntityTypeConfiguration<GuidelineSection>
{
    public void Configure(EntityTypeBuilder<GuidelineSection> builder)
    {
        builder.HasKey(section => section.Record);
        // Tells EF to insert the version before its sections.
        builder.HasOne<GuidelineVersion>().WithMany().HasForeignKey(section => new { section.Project, section.Version });
    }
}

file sealed class AcknowledgementConfiguration : IEntityTypeConfiguration<Acknowledgement>
{
    public void Configure(EntityTypeBuilder<Acknowledgement> builder) => builder.HasKey(a => new { a.Project, a.Person, a.Version });
}
