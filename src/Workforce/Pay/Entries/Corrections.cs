using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>An entry put right by another that refers to it.</summary>
/// <param name="Entry">Sequence of the entry in question: work, pause pay or top-up.</param>
/// <param name="Amount">Minor units that are added, or taken back where negative.</param>
/// <param name="Seconds">Paid seconds that are added or taken away.</param>
/// <param name="Currency">Only where the entry has none, because no rate card covered it.</param>
/// <param name="Words">Record with the words for it; a correction is made once per record.</param>
public sealed record Correction(long Entry, long Amount, long Seconds, EntryReason Reason, Guid Words, string? Currency = null);

public abstract record CorrectionOutcome
{
    private CorrectionOutcome() { }

    /// <param name="Entry">The new entry.</param>
    public sealed record Made(PayEntry Entry) : CorrectionOutcome;

    /// <summary>There is no such entry, or it is none that can be corrected: a correction, a withholding or a release.</summary>
    public sealed record NotFound : CorrectionOutcome;

    /// <summary>It would take back more than the entry and its corrections paid, or more seconds than they counted.</summary>
    /// <param name="Amount">Minor units that it stands at.</param>
    /// <param name="Seconds">Seconds that it stands at.</param>
    public sealed record TooMuch(long Amount, long Seconds) : CorrectionOutcome;

    /// <summary>Nobody corrects their own pay.</summary>
    public sealed record OwnPay : CorrectionOutcome;

    /// <summary>It changes nothing, its currency is unknown, or the entry has one of its own.</summary>
    public sealed record Nothing : CorrectionOutcome;
}

/// <summary>Makes corrections. An entry is never changed: what it stands at is its own amount and those of the entries that refer to it.</summary>
public sealed class Corrections(AppDb db, PayLedger ledger, TimeProvider time)
{
    /// <summary>Makes one inside the caller's transaction.</summary>
    /// <param name="by">Id of the person who puts it right.</param>
    public async Task<CorrectionOutcome> MakeAsync(Correction correction, Guid by, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(correction);
        await ledger.LockAsync(cancellation);
        var words = await db.PayEntries.AsNoTracking().SingleOrDefaultAsync(entry => entry.Kind == EntryKind.Correction && entry.Words == correction.Words, cancellation);
        // The same request again, and not another one under words that stand for something else already.
        if (words is not null)
            return (words.Refers, words.Amount) == (correction.Entry, correction.Amount) ? new CorrectionOutcome.Made(words) : new CorrectionOutcome.Nothing();
        var found = await db.PayEntries.AsNoTracking().SingleOrDefaultAsync(entry => entry.Sequence == correction.Entry, cancellation);
        if (found is not { Kind: EntryKind.Work or EntryKind.PausePay or EntryKind.TopUp })
            return new CorrectionOutcome.NotFound();
        if (found.Expert == by)
            return new CorrectionOutcome.OwnPay();
        var unrated = found.Currency == EventPricing.Unrated;
        var earlier = await db.PayEntries.AsNoTracking().Where(entry => entry.Refers == found.Sequence).ToListAsync(cancellation);
        var currency = unrated ? earlier.FirstOrDefault()?.Currency ?? correction.Currency : found.Currency;
        if ((correction.Amount, correction.Seconds) == (0, 0) || !Currency.TryFind(currency, out _) || (correction.Currency ?? currency) != currency)
            return new CorrectionOutcome.Nothing();
        var stands = await StandsAsync(found, cancellation);
        if (stands.Amount + correction.Amount < 0 || stands.Seconds + correction.Seconds < 0)
            return new CorrectionOutcome.TooMuch(stands.Amount, stands.Seconds);

        var now = time.GetUtcNow();
        var zone = await db.PayPeople.Where(person => person.Expert == found.Expert).Select(person => person.Zone).SingleAsync(cancellation);
        var added = await ledger.AppendAsync(
        [
            new PayEntry
            {
                Kind = EntryKind.Correction,
                Expert = found.Expert,
                Engagement = found.Engagement,
                Currency = currency!,
                Amount = correction.Amount,
                Counted = correction.Seconds,
                At = now,
                Day = PayClock.Day(PayClock.Zone(zone), now),
                Place = found.Place,
                MadeAt = now,
                By = by,
                Assignment = found.Assignment,
                Paid = found.Paid,
                Refers = found.Sequence,
                Reason = correction.Reason,
                Words = correction.Words,
            },
        ], cancellation);
        return new CorrectionOutcome.Made(added[0]);
    }

    /// <summary>What an entry stands at now: with its corrections, and without what is withheld of it.</summary>
    public async Task<(long Amount, long Seconds)> StandsAsync(PayEntry entry, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var about = await db.PayEntries.Where(other => other.Refers == entry.Sequence)
            .Select(other => new { other.Kind, other.Amount, other.Counted }).ToListAsync(cancellation);
        return (entry.Amount + about.Sum(other => other.Amount), entry.Counted + about.Where(other => other.Kind is EntryKind.Correction).Sum(other => other.Counted));
    }
}
