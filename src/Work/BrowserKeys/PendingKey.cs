using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.BrowserKeys;

/// <summary>A browser key of somebody of the staff that waits for the signature of a colleague whose key is enrolled.</summary>
public sealed class PendingKey
{
    public required Guid Id { get; init; }

    public required Guid Lab { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid Person { get; init; }

    /// <summary>65 bytes: 0x04 ‖ x ‖ y.</summary>
    public required byte[] PublicKey { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
}

public static class PendingKeySets
{
    extension(AppDb db)
    {
        public DbSet<PendingKey> PendingKeys => db.Set<PendingKey>();
    }
}

file sealed class PendingKeyConfiguration : IEntityTypeConfiguration<PendingKey>
{
    public void Configure(EntityTypeBuilder<PendingKey> builder) => builder.HasKey(key => key.Id);
}
