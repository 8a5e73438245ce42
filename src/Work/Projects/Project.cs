using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Projects;

/// <summary>A project. Its id is the vault's project and the id of the record that holds name and description.</summary>
public sealed class Project
{
    public required Guid Id { get; init; }

    public required Guid Lab { get; init; }

    /// <summary>What experts call it: two random words that say nothing.</summary>
    public required string Code { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>Records sealed before this time have been checked: each is referred to, or was removed.</summary>
    public required DateTimeOffset SweptAt { get; set; }

    /// <summary>Record of what people are warned of before they see its content; null where it has never been.</summary>
    public Guid? Warnings { get; set; }

    /// <summary>Minutes after which who works on it has to use a passkey again; null: never.</summary>
    public int? StepUpMinutes { get; set; }
}

public static class ProjectSets
{
    extension(AppDb db)
    {
        public DbSet<Project> Projects => db.Set<Project>();
    }
}

file sealed class ProjectConfiguration : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder) => builder.HasKey(project => project.Id);
}
