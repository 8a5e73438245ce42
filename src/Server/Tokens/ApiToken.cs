using System.Buffers.Binary;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Tokens;

/// <summary>What a request may do that came with a token.</summary>
internal sealed record TokenGrant(LabId Lab, IReadOnlyList<TokenScope> Scopes);

/// <summary>A token for programs: it acts as its owner at one lab, within its scopes.</summary>
internal sealed class ApiToken
{
    public required Guid Id { get; init; }
    public required Guid Lab { get; init; }
    public required Guid Account { get; init; }

    /// <summary>For people to tell it by: 1 to 40 letters, digits, dots, dashes or underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The sum of its <see cref="TokenScope"/>s.</summary>
    public required byte Scopes { get; init; }

    /// <summary>Keyed fingerprint of the secret and of everything here that the token may not outgrow.</summary>
    public required byte[] Mark { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To within some minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public IReadOnlyList<TokenScope> ScopeList => [.. Enum.GetValues<TokenScope>().Where(scope => (Scopes & (byte)scope) != 0)];

    /// <summary>What the mark is taken of.</summary>
    /// <param name="secret">32 bytes.</param>
    public byte[] Marked(ReadOnlySpan<byte> secret)
    {
        var bytes = new byte[32 + (3 * 16) + 1 + 8];
        secret.CopyTo(bytes);
        Id.TryWriteBytes(bytes.AsSpan(32), bigEndian: true, out _);
        Lab.TryWriteBytes(bytes.AsSpan(48), bigEndian: true, out _);
        Account.TryWriteBytes(bytes.AsSpan(64), bigEndian: true, out _);
        bytes[80] = Scopes;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(81), ExpiresAt.ToMicroseconds());
        return bytes;
    }
}

internal sealed class TokenTables : ITables
{
    public void Configure(ModelBuilder model) => model.Entity<ApiToken>(table =>
    {
        table.ToTable("api_token");
        table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(row => row.Lab).HasColumnName("lab");
        table.Property(row => row.Account).HasColumnName("account");
        table.Property(row => row.Name).HasColumnName("name");
        table.Property(row => row.Scopes).HasColumnName("scopes");
        table.Property(row => row.Mark).HasColumnName("mark");
        table.Property(row => row.CreatedAt).HasColumnName("created_at");
        table.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        table.Property(row => row.LastUsedAt).HasColumnName("last_used_at");
        table.Property(row => row.RevokedAt).HasColumnName("revoked_at");
        table.Ignore(row => row.ScopeList);
        table.HasIndex(row => new { row.Lab, row.Account }).HasDatabaseName("api_token_lab");
        table.HasOne<Account>().WithMany().HasForeignKey(row => row.Account).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Lab>().WithMany().HasForeignKey(row => row.Lab);
    });
}
