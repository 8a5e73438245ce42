using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Experts;
using Cofferdam.Workforce.OwnData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Listings;

/// <param name="Text">Markdown, 1 to 20,000 characters. Public.</param>
/// <param name="Skills">Codes; at most 20.</param>
/// <param name="RateFrom">Minor units per hour.</param>
/// <param name="EarlierRate">What the same work was listed at before: shown beside the rate.</param>
/// <param name="HoursPerWeek">1 to 60.</param>
/// <param name="InvitationsPerDay">Most enrolment links that it gives out in a day: 1 to 10,000.</param>
public sealed record ListingRequest(
    string Title, string Text, string Currency, long RateFrom, long RateTo, int HoursPerWeek, IReadOnlyList<string>? Skills = null, long? EarlierRate = null,
    int InvitationsPerDay = 200)
{
    internal Fault? Fault() =>
        string.IsNullOrWhiteSpace(Title) || Title.Length > 200 ? new("A title has 1 to 200 characters.", "title")
        : string.IsNullOrWhiteSpace(Text) || Text.Length > 20_000 ? new("A text has 1 to 20,000 characters.", "text")
        : !Codes.IsCurrency(Currency) ? new("A currency has three capital letters (ISO 4217).", "currency")
        : RateFrom <= 0 || RateTo < RateFrom || RateTo > 100_000_000 || EarlierRate is <= 0 ? new("Say what an hour pays, from and to, in minor units.", "rateFrom")
        : HoursPerWeek is < 1 or > 60 ? new("Hours per week are 1 to 60.", "hoursPerWeek")
        : Skills is { } skills && (skills.Count > 20 || !skills.All(Codes.IsCode)) ? new("At most 20 skills, by their codes.", "skills")
        : InvitationsPerDay is < 1 or > 10_000 ? new("A listing gives out 1 to 10,000 links a day.", "invitationsPerDay")
        : null;
}

/// <param name="NeverCollected">What nobody who works here is asked for.</param>
public sealed record ListingView(
    Guid Id, string Title, string Text, IReadOnlyList<string> Skills, string Currency, long RateFrom, long RateTo, long? EarlierRate, int HoursPerWeek,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, IReadOnlyList<string> NeverCollected);

/// <param name="Applied">People who applied.</param>
/// <param name="LinksToday">Enrolment links given out in the last 24 hours.</param>
public sealed record DeskListingView(ListingView Listing, int Applied, int LinksToday, int InvitationsPerDay);

public sealed record ApplicationView(Guid Person, string Name, DateTimeOffset AppliedAt);

internal static class ListingEndpoints
{
    public static void MapListings(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/listings").WithTags("Listings").AllowAnonymous();
        open.MapGet("", Public).WithSummary("Open listings");
        open.MapGet("/{listing:guid}", One).WithSummary("An open listing");
        open.MapPost("/{listing:guid}/apply", Apply).RequireRateLimiting(ListingLimits.Apply).WithSummary("Apply: gives a single-use enrolment link to this browser");
        api.MapPost("/me/applications/{listing:guid}", ApplyAsExpert).RequireAuthorization(VendorPolicies.Expert).WithTags("Listings").WithSummary("Apply, being an expert here already");

        var desk = api.MapGroup("/desk/listings").WithTags("Listings").RequireAuthorization(VendorPolicies.Manager);
        desk.MapGet("", List).WithSummary("Listings, newest first");
        desk.MapPost("", Add).WithSummary("Open a listing");
        desk.MapPost("/{listing:guid}/close", Close).WithSummary("Close a listing; links that it gave out go on to work");
        desk.MapGet("/{listing:guid}/applications", Applications).WithSummary("Who applied, newest first");
    }

    private static async Task<Ok<List<ListingView>>> Public(AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok((await db.Listings.AsNoTracking().Where(row => row.ClosedAt == null).OrderByDescending(row => row.Id).Take(200).ToListAsync(cancellation)).ConvertAll(View));

    private static async Task<Results<Ok<ListingView>, ProblemHttpResult>> One(Guid listing, AppDb db, CancellationToken cancellation) =>
        await db.Listings.AsNoTracking().SingleOrDefaultAsync(row => row.Id == listing && row.ClosedAt == null, cancellation) is { } row
            ? TypedResults.Ok(View(row))
            : Problems.NotFound();

    private static async Task<Results<Created<InviteMade>, ProblemHttpResult>> Apply(
        Guid listing, HttpContext context, AppDb db, IVendorAccounts accounts, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Listings.AsNoTracking().SingleOrDefaultAsync(row => row.Id == listing && row.ClosedAt == null, cancellation) is not { } row)
            return Problems.NotFound();
        var now = time.GetUtcNow();
        var since = now.AddDays(-1);
        if (await db.ListingInvitations.CountAsync(one => one.Listing == listing && one.MadeAt > since, cancellation) >= row.InvitationsDay)
            return Problems.Of(StatusCodes.Status429TooManyRequests, "enough-today", "As many people as this listing takes in a day have applied. Try again tomorrow.");
        var vendor = await db.Vendors.Select(one => one.Id).SingleAsync(cancellation);
        var invitation = await accounts.InviteAsync(new LabId(vendor), VendorRole.Expert, by: null, cancellation);
        db.ListingInvitations.Add(new ListingInvitation { Invitation = invitation.Id, Listing = listing, MadeAt = now });
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/api/listings/{listing}", InviteMade.Of(invitation, VendorRole.Expert, context));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ApplyAsExpert(
        Guid listing, VendorActor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!await db.Listings.AnyAsync(row => row.Id == listing && row.ClosedAt == null, cancellation))
            return Problems.NotFound();
        if (!await db.ListingApplications.AnyAsync(row => row.Listing == listing && row.Person == actor.Person, cancellation))
        {
            db.ListingApplications.Add(new ListingApplication { Listing = listing, Person = actor.Person, AppliedAt = time.GetUtcNow() });
            await db.SaveChangesAsync(cancellation);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<DeskListingView>>> List(AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var since = time.GetUtcNow().AddDays(-1);
        var (applications, links) = (db.ListingApplications, db.ListingInvitations);
        var rows = await db.Listings.AsNoTracking().OrderByDescending(row => row.Id).Take(200)
            .Select(row => new
            {
                Listing = row,
                Applied = applications.Count(one => one.Listing == row.Id),
                Links = links.Count(one => one.Listing == row.Id && one.MadeAt > since),
            })
            .ToListAsync(cancellation);
        return TypedResults.Ok(rows.ConvertAll(row => new DeskListingView(View(row.Listing), row.Applied, row.Links, row.Listing.InvitationsDay)));
    }

    private static async Task<Results<Created<ListingView>, ProblemHttpResult>> Add(ListingRequest body, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Fault() is { } fault)
            return Problems.Invalid(fault);
        var now = time.GetUtcNow();
        var row = new Listing
        {
            Id = Guid.CreateVersion7(now),
            Title = body.Title,
            Text = body.Text,
            Skills = string.Join(' ', body.Skills ?? []),
            Currency = body.Currency,
            RateFrom = body.RateFrom,
            RateTo = body.RateTo,
            EarlierRate = body.EarlierRate,
            Hours = body.HoursPerWeek,
            InvitationsDay = body.InvitationsPerDay,
            OpenedAt = now,
        };
        db.Listings.Add(row);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/api/listings/{row.Id}", View(row));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Close(Guid listing, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await db.Listings.Where(row => row.Id == listing && row.ClosedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, now), cancellation) == 1
            ? TypedResults.NoContent()
            : Problems.NotFound();
    }

    private static async Task<Ok<List<ApplicationView>>> Applications(Guid listing, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await db.ListingApplications.AsNoTracking().Where(row => row.Listing == listing)
            .OrderByDescending(row => row.AppliedAt).Take(500)
            .Join(db.People, row => row.Person, person => person.Id, (row, person) => new { Row = row, person.Name })
            .OrderByDescending(one => one.Row.AppliedAt)
            .Select(one => new ApplicationView(one.Row.Person, one.Name, one.Row.AppliedAt))
            .ToListAsync(cancellation));

    private static ListingView View(Listing row) => new(
        row.Id, row.Title, row.Text, row.Skills.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Currency, row.RateFrom, row.RateTo, row.EarlierRate, row.Hours,
        row.OpenedAt, row.ClosedAt, OwnDataEndpoints.NeverCollected);
}
