using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Batches;

public enum BatchState : byte
{
    /// <summary>Its slots are being made; those that are there can be worked on.</summary>
    Opening = 0,
    Open = 1,
}

/// <summary>Items opened together, under one version of guidelines and form. Its id is the id of the record with its name.</summary>
public sealed class Batch
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    /// <summary>What experts see of it.</summary>
    public required string Code { get; init; }

    /// <summary>Answers wanted per item: slots that each is given.</summary>
    public required int Overlap { get; init; }

    /// <summary>0 where no guidelines had been published.</summary>
    public required int GuidelineVersion { get; init; }

    public required int FormVersion { get; init; }

    public required int LeaseSeconds { get; init; }

    /// <summary>Most tasks that one person holds at once.</summary>
    public required int Held { get; init; }

    public required BatchState State { get; set; }

    public required long Items { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }
}

public static class BatchSets
{
    extension(AppDb db)
    {
        public DbSet<Batch> Batches => db.Set<Batch>();
    }
}

file sealed class BatchConfiguration : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder) => builder.HasKey(batch => batch.Id);
}
