using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <summary>How somebody signed in. Kept as a number: never change one.</summary>
public enum SessionKind : byte
{
    /// <summary>Not known: it began before this was kept.</summary>
    Unknown = 0,
    Passkey = 1,
    Password = 2,

    /// <summary>Through the lab's identity provider.</summary>
    Oidc = 3,
}

/// <summary>A sign-in session. The cookie holds its id and a secret; only the secret's hash is kept.</summary>
internal sealed class SessionRow
{
    public required Guid Id { get; init; }
    public required Guid Account { get; init; }
    public required SessionKind Kind { get; init; }

    /// <summary>SHA-256 of the 32-byte secret.</summary>
    public required byte[] SecretHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To within some minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The browser key that it used first, and no other since; null: none yet.</summary>
    public Guid? BrowserKey { get; set; }

    /// <summary>When its person last used a passkey in it; null: never.</summary>
    public DateTimeOffset? PasskeyAt { get; set; }
}

/// <summary>An enrolment link. Only the token's hash is kept.</summary>
internal sealed class Invitation
{
    public required Guid Id { get; init; }
    public required Guid Lab { get; init; }
    public required byte Role { get; init; }

    /// <summary>SHA-256 of the 32-byte token.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Pseudonym of who made it; null for the first owner's.</summary>
    public Guid? CreatedBy { get; init; }
    /// <summary>The engagement that whoever uses it will work under.</summary>
    public Guid? Engagement { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class SignInTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<SessionRow>(table =>
        {
            table.ToTable("session");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Account).HasColumnName("account");
            table.Property(row => row.Kind).HasColumnName("kind");
            table.Property(row => row.SecretHash).HasColumnName("secret_hash");
            table.Property(row => row.CreatedAt).HasColumnName("created_at");
            table.Property(row => row.LastSeenAt).HasColumnName("last_seen_at");
            table.Property(row => row.EndedAt).HasColumnName("ended_at");
            table.Property(row => row.BrowserKey).HasColumnName("browser_key");
            table.Property(row => row.PasskeyAt).HasColumnName("passkey_at");
            table.HasIndex(row => row.Account).HasDatabaseName("session_account");
            table.HasOne<Account>().WithMany().HasForeignKey(row => row.Account).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Invitation>(table =>
        {
            table.ToTable("invitation");
            table.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            table.Property(row => row.Lab).HasColumnName("lab");
            table.Property(row => row.Role).HasColumnName("role");
            table.Property(row => row.TokenHash).HasColumnName("token_hash");
            table.Property(row => row.CreatedBy).HasColumnName("created_by");
            table.Property(row => row.Engagement).HasColumnName("engagement");
            table.Property(row => row.CreatedAt).HasColumnName("created_at");
            table.Property(row => row.ExpiresAt).HasColumnName("expires_at");
            table.Property(row => row.UsedAt).HasColumnName("used_at");
            table.Property(row => row.RevokedAt).HasColumnName("revoked_at");
            table.HasIndex(row => row.TokenHash).IsUnique().HasDatabaseName("invitation_token_hash");
            table.HasIndex(row => row.Lab).HasDatabaseName("invitation_lab");
        });
    }
}
