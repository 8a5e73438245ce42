using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Tokens;

/// <summary>API tokens: rows in the database, checked on each request from memory, as <see cref="Sessions"/> are.</summary>
internal sealed class ApiTokens(NodeSecrets secrets, TimeProvider time)
{
    /// <summary>Every token begins with it, so that scanners for leaked secrets know one.</summary>
    public const string Prefix = "cof_";

    private const string What = "token";
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Entry> known = new();

    /// <summary>Marks a token that is to be kept.</summary>
    /// <returns>Its text, which is in no store.</returns>
    public async Task<string> MarkAsync(ApiToken token, CancellationToken cancellation)
    {
        var (text, secret) = SecretToken.CreateFor(token.Id);
        token.Mark = await secrets.MarkAsync(What, token.Marked(secret), cancellation);
        return Prefix + text;
    }

    /// <summary>Who a token stands for; null where it is none, has expired or was revoked.</summary>
    public async ValueTask<ClaimsPrincipal?> FindAsync(string text, IServiceProvider services, CancellationToken cancellation)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !SecretToken.TryRead(text.AsSpan(Prefix.Length), out var id, out var secret))
            return null;
        var hash = SHA256.HashData(secret);
        var entry = known.GetValueOrDefault(id) ?? await LoadAsync(id, secret, hash, services, cancellation);
        var now = time.GetUtcNow();
        if (entry is null || !CryptographicOperations.FixedTimeEquals(entry.Hash, hash) || entry.Revoked || now >= entry.ExpiresAt)
            return null;
        if (entry.ShouldSave(now, UsedEvery))
        {
            await services.GetRequiredService<AppDb>().Set<ApiToken>().Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellation);
        }

        return entry.Principal;
    }

    /// <summary>Ends a token at once: no request that begins after this is let in by it.</summary>
    public async Task RevokeAsync(Guid id, AppDb db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // A tombstone, so that a request that was reading the row meanwhile cannot bring it back.
        known.AddOrUpdate(id, _ => new Entry([], now, null, null) { Revoked = true }, static (_, entry) =>
        {
            entry.Revoked = true;
            return entry;
        });
        await db.Set<ApiToken>().Where(row => row.Id == id && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation);
    }

    private async Task<Entry?> LoadAsync(Guid id, byte[] secret, byte[] hash, IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<AppDb>();
        var found = await db.Set<ApiToken>().AsNoTracking()
            .Where(row => row.Id == id && row.RevokedAt == null)
            .Join(db.Users, row => row.Account, account => account.Id, (row, account) => new { Row = row, account.UserName })
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
            return null;
        var row = found.Row;
        var mark = await secrets.MarkAsync(What, row.Marked(secret), cancellation);
        if (!CryptographicOperations.FixedTimeEquals(row.Mark, mark))
            return null;
        var signedIn = new SignedIn(id, row.Account, found.UserName!, new TokenGrant(new LabId(row.Lab), row.ScopeList));
        return known.GetOrAdd(id, new Entry(hash, row.ExpiresAt, row.LastUsedAt, SessionAuthentication.PrincipalOf(signedIn)));
    }

    /// <param name="hash">SHA-256 of the secret that fitted the mark.</param>
    private sealed class Entry(byte[] hash, DateTimeOffset expiresAt, DateTimeOffset? lastUsedAt, ClaimsPrincipal? principal)
    {
        private long savedTicks = lastUsedAt?.UtcTicks ?? 0;
        private volatile bool revoked;

        public byte[] Hash { get; } = hash;
        public DateTimeOffset ExpiresAt { get; } = expiresAt;
        public ClaimsPrincipal? Principal { get; } = principal;
        public bool Revoked { get => revoked; set => revoked = value; }

        /// <summary>True for one caller per interval.</summary>
        public bool ShouldSave(DateTimeOffset now, TimeSpan interval)
        {
            var saved = Interlocked.Read(ref savedTicks);
            return now.UtcTicks - saved >= interval.Ticks && Interlocked.CompareExchange(ref savedTicks, now.UtcTicks, saved) == saved;
        }
    }
}
