using System.Text.Json;
using Cofferdam.Federation.Engagements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Placements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Needs;

/// <summary>An offer as the expert sees it: what is paid, how long it lasts, what notice is given, and what the same work paid before.</summary>
/// <param name="CodeName">Null where the lab's brief could not be opened.</param>
/// <param name="PausePay">Percent of promised hours that is paid where work stops before its notice has run.</param>
/// <param name="Missing">What is to be put in order before it can be accepted, as stable codes.</param>
/// <param name="Earlier">Null where the same work was never listed before.</param>
public sealed record MyOffer(
    Guid Id, Guid Need, string Lab, string? CodeName, string? Description, IReadOnlyList<string> Skills, IReadOnlyList<string> Languages,
    IReadOnlyList<string> ContentClasses, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours, int NoticeDays, int PausePay, EarlierListing? Earlier,
    IReadOnlyList<string> Missing, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);

/// <param name="Placement">Where the expert works from now on.</param>
public sealed record OfferAccepted(Guid Placement);

/// <summary>Offers, as the expert sees and answers them. To decline, or to say nothing, counts for nothing.</summary>
internal static class MyOfferEndpoints
{
    private const int MostShown = 50;

    public static void MapMyOffers(this RouteGroupBuilder me)
    {
        var offers = me.MapGroup("/offers").WithTags("Own work");
        offers.MapGet("", List).RequireAuthorization(VendorPolicies.Expert).WithSummary("Offers that stand");
        offers.MapPost("/{offer:guid}/accept", Accept).RequireAuthorization(VendorPolicies.Expert).WithSummary("Accept an offer: from then on its rates hold");
        offers.MapPost("/{offer:guid}/decline", Decline).RequireAuthorization(VendorPolicies.Expert).WithSummary("Decline an offer; nothing follows from it");
    }

    private static async Task<Ok<List<MyOffer>>> List(
        VendorActor actor, AppDb db, IVault vault, IExpertStandings standings, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = await db.Offers.AsNoTracking().Where(offer => offer.Expert == actor.Person && offer.State == OfferState.Open && offer.ExpiresAt > now)
            .OrderByDescending(offer => offer.Id).Take(MostShown)
            .Join(db.Needs, offer => offer.Need, need => need.Id, (offer, need) => new { Offer = offer, Need = need })
            .Join(db.Briefs, one => one.Need.Brief, brief => brief.Id, (one, brief) => new { one.Offer, one.Need, Brief = brief })
            .Join(db.Engagements, one => one.Need.Engagement, engagement => engagement.Id, (one, engagement) => new { one.Offer, one.Need, one.Brief, Engagement = engagement })
            .ToListAsync(cancellation);
        List<MyOffer> offers = [];
        foreach (var row in rows.OrderByDescending(row => row.Offer.Id))
        {
            var standing = (await standings.OfAsync([actor.Person], row.Engagement.Node, cancellation))[actor.Person];
            var terms = await db.TermsInForceAsync(row.Engagement.Id, cancellation);
            var brief = await vault.ReadBriefAsync(actor.Vendor, row.Engagement.Id, row.Brief.Record, actor.Principal, Purpose.Match, actor.Session, cancellation);
            offers.Add(View(row.Offer, row.Engagement, brief, terms is null ? [] : Gate.Missing(standing, terms, DateOnly.FromDateTime(now.UtcDateTime))));
        }

        return TypedResults.Ok(offers);
    }

    private static async Task<Results<Ok<OfferAccepted>, ProblemHttpResult>> Accept(Guid offer, VendorActor actor, Placing placing) =>
        await placing.AcceptAsync(offer, actor.Person, CancellationToken.None) switch
        {
            PlaceOutcome.Placed placed => TypedResults.Ok(new OfferAccepted(placed.Placement.Id)),
            PlaceOutcome.NotInOrder not => PlacementProblems.NotInOrder(not.Missing),
            PlaceOutcome.Full => Problems.Of(StatusCodes.Status409Conflict, "full", "All places are taken. The offer stays open in case one becomes free."),
            _ => Problems.Of(StatusCodes.Status409Conflict, "offer-gone", "This offer no longer stands."),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> Decline(Guid offer, VendorActor actor, AppDb db, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return await db.Offers.Where(one => one.Id == offer && one.Expert == actor.Person && one.State == OfferState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, OfferState.Declined).SetProperty(one => one.AnsweredAt, now)) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound();
    }

    private static MyOffer View(Offer offer, Engagement engagement, Brief? brief, IReadOnlyList<string> missing) => new(
        offer.Id, offer.Need, engagement.Lab, brief?.CodeName, brief?.Description, brief?.Skills ?? [], brief?.Languages ?? [], brief?.ContentClasses ?? [],
        offer.Currency, JsonSerializer.Deserialize(offer.Rates, WorkforceText.Default.IReadOnlyListWorkRate)!, offer.WeekHours, offer.NoticeDays, offer.PausePay,
        offer.Earlier is null ? null : JsonSerializer.Deserialize(offer.Earlier, WorkforceText.Default.EarlierListing), missing, offer.MadeAt, offer.ExpiresAt);
}
