using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Objections;

public enum DisputeOutcome : byte
{
    Done,

    /// <summary>No such entry of this expert's, or no such dispute.</summary>
    NotFound,

    /// <summary>There is an open dispute about the entry, or this one is answered.</summary>
    Already,

    /// <summary>Who decided about the entry before does not answer, and nobody answers for their own pay.</summary>
    SamePerson,

    /// <summary>Upheld with nothing put right: no amount, and nothing was withheld.</summary>
    Nothing,

    /// <summary>It would take back more than the entry stands at.</summary>
    TooMuch,
}

/// <summary>How a dispute is answered.</summary>
/// <param name="Uphold">The expert is right.</param>
/// <param name="Amount">Minor units that are added where it is upheld; 0 where releasing what is withheld is all.</param>
/// <param name="Seconds">Paid seconds that are added.</param>
/// <param name="Words">Record of the words for it.</param>
/// <param name="Currency">Only where the entry has none.</param>
public sealed record DisputeAnswer(bool Uphold, long Amount, long Seconds, Guid Words, string? Currency = null);

/// <summary>Disputes about entries: opened by whose pay it is, answered by somebody who has decided nothing about it.</summary>
public sealed class Disputes(AppDb db, PayLedger ledger, Corrections corrections, Withholdings withholdings, TimeProvider time)
{
    /// <param name="words">Record of the expert's words.</param>
    public async Task<(DisputeOutcome Outcome, Dispute? Dispute)> OpenAsync(Guid expert, long entry, Guid words, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(one => one.Id == words, cancellation) is { } again)
            return again.Expert == expert && again.Entry == entry ? (DisputeOutcome.Done, again) : (DisputeOutcome.NotFound, null);
        if (!await db.PayEntries.AnyAsync(one => one.Sequence == entry && one.Expert == expert, cancellation))
            return (DisputeOutcome.NotFound, null);
        if (await db.Disputes.AnyAsync(one => one.Entry == entry && one.State == DisputeState.Open, cancellation))
            return (DisputeOutcome.Already, null);
        var now = time.GetUtcNow();
        var dispute = new Dispute { Id = words, Expert = expert, Entry = entry, State = DisputeState.Open, MadeAt = now, AnswerBy = now + Dispute.Clock };
        db.Disputes.Add(dispute);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (DisputeOutcome.Done, dispute);
    }

    /// <param name="by">Id of the person who answers.</param>
    public async Task<(DisputeOutcome Outcome, Dispute? Dispute)> AnswerAsync(Guid dispute, DisputeAnswer answer, Guid by, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        if (await db.Disputes.SingleOrDefaultAsync(one => one.Id == dispute, cancellation) is not { } found)
            return (DisputeOutcome.NotFound, null);
        if (found.Answer == answer.Words)
            return (DisputeOutcome.Done, found);
        if (found.State is not DisputeState.Open)
            return (DisputeOutcome.Already, found);
        var origin = await OriginAsync(found.Entry, cancellation);
        if (by == found.Expert || await HasDecidedAsync(origin, by, cancellation))
            return (DisputeOutcome.SamePerson, found);
        if (answer.Uphold)
        {
            var (outcome, settled) = await SettleAsync(origin, answer, by, cancellation);
            if (outcome is not DisputeOutcome.Done)
                return (outcome, found);
            found.Settled = settled;
        }

        found.State = answer.Uphold ? DisputeState.Upheld : DisputeState.Dismissed;
        found.AnsweredBy = by;
        found.AnsweredAt = time.GetUtcNow();
        found.Answer = answer.Words;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (DisputeOutcome.Done, found);
    }

    private async Task<(DisputeOutcome Outcome, long? Settled)> SettleAsync(long entry, DisputeAnswer answer, Guid by, CancellationToken cancellation)
    {
        var released = await withholdings.ReleaseAsync(entry, answer.Words, by, cancellation);
        if ((answer.Amount, answer.Seconds) == (0, 0))
            return released is null ? (DisputeOutcome.Nothing, null) : (DisputeOutcome.Done, released.Sequence);
        var correction = new Correction(entry, answer.Amount, answer.Seconds, EntryReason.DisputeUpheld, answer.Words, answer.Currency);
        return await corrections.MakeAsync(correction, by, cancellation) switch
        {
            // One that somebody else made under these words pays nothing now.
            CorrectionOutcome.Made made when made.Entry.By == by => (DisputeOutcome.Done, made.Entry.Sequence),
            CorrectionOutcome.TooMuch => (DisputeOutcome.TooMuch, null),
            CorrectionOutcome.OwnPay => (DisputeOutcome.SamePerson, null),
            _ => (DisputeOutcome.Nothing, null),
        };
    }

    // A dispute may name a correction or a withholding: what is put right is what those are about.
    private async Task<long> OriginAsync(long entry, CancellationToken cancellation) =>
        await db.PayEntries.Where(one => one.Sequence == entry).Select(one => one.Refers).SingleAsync(cancellation) ?? entry;

    private async Task<bool> HasDecidedAsync(long entry, Guid by, CancellationToken cancellation) =>
        await db.PayEntries.AnyAsync(one => (one.Sequence == entry || one.Refers == entry) && one.By == by, cancellation)
        || await db.Withholdings.AnyAsync(one => one.Entry == entry && one.DecidedBy == by, cancellation)
        || await DisputesAbout(entry).AnyAsync(one => one.AnsweredBy == by, cancellation);

    private IQueryable<Dispute> DisputesAbout(long entry)
    {
        var entries = db.PayEntries;
        return db.Disputes.Where(dispute => entries.Any(one => one.Sequence == dispute.Entry && (one.Sequence == entry || one.Refers == entry)));
    }
}
