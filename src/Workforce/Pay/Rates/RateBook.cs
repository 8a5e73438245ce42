using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Rates;

/// <summary>What a new rate card says.</summary>
/// <param name="Rates">One for every kind, each above nothing: there is no unpaid work.</param>
/// <param name="From">Null: from now on. Never earlier.</param>
/// <param name="WeekSeconds">Hours a week that are promised, in seconds, 0 to 604,800.</param>
/// <param name="NoticeDays">0 to 365.</param>
/// <param name="PauseShare">Basis points, 0 to 10,000.</param>
public sealed record RateCardDraft(
    Guid Engagement, Guid? Expert, string Currency, IReadOnlyDictionary<PaidKind, Rate> Rates, DateTimeOffset? From = null,
    int WeekSeconds = 0, int NoticeDays = 0, int PauseShare = 0)
{
    private const int Week = 7 * 24 * 3600;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public Fault? Check()
    {
        if (!Pay.Currency.TryFind(Currency, out _))
            return new Fault("Give the ISO 4217 code of a currency that this node pays in, such as EUR.", "currency");
        foreach (var kind in Enum.GetValues<PaidKind>())
        {
            if (!Rates.TryGetValue(kind, out var rate) || !rate.IsValid || rate is { Each: 0, Hour: 0 })
                return new Fault($"Work of every kind is paid, per piece, per hour or both: up to {Rate.Most} minor units.", $"rates.{Names.Of(kind)}");
        }

        return WeekSeconds is < 0 or > Week ? new Fault("A week has 0 to 604,800 seconds.", "weekSeconds")
            : NoticeDays is < 0 or > 365 ? new Fault("Notice is 0 to 365 days.", "noticeDays")
            : PauseShare is < 0 or > 10_000 ? new Fault("The share is 0 to 10,000 basis points.", "pauseShare")
            : null;
    }
}

/// <summary>Adds rate cards and finds them.</summary>
public sealed class RateBook(AppDb db, PayLedger ledger, TimeProvider time)
{
    /// <summary>Adds a card as the next version of its engagement, or of one expert there, inside the caller's transaction.</summary>
    /// <param name="draft">As <see cref="RateCardDraft.Check"/> lets pass.</param>
    /// <returns>Null where it would hold from a time that is past: what is earned already is not paid anew.</returns>
    public async Task<RateCard?> AddAsync(RateCardDraft draft, Guid by, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        // Two cards made at once must not get one version, and no event is to be priced in between.
        await ledger.LockAsync(cancellation);
        var now = time.GetUtcNow();
        if (draft.From < now)
            return null;
        var version = await db.RateCards.CountAsync(card => card.Engagement == draft.Engagement && card.Expert == draft.Expert, cancellation) + 1;
        var id = Guid.CreateVersion7(now);
        var card = new RateCard
        {
            Id = id,
            Engagement = draft.Engagement,
            Expert = draft.Expert,
            Version = version,
            From = draft.From ?? now,
            Currency = draft.Currency,
            WeekSeconds = draft.WeekSeconds,
            NoticeDays = draft.NoticeDays,
            PauseShare = draft.PauseShare,
            MadeAt = now,
            By = by,
            Lines = [.. draft.Rates.Select(rate => new RateLine { Card = id, Kind = rate.Key, Each = rate.Value.Each, Hour = rate.Value.Hour })],
        };
        db.RateCards.Add(card);
        await db.SaveChangesAsync(cancellation);
        return card;
    }

    /// <summary>Cards of an engagement: everybody's, and those of one expert where one is named.</summary>
    public async Task<IReadOnlyList<RateCard>> OfAsync(Guid engagement, Guid? expert, CancellationToken cancellation = default) =>
        await db.RateCards.AsNoTracking().Include(card => card.Lines)
            .Where(card => card.Engagement == engagement && (card.Expert == null || card.Expert == expert))
            .OrderByDescending(card => card.From).ThenByDescending(card => card.Version).ToListAsync(cancellation);

    /// <summary>The card in force for an expert at a time: their own before the engagement's; null where there is none.</summary>
    public async Task<RateCard?> InForceAsync(Guid engagement, Guid expert, DateTimeOffset at, CancellationToken cancellation = default) =>
        new RateCards(await OfAsync(engagement, expert, cancellation)).InForce(expert, at);
}
