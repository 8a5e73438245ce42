using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Acceptances;

public enum AcceptanceState : byte
{
    /// <summary>The sample is drawn and being judged.</summary>
    Drawn = 0,
    Accepted = 1,

    /// <summary>Accepted but for some answers, which were given back.</summary>
    Partly = 2,

    /// <summary>Every answer was given back; once they are redone, another round is drawn.</summary>
    Rejected = 3,
}

/// <summary>A batch judged on a sample of its answers. Its id is the id of the record that fixes the sample.</summary>
public sealed class Acceptance
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Batch { get; init; }

    /// <summary>Round of this batch, from 1.</summary>
    public required int Number { get; init; }

    public required AcceptanceState State { get; set; }

    /// <summary>Accepted answers to items without a known answer that the batch held when the sample was drawn.</summary>
    public required long Population { get; init; }

    public required int Sample { get; init; }

    public required DateTimeOffset DrawnAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid DrawnBy { get; init; }

    public DateTimeOffset? DecidedAt { get; set; }

    public Guid? DecidedBy { get; set; }

    /// <summary>Record of the words for the decision.</summary>
    public Guid? Reason { get; set; }

    /// <summary>Everything that the decision gives back has been given back.</summary>
    public required bool Settled { get; set; }
}

public enum Verdict : byte
{
    None = 0,

    /// <summary>The answer is as the guidelines want it.</summary>
    Fit = 1,
    Defect = 2,
}

/// <summary>One answer of a sample.</summary>
public sealed class AcceptanceSample
{
    public required Guid Acceptance { get; init; }

    /// <summary>In the order drawn, from 0.</summary>
    public required int Ordinal { get; init; }

    public required Guid Slot { get; init; }

    /// <summary>Record of the answer as it was when drawn.</summary>
    public required Guid Answer { get; init; }

    public Verdict Verdict { get; set; }

    /// <summary>Record of the judge's words.</summary>
    public Guid? Reason { get; set; }

    /// <summary>Record of what the verdict rests on.</summary>
    public Guid? Evidence { get; set; }

    /// <summary>Pseudonym of who has it in hand, or judged it.</summary>
    public Guid? Judge { get; set; }

    public DateTimeOffset? JudgeUntil { get; set; }
}

/// <summary>Somebody all of whose answers a partial acceptance gives back.</summary>
public sealed class AcceptancePerson
{
    public required Guid Acceptance { get; init; }

    public required Guid Person { get; init; }
}

public static class AcceptanceSets
{
    extension(AppDb db)
    {
        public DbSet<Acceptance> Acceptances => db.Set<Acceptance>();

        public DbSet<AcceptanceSample> AcceptanceSamples => db.Set<AcceptanceSample>();

        public DbSet<AcceptancePerson> AcceptancePeople => db.Set<AcceptancePerson>();
    }
}

file sealed class AcceptanceConfiguration : IEntityTypeConfiguration<Acceptance>
{
    public void Configure(EntityTypeBuilder<Acceptance> builder) => builder.HasKey(acceptance => acceptance.Id);
}

file sealed class SampleConfiguration : IEntityTypeConfiguration<AcceptanceSample>
{
    public void Configure(EntityTypeBuilder<AcceptanceSample> builder) => builder.HasKey(sample => new { sample.Acceptance, sample.Ordinal });
}

file sealed class PersonConfiguration : IEntityTypeConfiguration<AcceptancePerson>
{
    public void Configure(EntityTypeBuilder<AcceptancePerson> builder) => builder.HasKey(person => new { person.Acceptance, person.Person });
}
