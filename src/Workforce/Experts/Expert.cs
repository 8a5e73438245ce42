using Cofferdam.Storage;
using Cofferdam.Workforce.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Experts;

/// <summary>What matching needs of an expert, in clear, under the person's id. Who that is stands in a sealed record.</summary>
internal sealed class Expert
{
    public required Guid Person { get; init; }

    /// <summary>Wants to be found for work.</summary>
    public required bool Listed { get; set; }

    /// <summary>IANA time zone.</summary>
    public required string Zone { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }

    /// <summary>Hours a week to give.</summary>
    public required int Hours { get; set; }

    /// <summary>Record of name, contact and free text; null where nothing was said.</summary>
    public Guid? Record { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
}

internal sealed class ExpertSkill
{
    public required Guid Person { get; init; }

    public required string Skill { get; init; }

    /// <summary>By the person's own word; 0: none given.</summary>
    public required SkillLevel Level { get; set; }

    /// <summary>By a test or by staff; 0: not at all.</summary>
    public SkillLevel VerifiedLevel { get; set; }

    public DateTimeOffset? VerifiedUntil { get; set; }
}

internal sealed class ExpertLanguage
{
    public required Guid Person { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Tag { get; init; }

    public required LanguageLevel Level { get; init; }

    /// <summary>False: follows from a longer tag, as <c>pt</c> does from <c>pt-BR</c>.</summary>
    public required bool Stated { get; init; }
}

internal sealed class ExpertRate
{
    public required Guid Person { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units.</summary>
    public required long PerHour { get; init; }
}

/// <summary>A class of content that somebody has said they will look at.</summary>
internal sealed class ExpertContentClass
{
    public required Guid Person { get; init; }

    public required string ContentClass { get; init; }
}

internal static class ExpertSets
{
    extension(AppDb db)
    {
        public DbSet<Expert> Experts => db.Set<Expert>();
        public DbSet<ExpertSkill> ExpertSkills => db.Set<ExpertSkill>();
        public DbSet<ExpertLanguage> ExpertLanguages => db.Set<ExpertLanguage>();
        public DbSet<ExpertRate> ExpertRates => db.Set<ExpertRate>();
        public DbSet<ExpertContentClass> ExpertContentClasses => db.Set<ExpertContentClass>();
    }
}

file sealed class ExpertConfiguration : IEntityTypeConfiguration<Expert>
{
    public void Configure(EntityTypeBuilder<Expert> builder) => builder.HasKey(expert => expert.Person);
}

file sealed class ExpertSkillConfiguration : IEntityTypeConfiguration<ExpertSkill>
{
    public void Configure(EntityTypeBuilder<ExpertSkill> builder) => builder.HasKey(row => new { row.Person, row.Skill });
}

file sealed class ExpertLanguageConfiguration : IEntityTypeConfiguration<ExpertLanguage>
{
    public void Configure(EntityTypeBuilder<ExpertLanguage> builder) => builder.HasKey(row => new { row.Person, row.Tag });
}

file sealed class ExpertRateConfiguration : IEntityTypeConfiguration<ExpertRate>
{
    public void Configure(EntityTypeBuilder<ExpertRate> builder) => builder.HasKey(row => new { row.Person, row.Currency });
}

file sealed class ExpertContentClassConfiguration : IEntityTypeConfiguration<ExpertContentClass>
{
    public void Configure(EntityTypeBuilder<ExpertContentClass> builder) => builder.HasKey(row => new { row.Person, row.ContentClass });
}
