using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Objections;

public enum WithholdingState : byte
{
    /// <summary>The clock runs.</summary>
    Open = 0,

    /// <summary>A second person decided that it stays withheld.</summary>
    Confirmed = 1,

    /// <summary>Paid after all.</summary>
    Released = 2,

    /// <summary>Nobody decided in time: paid after all.</summary>
    RanOut = 3,
}

/// <summary>Pay taken back for now by a named person, with evidence. Its id is the id of the record with the evidence.</summary>
public sealed class Withholding
{
    /// <summary>Time for a second person to decide; after it the money is released.</summary>
    public static readonly TimeSpan Clock = TimeSpan.FromDays(14);

    public required Guid Id { get; init; }

    public required Guid Expert { get; init; }

    /// <summary>Sequence of the entry in question.</summary>
    public required long Entry { get; init; }

    /// <summary>Sequence of the entry that took it back.</summary>
    public required long Withheld { get; init; }

    public required WithholdingState State { get; set; }

    public required Guid By { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When the clock runs out.</summary>
    public required DateTimeOffset DecideBy { get; init; }

    public Guid? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Record of the words for the decision.</summary>
    public Guid? Words { get; set; }

    /// <summary>Sequence of the entry that released it.</summary>
    public long? Released { get; set; }
}

public static class WithholdingSets
{
    extension(AppDb db)
    {
        public DbSet<Withholding> Withholdings => db.Set<Withholding>();
    }
}

file sealed class WithholdingConfiguration : IEntityTypeConfiguration<Withholding>
{
    public void Configure(EntityTypeBuilder<Withholding> builder) => builder.HasKey(withholding => withholding.Id);
}
