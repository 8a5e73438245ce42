using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Forms;

/// <summary>One version of a project's form; never changed.</summary>
public sealed class FormVersion
{
    public required Guid Project { get; init; }

    /// <summary>From 1; the ETag.</summary>
    public required int Number { get; init; }

    public required Guid Record { get; init; }

    /// <summary>Marks of its questions (see <see cref="QuestionMarks"/>).</summary>
    public required string Questions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public static class FormSets
{
    extension(AppDb db)
    {
        public DbSet<FormVersion> FormVersions => db.Set<FormVersion>();
    }
}

file sealed class FormConfiguration : IEntityTypeConfiguration<FormVersion>
{
    public void Configure(EntityTypeBuilder<FormVersion> builder) => builder.HasKey(form => new { form.Project, form.Number });
}
