using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Warnings;

/// <summary>Whether a person works on content that a project warns of.</summary>
public sealed class WarningChoice
{
    public required Guid Project { get; init; }

    public required Guid Person { get; init; }

    /// <summary>False: they are given no tasks of batches with a warning.</summary>
    public required bool Accepted { get; init; }

    public required DateTimeOffset At { get; init; }
}

public static class WarningSets
{
    extension(AppDb db)
    {
        public DbSet<WarningChoice> WarningChoices => db.Set<WarningChoice>();
    }
}

file sealed class WarningChoiceConfiguration : IEntityTypeConfiguration<WarningChoice>
{
    public void Configure(EntityTypeBuilder<WarningChoice> builder) => builder.HasKey(choice => new { choice.Project, choice.Person });
}
