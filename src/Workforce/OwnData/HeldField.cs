using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.OwnData;

/// <summary>A field of what is sealed about a person. Kept as a number: never change one.</summary>
public enum HeldField : byte
{
    /// <summary>Name, contact, what they say of themselves.</summary>
    Profile = 1,

    /// <summary>Transcripts of interviews, and how they were judged.</summary>
    Interview = 2,

    /// <summary>Outcome and provider of outside checks; never the document.</summary>
    Check = 3,

    /// <summary>Answers to tests, and what was said of them.</summary>
    Test = 4,

    /// <summary>The name under agreements.</summary>
    Agreement = 5,

    /// <summary>Where the money goes.</summary>
    PayDetails = 6,
}

/// <summary>Why a field is held, and for how long where the owner has set nothing else.</summary>
/// <param name="Purpose">A sentence for the person it is about.</param>
/// <param name="Days">Counted from when it was last sealed.</param>
internal sealed record HeldFieldFacts(HeldField Field, RecordKind Kind, string Purpose, int Days);

internal static class HeldFields
{
    /// <summary>Longest that anything may be kept: ten years.</summary>
    public const int MostDays = 3_653;

    public static IReadOnlyList<HeldFieldFacts> All { get; } =
    [
        new(HeldField.Profile, RecordKind.Profile, "To know whom we work with and to reach you. No lab is given it.", 730),
        new(HeldField.Interview, RecordKind.Interview, "To judge which work fits you, without asking you the same again. Written down, never filmed.", 365),
        new(HeldField.Check, RecordKind.Check, "To know that a check was passed, and until when. The document stays with whoever checked it.", 365),
        new(HeldField.Test, RecordKind.Answer, "To show you your result with reasons, and to spare you the same test for the next engagement.", 730),
        new(HeldField.Agreement, RecordKind.Agreement, "To prove what was agreed between you and us.", 2_557),
        new(HeldField.PayDetails, RecordKind.PayDetails, "To pay you.", 730),
    ];

    public static HeldFieldFacts Of(HeldField field) => All.First(facts => facts.Field == field);

    public static HeldField? Of(RecordKind kind) => All.FirstOrDefault(facts => facts.Kind == kind)?.Field;
}

/// <summary>A sealed record of a person's, and when it is removed.</summary>
internal sealed class HeldRecord
{
    public required Guid Record { get; init; }

    public required Guid Person { get; init; }

    public required HeldField Field { get; init; }

    public required DateTimeOffset SealedAt { get; set; }

    public required DateTimeOffset DueAt { get; set; }
}

/// <summary>How long a field is kept where that differs from what the program comes with.</summary>
internal sealed class RetentionRule
{
    public required HeldField Field { get; init; }

    public required int Days { get; set; }

    public required Guid SetBy { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}

/// <summary>Somebody who had themselves erased.</summary>
internal sealed class Erasure
{
    public required Guid Person { get; init; }

    /// <summary>At the vault: to destroy the person's key.</summary>
    public required Guid Proposal { get; init; }

    /// <summary>How many records were removed.</summary>
    public required int Records { get; init; }

    public required DateTimeOffset ErasedAt { get; init; }
}

internal static class OwnDataSets
{
    extension(AppDb db)
    {
        public DbSet<HeldRecord> HeldRecords => db.Set<HeldRecord>();
        public DbSet<RetentionRule> RetentionRules => db.Set<RetentionRule>();
        public DbSet<Erasure> Erasures => db.Set<Erasure>();
    }
}

file sealed class HeldRecordConfiguration : IEntityTypeConfiguration<HeldRecord>
{
    public void Configure(EntityTypeBuilder<HeldRecord> builder) => builder.HasKey(row => row.Record);
}

file sealed class RetentionRuleConfiguration : IEntityTypeConfiguration<RetentionRule>
{
    public void Configure(EntityTypeBuilder<RetentionRule> builder) => builder.HasKey(row => row.Field);
}

file sealed class ErasureConfiguration : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder) => builder.HasKey(row => row.Person);
}
