using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Objections;

public enum WithholdingOutcome : byte
{
    Done,

    /// <summary>No such entry, or none that pays anything any more; no such withholding.</summary>
    NotFound,

    /// <summary>It is withheld, or decided, already.</summary>
    Already,

    /// <summary>Who withheld does not decide, and nobody decides on their own pay.</summary>
    SamePerson,
}

/// <summary>Withholds an entry's pay and lifts that again, by entries of the ledger, so that every statement is still a sum.</summary>
public sealed class Withholdings(AppDb db, PayLedger ledger, Corrections corrections, TimeProvider time)
{
    /// <summary>Takes back for now all that an entry stands at.</summary>
    /// <param name="evidence">Record with the evidence, which the expert may read.</param>
    public async Task<(WithholdingOutcome Outcome, Withholding? Withholding)> WithholdAsync(long entry, EntryReason reason, Guid evidence, Guid by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        if (await db.Withholdings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == evidence, cancellation) is { } again)
            return again.Entry == entry ? (WithholdingOutcome.Done, again) : (WithholdingOutcome.Already, null);
        var found = await db.PayEntries.AsNoTracking().SingleOrDefaultAsync(one => one.Sequence == entry, cancellation);
        if (found is not { Kind: EntryKind.Work or EntryKind.PausePay or EntryKind.TopUp })
            return (WithholdingOutcome.NotFound, null);
        if (found.Expert == by)
            return (WithholdingOutcome.SamePerson, null);
        if (await db.Withholdings.AnyAsync(one => one.Entry == entry && (one.State == WithholdingState.Open || one.State == WithholdingState.Confirmed), cancellation))
            return (WithholdingOutcome.Already, null);
        var (amount, _) = await corrections.StandsAsync(found, cancellation);
        if (amount <= 0)
            return (WithholdingOutcome.NotFound, null);

        var now = time.GetUtcNow();
        var withheld = (await ledger.AppendAsync([await EntryAsync(found, EntryKind.Withheld, -amount, reason, by, evidence, found.Sequence, cancellation)], cancellation))[0];
        var withholding = new Withholding
        {
            Id = evidence,
            Expert = found.Expert,
            Entry = entry,
            Withheld = withheld.Sequence,
            State = WithholdingState.Open,
            By = by,
            MadeAt = now,
            DecideBy = now + Withholding.Clock,
        };
        db.Withholdings.Add(withholding);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (WithholdingOutcome.Done, withholding);
    }

    /// <summary>A second person decides whether it stays withheld.</summary>
    /// <param name="words">Record of the words for it.</param>
    public async Task<WithholdingOutcome> DecideAsync(Guid withholding, bool release, Guid words, Guid by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        if (await db.Withholdings.SingleOrDefaultAsync(one => one.Id == withholding, cancellation) is not { } found)
            return WithholdingOutcome.NotFound;
        if (found.Words == words)
            return WithholdingOutcome.Done;
        if (found.State is not WithholdingState.Open)
            return WithholdingOutcome.Already;
        if (found.By == by || found.Expert == by)
            return WithholdingOutcome.SamePerson;
        if (release)
            await ReleaseAsync(found, WithholdingState.Released, EntryReason.Other, words, by, cancellation);
        else
            Decide(found, WithholdingState.Confirmed, words, by);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return WithholdingOutcome.Done;
    }

    /// <summary>Releases whatever nobody decided on in time.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ReleaseOverdueAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        if (!await db.Withholdings.AnyAsync(one => one.State == WithholdingState.Open && one.DecideBy <= now, cancellation))
            return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        var overdue = await db.Withholdings.Where(one => one.State == WithholdingState.Open && one.DecideBy <= now).ToListAsync(cancellation);
        foreach (var one in overdue)
            await ReleaseAsync(one, WithholdingState.RanOut, EntryReason.ClockRanOut, words: null, by: null, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return overdue.Count;
    }

    /// <summary>Releases what is withheld of an entry, inside the caller's transaction and under the ledger's lock.</summary>
    /// <returns>The entry that does so; null where nothing of it is withheld.</returns>
    internal async Task<PayEntry?> ReleaseAsync(long entry, Guid words, Guid by, CancellationToken cancellation)
    {
        var found = await db.Withholdings.SingleOrDefaultAsync(
            one => one.Entry == entry && (one.State == WithholdingState.Open || one.State == WithholdingState.Confirmed), cancellation);
        return found is null ? null : await ReleaseAsync(found, WithholdingState.Released, EntryReason.DisputeUpheld, words, by, cancellation);
    }

    private async Task<PayEntry> ReleaseAsync(Withholding found, WithholdingState state, EntryReason reason, Guid? words, Guid? by, CancellationToken cancellation)
    {
        var withheld = await db.PayEntries.AsNoTracking().SingleAsync(one => one.Sequence == found.Withheld, cancellation);
        // It refers to the entry in question, as the withholding does: what that stands at is still one sum.
        var released = (await ledger.AppendAsync([await EntryAsync(withheld, EntryKind.Released, -withheld.Amount, reason, by, words, found.Entry, cancellation)], cancellation))[0];
        Decide(found, state, words, by);
        found.Released = released.Sequence;
        return released;
    }

    private void Decide(Withholding found, WithholdingState state, Guid? words, Guid? by)
    {
        found.State = state;
        found.DecidedAt = time.GetUtcNow();
        found.DecidedBy = by;
        found.Words = words;
    }

    private async Task<PayEntry> EntryAsync(PayEntry of, EntryKind kind, long amount, EntryReason reason, Guid? by, Guid? words, long refers, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var zone = await db.PayPeople.Where(person => person.Expert == of.Expert).Select(person => person.Zone).SingleAsync(cancellation);
        return new PayEntry
        {
            Kind = kind,
            Expert = of.Expert,
            Engagement = of.Engagement,
            Currency = of.Currency,
            Amount = amount,
            At = now,
            Day = PayClock.Day(PayClock.Zone(zone), now),
            Place = of.Place,
            MadeAt = now,
            By = by,
            Assignment = of.Assignment,
            Paid = of.Paid,
            Refers = refers,
            Reason = reason,
            Words = words,
        };
    }
}
