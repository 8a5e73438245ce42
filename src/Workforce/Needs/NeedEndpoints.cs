using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Matching;
using Cofferdam.Workforce.Placements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Needs;

/// <param name="Places">1 to 10,000.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Rates">One for each kind of work.</param>
/// <param name="WeekHours">Hours a week that one person may expect, 1 to 80.</param>
/// <param name="Terms">What is asked of people: the brief's skills and languages as codes, the part of the day, the agreements.</param>
/// <param name="Listed">Experts find it among open work and may ask to be offered it.</param>
public sealed record NeedRequest(
    Guid Brief, int Places, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours, NeedTerms? Terms = null, bool Listed = true);

/// <param name="Placed">People placed on it now.</param>
/// <param name="Offered">Offers that wait for an answer.</param>
public sealed record NeedView(
    Guid Id, Guid Engagement, Guid Brief, string Lab, int Places, int Placed, int Offered, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours,
    NeedTerms Terms, bool Listed, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt);

/// <summary>The vendor's open places. Names and words are the brief's, and stay sealed with it.</summary>
internal static class NeedEndpoints
{
    private const int MostPlaces = 10_000, MostWeekHours = 80, PageSize = 100;

    public static void MapNeeds(this RouteGroupBuilder desk)
    {
        var needs = desk.MapGroup("/needs").WithTags("Needs");
        needs.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Open places, newest first");
        needs.MapGet("/{need:guid}", Get).RequireAuthorization(VendorPolicies.Desk).WithSummary("A need, with what it asks of people");
        needs.MapPost("", Create).RequireAuthorization(VendorPolicies.Manager).WithSummary("Open places on an engagement, from a brief");
        needs.MapPost("/{need:guid}/close", Close).RequireAuthorization(VendorPolicies.Manager).WithSummary("Close a need; open offers of it are taken back");
    }

    private static async Task<Ok<List<NeedView>>> List(AppDb db, CancellationToken cancellation, Guid? engagement = null, Guid? before = null, bool open = true)
    {
        var some = db.Needs.AsNoTracking();
        if (engagement is { } of)
            some = some.Where(need => need.Engagement == of);
        if (open)
            some = some.Where(need => need.ClosedAt == null);
        if (before is { } last)
            some = some.Where(need => need.Id < last);
        return TypedResults.Ok(await ViewsAsync(db, some.OrderByDescending(need => need.Id).Take(PageSize), cancellation));
    }

    private static async Task<Results<Ok<NeedView>, ProblemHttpResult>> Get(Guid need, AppDb db, CancellationToken cancellation) =>
        await ViewsAsync(db, db.Needs.AsNoTracking().Where(one => one.Id == need), cancellation) is [var view] ? TypedResults.Ok(view) : Problems.NotFound();

    private static async Task<Results<Created<NeedView>, ProblemHttpResult>> Create(
        NeedRequest body, VendorActor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Places is < 1 or > MostPlaces)
            return Problems.Invalid($"A need has 1 to {MostPlaces} places.", "places");
        if (body.WeekHours is < 1 or > MostWeekHours)
            return Problems.Invalid($"People are offered 1 to {MostWeekHours} hours a week.", "weekHours");
        if (body.Currency is not { Length: 3 } || !body.Currency.All(char.IsAsciiLetterUpper))
            return Problems.Invalid("A currency is a code of ISO 4217, such as EUR.", "currency");
        if (WorkRate.FaultOf(body.Rates) is { } fault)
            return Problems.Invalid(fault);
        if (await db.Briefs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == body.Brief, cancellation) is not { } brief)
            return Problems.NotFound();
        var engagement = await db.Engagements.AsNoTracking().SingleAsync(one => one.Id == brief.Engagement, cancellation);
        if (!brief.Open || engagement.State is not EngagementState.InForce)
            return Problems.Of(StatusCodes.Status409Conflict, "not-open", "The lab has taken this brief back, or there are no terms in force for it.");
        var now = time.GetUtcNow();
        var need = new Need
        {
            Id = Guid.CreateVersion7(now),
            Engagement = engagement.Id,
            Brief = brief.Id,
            Places = body.Places,
            Currency = body.Currency,
            Rates = WorkforceText.Of(body.Rates),
            WeekHours = body.WeekHours,
            Terms = JsonSerializer.Serialize((body.Terms ?? new NeedTerms()) with { Lab = engagement.Node }, WorkforceText.Default.NeedTerms),
            Listed = body.Listed,
            CreatedAt = now,
            CreatedBy = actor.Account,
        };
        db.Needs.Add(need);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/desk/needs/{need.Id}", View(need, engagement.Lab, placed: 0, offered: 0));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Close(Guid need, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Needs.SingleOrDefaultAsync(one => one.Id == need, cancellation) is not { } row)
            return Problems.NotFound();
        var now = time.GetUtcNow();
        row.ClosedAt ??= now;
        await db.SaveChangesAsync(CancellationToken.None);
        await db.Offers.Where(offer => offer.Need == need && offer.State == OfferState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(offer => offer.State, OfferState.TakenBack).SetProperty(offer => offer.AnsweredAt, now), CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<List<NeedView>> ViewsAsync(AppDb db, IQueryable<Need> some, CancellationToken cancellation)
    {
        var (engagements, placements, offers) = (db.Engagements, db.Placements, db.Offers);
        var rows = await some.Select(need => new
        {
            Need = need,
            engagements.First(one => one.Id == need.Engagement).Lab,
            Placed = placements.Count(one => one.Need == need.Id && one.EndedAt == null),
            Offered = offers.Count(one => one.Need == need.Id && one.State == OfferState.Open),
        }).ToListAsync(cancellation);
        return rows.ConvertAll(row => View(row.Need, row.Lab, row.Placed, row.Offered));
    }

    private static NeedView View(Need need, string lab, int placed, int offered) => new(
        need.Id, need.Engagement, need.Brief, lab, need.Places, placed, offered, need.Currency,
        JsonSerializer.Deserialize(need.Rates, WorkforceText.Default.IReadOnlyListWorkRate)!, need.WeekHours,
        JsonSerializer.Deserialize(need.Terms, WorkforceText.Default.NeedTerms)!, need.Listed, need.CreatedAt, need.ClosedAt);
}
