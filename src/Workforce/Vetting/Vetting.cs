using Cofferdam.Storage;
using Cofferdam.Workforce.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Vetting;

/// <summary>Questions of an interview, the same for everybody who is asked them.</summary>
internal sealed class InterviewTemplate
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON array of texts.</summary>
    public required string Questions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; set; }
}

/// <summary>How an interview ended. Kept as a number: never change one.</summary>
public enum InterviewOutcome : byte
{
    Passed = 1,
    NotPassed = 2,

    /// <summary>Broken off, or not enough to judge by.</summary>
    ToBeRepeated = 3,
}

internal sealed class Interview
{
    public required Guid Id { get; init; }

    public required Guid Person { get; init; }

    public required Guid Template { get; init; }

    public required Guid HeldBy { get; init; }

    public required DateTimeOffset HeldAt { get; init; }

    public required InterviewOutcome Outcome { get; init; }

    /// <summary>Record of transcript and judgement.</summary>
    public required Guid Record { get; init; }
}

/// <summary>A test that shows a skill at a level, for as long as it is good. Its questions and their answers are sealed under the vendor's own key.</summary>
internal sealed class Qualification
{
    public required string Code { get; init; }

    public required string Title { get; set; }

    public required int Version { get; set; }

    public required int Minutes { get; set; }

    /// <summary>A test that may take more minutes than this is paid.</summary>
    public required int PaidAbove { get; set; }

    public required int PassPercent { get; set; }

    public required int RetakeDays { get; set; }

    public required int GoodForDays { get; set; }

    public required string Skill { get; set; }

    public required SkillLevel Level { get; set; }

    /// <summary>Record of what is asked.</summary>
    public required Guid Questions { get; set; }

    /// <summary>Record of what is right.</summary>
    public required Guid Answers { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    public bool Payable => Minutes > PaidAbove;
}

/// <summary>Kept as a number: never change one.</summary>
public enum SittingState : byte
{
    UnderWay = 1,

    /// <summary>A person has yet to score it.</summary>
    ToBeScored = 2,
    Scored = 3,

    /// <summary>The time was up before anything was handed in.</summary>
    RanOut = 4,
}

/// <summary>One attempt at a test.</summary>
internal sealed class QualificationSitting
{
    public required Guid Id { get; init; }

    public required Guid Person { get; init; }

    public required string Qualification { get; init; }

    public required int Version { get; init; }

    public required Guid Questions { get; init; }

    public required Guid Answers { get; init; }

    public required SittingState State { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>From start to end, never more than the test's time.</summary>
    public int Seconds { get; set; }

    public required bool Payable { get; init; }

    /// <summary>Percent; null until scored.</summary>
    public int? Score { get; set; }

    public bool Passed { get; set; }

    public DateTimeOffset? GoodUntil { get; set; }

    /// <summary>Record of answers and feedback.</summary>
    public Guid? Record { get; set; }
}

/// <summary>That somebody else checked something, how it ended and until when that holds. The document is never here.</summary>
internal sealed class OutsideCheck
{
    public required Guid Id { get; init; }

    public required Guid Person { get; init; }

    public required string Kind { get; init; }

    public required bool Passed { get; init; }

    public required Guid NotedBy { get; init; }

    public required DateTimeOffset NotedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Record of outcome and provider.</summary>
    public required Guid Record { get; init; }
}

internal static class VettingSets
{
    extension(AppDb db)
    {
        public DbSet<InterviewTemplate> InterviewTemplates => db.Set<InterviewTemplate>();
        public DbSet<Interview> Interviews => db.Set<Interview>();
        public DbSet<Qualification> Qualifications => db.Set<Qualification>();
        public DbSet<QualificationSitting> Sittings => db.Set<QualificationSitting>();
        public DbSet<OutsideCheck> OutsideChecks => db.Set<OutsideCheck>();
    }
}

file sealed class InterviewTemplateConfiguration : IEntityTypeConfiguration<InterviewTemplate>
{
    public void Configure(EntityTypeBuilder<InterviewTemplate> builder) => builder.HasKey(row => row.Id);
}

file sealed class InterviewConfiguration : IEntityTypeConfiguration<Interview>
{
    public void Configure(EntityTypeBuilder<Interview> builder) => builder.HasKey(row => row.Id);
}

file sealed class QualificationConfiguration : IEntityTypeConfiguration<Qualification>
{
    public void Configure(EntityTypeBuilder<Qualification> builder)
    {
        builder.HasKey(row => row.Code);
        builder.Ignore(row => row.Payable);
    }
}

file sealed class QualificationSittingConfiguration : IEntityTypeConfiguration<QualificationSitting>
{
    public void Configure(EntityTypeBuilder<QualificationSitting> builder) => builder.HasKey(row => row.Id);
}

file sealed class OutsideCheckConfiguration : IEntityTypeConfiguration<OutsideCheck>
{
    public void Configure(EntityTypeBuilder<OutsideCheck> builder) => builder.HasKey(row => row.Id);
}
