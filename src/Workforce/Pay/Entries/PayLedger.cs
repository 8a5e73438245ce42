using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>The end of the pay ledger: one writer at a time, each entry numbered and chained to the one before.</summary>
public sealed class PayLedger(AppDb db, TimeProvider time)
{
    // Any fixed number will do; it must only differ from those of other locks.
    private const long AdvisoryLock = 0x636f66665f706179;

    /// <summary>Waits for the end of the ledger and holds it until the caller's transaction ends. What is read after is not overtaken.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction, or one that reads an old snapshot: a bug.</exception>
    public async Task LockAsync(CancellationToken cancellation = default)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("The pay ledger is written inside a transaction of the caller's.");
        // On SQLite a transaction is "immediate": it has the write lock from its beginning.
        if (!db.Database.IsSqlite())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellation);
    }

    /// <summary>Adds entries in the order given. The lock must be held.</summary>
    /// <returns>The entries as they stand in the ledger.</returns>
    public async Task<IReadOnlyList<PayEntry>> AppendAsync(IReadOnlyList<PayEntry> entries, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
            return [];
        var last = await db.PayEntries.OrderByDescending(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Hash }).FirstOrDefaultAsync(cancellation);
        var (sequence, hash) = last is null ? (0L, EntryHash.Start.ToArray()) : (last.Sequence, last.Hash);
        var now = time.GetUtcNow();
        List<PayEntry> added = new(entries.Count);
        foreach (var entry in entries)
        {
            var next = entry with { Sequence = ++sequence, MadeAt = now };
            hash = EntryHash.Of(hash, next);
            added.Add(next with { Hash = hash });
        }

        db.PayEntries.AddRange(added);
        await db.SaveChangesAsync(cancellation);
        // Nothing changes them any more; a long run of batches need not keep them in mind.
        foreach (var entry in added)
            db.Entry(entry).State = EntityState.Detached;
        return added;
    }
}
