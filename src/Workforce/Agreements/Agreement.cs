using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Agreements;

/// <summary>What an agreement is about. Kept as a number: never change one.</summary>
public enum AgreementKind : byte
{
    Confidentiality = 1,
    TermsOfWork = 2,
    IntellectualProperty = 3,
}

/// <summary>An agreement by its code; its texts are versions, none of which ever changes.</summary>
internal sealed class Agreement
{
    public required string Code { get; init; }

    public required string Title { get; set; }

    public required AgreementKind Kind { get; init; }

    /// <summary>Every need asks for it, whether it names it or not.</summary>
    public required bool ForEverybody { get; set; }

    public required int CurrentVersion { get; set; }
}

internal sealed class AgreementVersion
{
    public required string Agreement { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required string Text { get; init; }

    /// <summary>Of the UTF-8 text.</summary>
    public required byte[] Sha256 { get; init; }

    public required Guid PublishedBy { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>Somebody's signature under one version. It says which text, when, and in which session.</summary>
internal sealed class AgreementSignature
{
    public required Guid Person { get; init; }

    public required string Agreement { get; init; }

    public required int Version { get; init; }

    /// <summary>Of the text that was shown.</summary>
    public required byte[] Sha256 { get; init; }

    public required Guid Session { get; init; }

    /// <summary>Record of the name as it was signed.</summary>
    public required Guid Record { get; init; }

    public required DateTimeOffset SignedAt { get; init; }
}

/// <summary>Something to be read, good for a time.</summary>
internal sealed class TrainingModule
{
    public required string Code { get; init; }

    public required string Title { get; set; }

    public required string Text { get; set; }

    public required int GoodForDays { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
}

internal sealed class TrainingDone
{
    public required Guid Person { get; init; }

    public required string Module { get; init; }

    public required DateTimeOffset DoneAt { get; set; }

    public required DateTimeOffset GoodUntil { get; set; }
}

/// <summary>When somebody last worked for a lab.</summary>
internal sealed class LabWork
{
    public required Guid Person { get; init; }

    /// <summary>Peer id of the lab's node.</summary>
    public required Guid Lab { get; init; }

    public required DateTimeOffset LastAt { get; set; }
}

/// <summary>Labs that are rivals: who worked for one of them waits before working for another.</summary>
internal sealed class RivalGroup
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required int CoolOffDays { get; set; }
}

internal sealed class RivalLab
{
    public required Guid RivalGroup { get; init; }

    public required Guid Lab { get; init; }
}

internal static class AgreementSets
{
    extension(AppDb db)
    {
        public DbSet<Agreement> Agreements => db.Set<Agreement>();
        public DbSet<AgreementVersion> AgreementVersions => db.Set<AgreementVersion>();
        public DbSet<AgreementSignature> AgreementSignatures => db.Set<AgreementSignature>();
        public DbSet<TrainingModule> TrainingModules => db.Set<TrainingModule>();
        public DbSet<TrainingDone> TrainingsDone => db.Set<TrainingDone>();
        public DbSet<LabWork> LabWork => db.Set<LabWork>();
        public DbSet<RivalGroup> RivalGroups => db.Set<RivalGroup>();
        public DbSet<RivalLab> RivalLabs => db.Set<RivalLab>();
    }
}

file sealed class AgreementConfiguration : IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Agreement> builder) => builder.HasKey(row => row.Code);
}

file sealed class AgreementVersionConfiguration : IEntityTypeConfiguration<AgreementVersion>
{
    public void Configure(EntityTypeBuilder<AgreementVersion> builder) => builder.HasKey(row => new { row.Agreement, row.Version });
}

file sealed class AgreementSignatureConfiguration : IEntityTypeConfiguration<AgreementSignature>
{
    public void Configure(EntityTypeBuilder<AgreementSignature> builder) => builder.HasKey(row => new { row.Person, row.Agreement, row.Version });
}

file sealed class TrainingModuleConfiguration : IEntityTypeConfiguration<TrainingModule>
{
    public void Configure(EntityTypeBuilder<TrainingModule> builder) => builder.HasKey(row => row.Code);
}

file sealed class TrainingDoneConfiguration : IEntityTypeConfiguration<TrainingDone>
{
    public void Configure(EntityTypeBuilder<TrainingDone> builder) => builder.HasKey(row => new { row.Person, row.Module });
}

file sealed class LabWorkConfiguration : IEntityTypeConfiguration<LabWork>
{
    public void Configure(EntityTypeBuilder<LabWork> builder) => builder.HasKey(row => new { row.Person, row.Lab });
}

file sealed class RivalGroupConfiguration : IEntityTypeConfiguration<RivalGroup>
{
    public void Configure(EntityTypeBuilder<RivalGroup> builder) => builder.HasKey(row => row.Id);
}

file sealed class RivalLabConfiguration : IEntityTypeConfiguration<RivalLab>
{
    public void Configure(EntityTypeBuilder<RivalLab> builder) => builder.HasKey(row => new { row.RivalGroup, row.Lab });
}
