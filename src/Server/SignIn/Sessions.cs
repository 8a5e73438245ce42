using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Cofferdam.Server.Tokens;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <summary>Who a request comes from.</summary>
/// <param name="Session">The session, or the token.</param>
/// <param name="Token">What the token is for, where the request came with one; null for a person at a browser.</param>
/// <param name="Key">The browser key that the session is bound to; null: none yet.</param>
/// <param name="PasskeyAt">When a passkey was last used in the session; null: never.</param>
internal sealed record SignedIn(Guid Session, Guid Account, string Name, TokenGrant? Token = null, Guid? Key = null, DateTimeOffset? PasskeyAt = null);

/// <summary>Sign-in sessions: rows in the database, checked on each request from memory.</summary>
/// <remarks>
/// One server process has the store (the vault sees to that), so its memory is the truth: a session that ended here
/// has ended. An ended session stays in memory as a tombstone, so that a request that was reading its row meanwhile
/// cannot bring it back.
/// </remarks>
internal sealed class Sessions(TimeProvider time, SignInOptions options)
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Entry> known = new();

    /// <summary>Told of each session that has ended before its time, so that what is held for it is freed.</summary>
    public Func<Guid, Task>? Ended { get; set; }

    /// <summary>Adds a session to the database; the caller saves it and hands the cookie out.</summary>
    /// <param name="key">The browser key that it is bound to from the start; null: the first that it uses.</param>
    public string Start(AppDb db, Guid account, SessionKind kind, Guid? key = null)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var (cookie, secret) = SecretToken.CreateFor(id);
        db.Add(new SessionRow
        {
            Id = id,
            Account = account,
            Kind = kind,
            SecretHash = SHA256.HashData(secret),
            CreatedAt = now,
            LastSeenAt = now,
            PasskeyAt = kind is SessionKind.Passkey ? now : null,
            BrowserKey = key,
        });
        Forget(now);
        return cookie;
    }

    /// <summary>The session of a cookie; null where it is none, has ended or is too old.</summary>
    public async ValueTask<ClaimsPrincipal?> FindAsync(string cookie, IServiceProvider services, CancellationToken cancellation)
    {
        var entry = SecretToken.TryRead(cookie, out var id, out var secret) ? known.GetValueOrDefault(id) ?? await LoadAsync(id, services, cancellation) : null;
        if (entry is null || !CryptographicOperations.FixedTimeEquals(entry.SecretHash, SHA256.HashData(secret)))
            return null;

        var now = time.GetUtcNow();
        if (entry.Ended || now >= entry.CreatedAt + options.SessionLifetime)
            return null;
        if (entry.ShouldSave(now, SeenEvery))
            await services.GetRequiredService<AppDb>().Set<SessionRow>().Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancellation);
        return entry.Principal;
    }

    /// <summary>Ends a session at once: no request that begins after this is let in by it.</summary>
    public async Task EndAsync(Guid id, AppDb db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        known.AddOrUpdate(id, _ => Entry.Tombstone(now), (_, entry) => entry.AsEnded());
        await db.Set<SessionRow>().Where(row => row.Id == id && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellation);
        if (Ended is { } tell)
            await tell(id);
    }

    /// <summary>Binds a session to the first browser key that it used.</summary>
    /// <returns>False where it is bound to another one.</returns>
    public async ValueTask<bool> BindAsync(Guid id, Guid key, AppDb db)
    {
        if (known.GetValueOrDefault(id) is not { } entry || entry.Change(now => now.Key is null ? now with { Key = key } : now) is not { Key: { } bound } || bound != key)
            return false;
        await db.Set<SessionRow>().Where(row => row.Id == id && row.BrowserKey == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.BrowserKey, key), CancellationToken.None);
        return true;
    }

    /// <summary>Notes that a passkey was used in a session just now.</summary>
    public async Task NotePasskeyAsync(Guid id, AppDb db)
    {
        var now = time.GetUtcNow();
        known.GetValueOrDefault(id)?.Change(signedIn => signedIn with { PasskeyAt = now });
        await db.Set<SessionRow>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.PasskeyAt, now), CancellationToken.None);
    }

    /// <summary>Whether a session that was met here has ended or grown too old since.</summary>
    public bool HasEnded(Guid id) => known.TryGetValue(id, out var entry) && (entry.Ended || time.GetUtcNow() >= entry.CreatedAt + options.SessionLifetime);

    /// <summary>An account's sessions that are neither ended nor too old.</summary>
    public IQueryable<SessionRow> Of(Guid account, AppDb db)
    {
        var oldest = time.GetUtcNow() - options.SessionLifetime;
        return db.Set<SessionRow>().AsNoTracking().Where(row => row.Account == account && row.EndedAt == null && row.CreatedAt > oldest);
    }

    private async Task<Entry?> LoadAsync(Guid id, IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<AppDb>();
        var row = await db.Set<SessionRow>().AsNoTracking()
            .Where(row => row.Id == id && row.EndedAt == null)
            .Join(db.Users, row => row.Account, account => account.Id, (row, account) => new { Row = row, account.UserName })
            .SingleOrDefaultAsync(cancellation);
        return row is null
            ? null
            : known.GetOrAdd(id, new Entry(row.Row.SecretHash, row.Row.CreatedAt, row.Row.LastSeenAt, new SignedIn(id, row.Row.Account, row.UserName!, Key: row.Row.BrowserKey, PasskeyAt: row.Row.PasskeyAt)));
    }

    /// <summary>Drops what no cookie can refer to any more.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (id, entry) in known)
            if (now >= entry.CreatedAt + options.SessionLifetime)
                known.TryRemove(id, out _);
    }

    private sealed class Entry(byte[] secretHash, DateTimeOffset createdAt, DateTimeOffset lastSeenAt, SignedIn? signedIn)
    {
        private long savedTicks = lastSeenAt.UtcTicks;
        private readonly Lock changing = new();
        private volatile bool ended = signedIn is null;
        private SignedIn? current = signedIn;
        private volatile ClaimsPrincipal? principal = signedIn is null ? null : SessionAuthentication.PrincipalOf(signedIn);

        public byte[] SecretHash { get; } = secretHash;
        public DateTimeOffset CreatedAt { get; } = createdAt;
        public bool Ended => ended;

        /// <summary>Made once per session, so that a request costs no claims of its own.</summary>
        public ClaimsPrincipal? Principal => principal;

        public static Entry Tombstone(DateTimeOffset now) => new([], now, now, null);

        public Entry AsEnded()
        {
            ended = true;
            return this;
        }

        /// <returns>What it is now; null where it was a tombstone from the start.</returns>
        public SignedIn? Change(Func<SignedIn, SignedIn> change)
        {
            lock (changing)
            {
                if (current is not null && change(current) is var next && next != current)
                    (current, principal) = (next, SessionAuthentication.PrincipalOf(next));
                return current;
            }
        }

        /// <summary>True for one caller per interval.</summary>
        public bool ShouldSave(DateTimeOffset now, TimeSpan interval)
        {
            var saved = Interlocked.Read(ref savedTicks);
            return now.UtcTicks - saved >= interval.Ticks && Interlocked.CompareExchange(ref savedTicks, now.UtcTicks, saved) == saved;
        }
    }
}
