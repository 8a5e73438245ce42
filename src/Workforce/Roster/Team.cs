using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Placements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Roster;

/// <summary>People of an engagement who work together, with leads among them.</summary>
public sealed class Team
{
    public required Guid Id { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>1 to 40 of a–z, 0–9 and <c>-</c>; unique on the engagement.</summary>
    public required string Code { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Work planned on a day of the expert's own calendar.</summary>
public sealed class PlannedDay
{
    public required Guid Placement { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>1 to 1,440.</summary>
    public required int Minutes { get; set; }
}

/// <summary>Days of their own calendar on which an expert does not work.</summary>
public sealed class TimeOff
{
    public required Guid Id { get; init; }

    public required Guid Expert { get; init; }

    public required DateOnly FirstDay { get; init; }

    public required DateOnly LastDay { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

public static class RosterSets
{
    extension(AppDb db)
    {
        public DbSet<Team> Teams => db.Set<Team>();

        public DbSet<PlannedDay> PlannedDays => db.Set<PlannedDay>();

        public DbSet<TimeOff> TimesOff => db.Set<TimeOff>();
    }
}

file sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.HasKey(team => team.Id);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(team => team.Engagement);
    }
}

file sealed class PlannedDayConfiguration : IEntityTypeConfiguration<PlannedDay>
{
    public void Configure(EntityTypeBuilder<PlannedDay> builder)
    {
        builder.HasKey(day => new { day.Placement, day.Day });
        builder.HasOne<Placement>().WithMany().HasForeignKey(day => day.Placement);
    }
}

file sealed class TimeOffConfiguration : IEntityTypeConfiguration<TimeOff>
{
    public void Configure(EntityTypeBuilder<TimeOff> builder)
    {
        builder.HasKey(off => off.Id);
        builder.HasOne<Person>().WithMany().HasForeignKey(off => off.Expert);
    }
}
