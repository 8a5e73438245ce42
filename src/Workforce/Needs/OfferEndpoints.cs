using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Needs;

/// <param name="Experts">1 to 500.</param>
/// <param name="OpenHours">For how long the offers stand, 1 to 720.</param>
public sealed record OffersRequest(IReadOnlyList<Guid> Experts, int OpenHours = 72);

/// <param name="Made">Experts who have an offer now.</param>
/// <param name="Skipped">Experts who had one already, are placed there, or have left.</param>
public sealed record OffersMade(IReadOnlyList<Guid> Made, IReadOnlyList<Guid> Skipped);

public sealed record OfferRow(Guid Id, Guid Expert, string Name, OfferState State, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt);

/// <summary>Offers, as the desk makes and sees them. Who declined is not told from whom nobody heard: it counts for nothing.</summary>
internal static class OfferEndpoints
{
    private const int MostExperts = 500, MostOpenHours = 720, PageSize = 200;

    public static void MapOffers(this RouteGroupBuilder desk)
    {
        var offers = desk.MapGroup("/needs/{need:guid}/offers").WithTags("Needs");
        offers.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Whom a need was offered, newest first");
        offers.MapPost("", Make).RequireAuthorization(VendorPolicies.Manager).WithSummary("Offer a need to experts");
    }

    private static async Task<Results<Ok<List<OfferRow>>, ProblemHttpResult>> List(Guid need, AppDb db, TimeProvider time, CancellationToken cancellation, Guid? before = null)
    {
        if (!await db.Needs.AnyAsync(one => one.Id == need, cancellation))
            return Problems.NotFound();
        var now = time.GetUtcNow();
        var some = db.Offers.AsNoTracking().Where(offer => offer.Need == need);
        if (before is { } last)
            some = some.Where(offer => offer.Id < last);
        var rows = await some.OrderByDescending(offer => offer.Id).Take(PageSize)
            .Join(db.People, offer => offer.Expert, person => person.Id, (offer, person) => new { Offer = offer, person.Name }).ToListAsync(cancellation);
        return TypedResults.Ok(rows.OrderByDescending(row => row.Offer.Id).Select(row => new OfferRow(
            row.Offer.Id, row.Offer.Expert, row.Name, Shown(row.Offer, now), row.Offer.MadeAt, row.Offer.ExpiresAt,
            row.Offer.State is OfferState.Accepted ? row.Offer.AnsweredAt : null)).ToList());
    }

    private static async Task<Results<Ok<OffersMade>, ProblemHttpResult>> Make(
        Guid need, OffersRequest body, VendorActor actor, Offering offering, CancellationToken cancellation)
    {
        if (body.Experts.Count is < 1 or > MostExperts)
            return Problems.Invalid($"Offer it to 1 to {MostExperts} experts at a time.", "experts");
        if (body.OpenHours is < 1 or > MostOpenHours)
            return Problems.Invalid($"An offer stands for 1 to {MostOpenHours} hours.", "openHours");
        switch (await offering.OfferAsync(need, body.Experts, TimeSpan.FromHours(body.OpenHours), actor.Account, cancellation))
        {
            case OfferOutcome.Made made:
                var experts = made.Offers.Select(offer => offer.Expert).ToHashSet();
                return TypedResults.Ok(new OffersMade([.. experts], [.. body.Experts.Where(expert => !experts.Contains(expert)).Distinct()]));
            case OfferOutcome.Closed:
                return NeedProblems.Closed();
            default:
                return Problems.NotFound();
        }
    }

    // Declined or run out: to the desk it is the same.
    private static OfferState Shown(Offer offer, DateTimeOffset now) =>
        offer.State is OfferState.Declined || (offer.State is OfferState.Open && offer.ExpiresAt <= now) ? OfferState.TakenBack : offer.State;
}

internal static class NeedProblems
{
    public static ProblemHttpResult Closed() => Problems.Of(StatusCodes.Status409Conflict, "need-closed", "This need is closed, or the lab's work has stopped. Nobody can be offered it now.");
}
