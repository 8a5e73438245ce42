using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Rates;

/// <summary>What work on an engagement is paid from a time on; for everybody there, or for one expert. Never changed: a new version takes its place.</summary>
public sealed class RateCard
{
    public required Guid Id { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>The expert whose placement it is; null: everybody of the engagement who has no card of their own.</summary>
    public Guid? Expert { get; init; }

    /// <summary>From 1, per engagement and expert.</summary>
    public required int Version { get; init; }

    /// <summary>Tasks taken from this time on are paid by it. Never before the card was made.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Hours a week that were promised, in seconds; 0: none.</summary>
    public int WeekSeconds { get; init; }

    /// <summary>Days between word of an end and the end, 0 to 365.</summary>
    public int NoticeDays { get; init; }

    /// <summary>What share of promised hours is paid where work stops before its notice has run, in basis points, 0 to 10,000.</summary>
    public int PauseShare { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Id of the person who made it.</summary>
    public required Guid By { get; init; }

    /// <summary>One for each kind.</summary>
    public List<RateLine> Lines { get; init; } = [];

    public Rate this[PaidKind kind]
    {
        get
        {
            var line = Lines.Single(line => line.Kind == kind);
            return new Rate(line.Each, line.Hour);
        }
    }
}

/// <summary>One kind's rate on a card.</summary>
public sealed class RateLine
{
    public required Guid Card { get; init; }

    public required PaidKind Kind { get; init; }

    /// <summary>Minor units per piece.</summary>
    public required long Each { get; init; }

    /// <summary>Minor units per hour.</summary>
    public required long Hour { get; init; }
}

/// <summary>The card that an assignment was taken under. Written once: every later event of it is paid by this card.</summary>
public sealed class FrozenRate
{
    public required Guid Engagement { get; init; }

    public required Guid Assignment { get; init; }

    public required Guid Expert { get; init; }

    public required Guid Card { get; init; }
}

public static class RateSets
{
    extension(AppDb db)
    {
        public DbSet<RateCard> RateCards => db.Set<RateCard>();

        public DbSet<FrozenRate> FrozenRates => db.Set<FrozenRate>();
    }
}

file sealed class RateCardConfiguration : IEntityTypeConfiguration<RateCard>
{
    public void Configure(EntityTypeBuilder<RateCard> builder)
    {
        builder.HasKey(card => card.Id);
        builder.HasMany(card => card.Lines).WithOne().HasForeignKey(line => line.Card);
    }
}

file sealed class RateLineConfiguration : IEntityTypeConfiguration<RateLine>
{
    public void Configure(EntityTypeBuilder<RateLine> builder) => builder.HasKey(line => new { line.Card, line.Kind });
}

file sealed class FrozenRateConfiguration : IEntityTypeConfiguration<FrozenRate>
{
    public void Configure(EntityTypeBuilder<FrozenRate> builder) => builder.HasKey(rate => new { rate.Engagement, rate.Assignment, rate.Expert });
}
