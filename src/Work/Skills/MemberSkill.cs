using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Skills;

public enum SkillKind : byte
{
    Skill = 1,
    Language = 2,
}

/// <summary>Something that a person can do, as a code that the lab made up. In clear: it tells of an engagement, not of a method.</summary>
public sealed class MemberSkill
{
    public required Guid Lab { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid Person { get; init; }

    public required SkillKind Kind { get; init; }

    /// <summary><c>[a-z0-9][a-z0-9-]{0,31}</c>, such as <c>medicine</c> or <c>pt-br</c>.</summary>
    public required string Code { get; init; }
}

public static class SkillSets
{
    extension(AppDb db)
    {
        public DbSet<MemberSkill> MemberSkills => db.Set<MemberSkill>();
    }
}

file sealed class MemberSkillConfiguration : IEntityTypeConfiguration<MemberSkill>
{
    public void Configure(EntityTypeBuilder<MemberSkill> builder) => builder.HasKey(skill => new { skill.Lab, skill.Person, skill.Kind, skill.Code });
}

/// <summary>Reads what a person can do where every lease asks.</summary>
internal static class MemberSkills
{
    /// <returns>Codes marked with their kind, as <see cref="Codes.Needed"/> has them.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(Store store, Guid lab, Guid person, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT kind, code FROM member_skill WHERE lab = @lab AND person = @person", ("@lab", lab), ("@person", person));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var codes = new List<string>();
        while (await reader.ReadAsync(cancellation))
            codes.Add(Codes.Marked((SkillKind)reader.GetInt16(0), reader.GetString(1)));
        return codes;
    }
}
