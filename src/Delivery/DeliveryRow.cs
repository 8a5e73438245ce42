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

/// <summary>A package that was asked for. Its id is also the id of the record that describes it and holds its file's key.</summary>
public sealed class DeliveryRow
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required string Shape { get; init; }

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

    /// <summary>Size of the package as it is downloaded.</summary>
    public long Bytes { get; set; }

    /// <summary>Code of what went wrong.</summary>
    public string? Problem { get; set; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

public static class DeliverySets
{
    extension(AppDb db)
    {
        public DbSet<DeliveryRow> Deliveries => db.Set<DeliveryRow>();
    }
}

internal sealed class DeliveryTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        var entity = model.Entity<DeliveryRow>();
        entity.ToTable("delivery").HasKey(row => row.Id);
        foreach (var property in entity.Metadata.GetProperties())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
