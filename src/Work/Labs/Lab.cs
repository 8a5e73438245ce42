using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Labs;

/// <summary>A lab on this node. Its id is its id in the vault.</summary>
public sealed class Lab
{
    public required Guid Id { get; init; }

    /// <summary>Its name in routes: <c>[a-z0-9-]{1,40}</c>.</summary>
    public required string Slug { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An account's membership of a lab.</summary>
public sealed class Member
{
    public required Guid Lab { get; init; }

    public required Guid Account { get; init; }

    /// <summary>The account's handle, shown to lab staff beside the pseudonym.</summary>
    public required string Name { get; set; }

    public required Role Role { get; set; }

    /// <summary>The only name of the person in this lab's receipts and slots.</summary>
    public required Guid Pseudonym { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>The engagement that the person works under; null for the lab's own people.</summary>
    public Guid? Engagement { get; set; }
}

public static class LabSets
{
    extension(AppDb db)
    {
        public DbSet<Lab> Labs => db.Set<Lab>();

        public DbSet<Member> Members => db.Set<Member>();

        /// <summary>Pseudonyms of a lab's staff.</summary>
        /// <param name="but">Who did what they are told of.</param>
        public Task<List<Guid>> StaffAsync(LabId lab, Guid but) => db.Members
            .Where(member => member.Lab == lab.Value && member.LeftAt == null && member.Pseudonym != but && (member.Role == Role.ProjectManager || member.Role == Role.Owner))
            .Select(member => member.Pseudonym).ToListAsync();

        /// <summary>Handles of a lab's members, past ones too, by pseudonym.</summary>
        public Task<Dictionary<Guid, string>> NamesAsync(LabId lab, CancellationToken cancellation) =>
            db.Members.Where(member => member.Lab == lab.Value).ToDictionaryAsync(member => member.Pseudonym, member => member.Name, cancellation);
    }
}

file sealed class LabConfiguration : IEntityTypeConfiguration<Lab>
{
    public void Configure(EntityTypeBuilder<Lab> builder) => builder.HasKey(lab => lab.Id);
}

file sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.HasKey(member => new { member.Lab, member.Account });
        builder.HasOne<Lab>().WithMany().HasForeignKey(member => member.Lab);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(member => member.Engagement);
    }
}
