using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Floors;

/// <summary>The least that an hour of work earns at a place, from a day on. Never changed: a later row takes its place.</summary>
public sealed class PayFloor
{
    /// <summary>ISO 3166-1 code, or ISO 3166-2 of a subdivision that has a floor of its own: <c>US</c>, <c>US-CA</c>.</summary>
    public required string Place { get; init; }

    /// <summary>ISO 4217 code; a floor says nothing of work paid in another currency.</summary>
    public required string Currency { get; init; }

    /// <summary>First day, by the expert's calendar.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Minor units per hour.</summary>
    public required long Hour { get; init; }

    /// <summary>What is missing is paid when a statement is made. Where false it is only shown.</summary>
    public required bool TopUp { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required Guid By { get; init; }
}

public static class FloorSets
{
    extension(AppDb db)
    {
        public DbSet<PayFloor> PayFloors => db.Set<PayFloor>();
    }
}

file sealed class PayFloorConfiguration : IEntityTypeConfiguration<PayFloor>
{
    public void Configure(EntityTypeBuilder<PayFloor> builder) => builder.HasKey(floor => new { floor.Place, floor.Currency, floor.From });
}
