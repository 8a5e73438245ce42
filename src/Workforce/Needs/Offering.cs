using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Placements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Needs;

internal abstract record OfferOutcome
{
    private OfferOutcome() { }

    /// <param name="Offers">One for each expert who had none open and is not placed on the engagement.</param>
    public sealed record Made(IReadOnlyList<Offer> Offers) : OfferOutcome;

    public sealed record NotFound : OfferOutcome;

    /// <summary>The need is closed, or its engagement has no terms in force.</summary>
    public sealed record Closed : OfferOutcome;
}

/// <summary>Makes offers. What is offered is copied from need and terms, with what the same work paid before.</summary>
internal sealed class Offering(AppDb db, EarlierListings earlier, TimeProvider time)
{
    public async Task<OfferOutcome> OfferAsync(Guid need, IReadOnlyCollection<Guid> experts, TimeSpan open, Guid by, CancellationToken cancellation)
    {
        if (await db.Needs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == need, cancellation) is not { } row)
            return new OfferOutcome.NotFound();
        var terms = await db.TermsInForceAsync(row.Engagement, cancellation);
        if (row.ClosedAt is not null || terms is null || !await db.Engagements.AnyAsync(one => one.Id == row.Engagement && one.State == EngagementState.InForce, cancellation))
            return new OfferOutcome.Closed();
        var brief = await db.Briefs.AsNoTracking().SingleAsync(one => one.Id == row.Brief, cancellation);
        var before = await earlier.OfAsync(brief, row, cancellation);
        var now = time.GetUtcNow();

        await db.Offers.Where(offer => offer.Need == need && offer.State == OfferState.Open && offer.ExpiresAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(offer => offer.State, OfferState.TakenBack).SetProperty(offer => offer.AnsweredAt, now), CancellationToken.None);
        var (offers, placements) = (db.Offers, db.Placements);
        var free = await db.People
            .Where(person => experts.Contains(person.Id) && person.Role == VendorRole.Expert && person.LeftAt == null
                && !offers.Any(offer => offer.Need == need && offer.Expert == person.Id && offer.State == OfferState.Open)
                && !placements.Any(one => one.Engagement == row.Engagement && one.Expert == person.Id && one.EndedAt == null))
            .Select(person => person.Id).ToListAsync(cancellation);
        var made = free.ConvertAll(expert => new Offer
        {
            Id = Guid.CreateVersion7(now),
            Need = need,
            Expert = expert,
            State = OfferState.Open,
            Currency = row.Currency,
            Rates = row.Rates,
            WeekHours = row.WeekHours,
            NoticeDays = terms.NoticeDays,
            PausePay = terms.PausePay,
            Earlier = before is null ? null : JsonSerializer.Serialize(before, WorkforceText.Default.EarlierListing),
            MadeAt = now,
            MadeBy = by,
            ExpiresAt = now + open,
        });
        db.Offers.AddRange(made);
        await db.SaveChangesAsync(CancellationToken.None);
        return new OfferOutcome.Made(made);
    }
}
