using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Leads;

/// <summary>A vendor's lead may review in a project. The lab's own reviewers need no such thing.</summary>
public sealed class ProjectGrant
{
    public required Guid Project { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid Person { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid GrantedBy { get; init; }
}

public static class ProjectGrantSets
{
    extension(AppDb db)
    {
        public DbSet<ProjectGrant> ProjectGrants => db.Set<ProjectGrant>();
    }
}

file sealed class ProjectGrantConfiguration : IEntityTypeConfiguration<ProjectGrant>
{
    public void Configure(EntityTypeBuilder<ProjectGrant> builder) => builder.HasKey(grant => new { grant.Project, grant.Person });
}
