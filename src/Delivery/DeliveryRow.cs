using System.Text.Json;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Delivery;

/// <summary>Where the making of a package stands.</summary>
public enum DeliveryState : byte
{
    Making = 0,
    Done = 1,
    Failed = 2,
}

/// <summary>What several answers to one item become.</summary>
public enum DeliveryVotes : byte
{
    /// <summary>One result per item, decided by most of its answers. Where none is ahead the item is listed as a tie.</summary>
    Majority = 0,

    /// <summary>Each answer makes rows of its own.</summary>
    All = 1,
}

/// <summary>A package that was asked for. Its id is also the id of the record that describes it and holds its file's key.</summary>
public sealed class DeliveryRow
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    /// <summary>Name of a shape.</summary>
    public required string Shape { get; init; }

    public DeliveryVotes Votes { get; init; }

    /// <summary>An earlier delivery: only items whose accepted answers are others than then go into this one.</summary>
    public Guid? Since { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>P-256 public key (SubjectPublicKeyInfo) that the package is encrypted to; null: to nobody.</summary>
    public byte[]? Recipient { get; init; }

    /// <summary>Pseudonym of who takes delivery.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>How often the making was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Items with an accepted answer when the making began.</summary>
    public long Items { get; set; }

    public long Taken { get; set; }

    public long Rows { get; set; }

    public long Ties { get; set; }

    public long Unfit { get; set; }

    /// <summary>Items of <see cref="Since"/> that have no accepted answer any more.</summary>
    public long Withdrawn { get; set; }

    /// <summary>Size of the package as it is downloaded.</summary>
    public long Bytes { get; set; }

    /// <summary>Code of what went wrong.</summary>
    public string? Problem { get; set; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A batch that a delivery is restricted to.</summary>
public sealed class DeliveryBatch
{
    public required Guid Delivery { get; init; }

    public required Guid Batch { get; init; }
}

/// <summary>What an item's accepted answers were when a delivery was made.</summary>
public sealed class Delivered
{
    public required Guid Delivery { get; init; }

    public required Guid Item { get; init; }

    /// <summary>SHA-256 of the ids of their records, in slot order.</summary>
    public required byte[] Answers { get; init; }
}

public static class DeliverySets
{
    extension(AppDb db)
    {
        public DbSet<DeliveryRow> Deliveries => db.Set<DeliveryRow>();

        public DbSet<DeliveryBatch> DeliveryBatches => db.Set<DeliveryBatch>();

        internal DbSet<Delivered> Delivered => db.Set<Delivered>();
    }
}

internal sealed class DeliveryTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<DeliveryRow>().ToTable("delivery").HasKey(row => row.Id);
        model.Entity<DeliveryBatch>().ToTable("delivery_batch").HasKey(row => new { row.Delivery, row.Batch });
        model.Entity<Delivered>().ToTable("delivered").HasKey(row => new { row.Delivery, row.Item });
        foreach (var entity in (Type[])[typeof(DeliveryRow), typeof(DeliveryBatch), typeof(Delivered)])
        {
            foreach (var property in model.Entity(entity).Metadata.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
