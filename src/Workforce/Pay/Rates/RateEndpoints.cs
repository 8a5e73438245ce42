using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Floors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Rates;

/// <param name="Each">Minor units per piece, 0 to 1,000,000,000.</param>
/// <param name="Hour">Minor units per hour, 0 to 1,000,000,000.</param>
public sealed record RateOfKind(long Each = 0, long Hour = 0);

/// <summary>A rate for every kind of work.</summary>
public sealed record RatesByKind(RateOfKind Task, RateOfKind Review, RateOfKind Reading, RateOfKind Qualification, RateOfKind Question, RateOfKind Rework)
{
    internal Dictionary<PaidKind, Rate> ToRates() => new()
    {
        [PaidKind.Task] = Of(Task),
        [PaidKind.Review] = Of(Review),
        [PaidKind.Reading] = Of(Reading),
        [PaidKind.Qualification] = Of(Qualification),
        [PaidKind.Question] = Of(Question),
        [PaidKind.Rework] = Of(Rework),
    };

    internal static RatesByKind Of(RateCard card)
    {
        return new(On(PaidKind.Task), On(PaidKind.Review), On(PaidKind.Reading), On(PaidKind.Qualification), On(PaidKind.Question), On(PaidKind.Rework));

        RateOfKind On(PaidKind kind) => new(card[kind].Each, card[kind].Hour);
    }

    private static Rate Of(RateOfKind rate) => new(rate.Each, rate.Hour);
}

/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Expert">For one expert alone; null: for everybody of the engagement who has no card of their own.</param>
/// <param name="From">From when on; null: from now. Tasks that are taken already are paid by the card that they were taken under.</param>
/// <param name="WeekSeconds">Seconds a week that are promised.</param>
/// <param name="NoticeDays">Days between word of an end and the end.</param>
/// <param name="PauseShare">Basis points of the promised hours that are paid where work stops before its notice has run.</param>
public sealed record RateCardRequest(
    string Currency, RatesByKind Rates, Guid? Expert = null, DateTimeOffset? From = null, int WeekSeconds = 0, int NoticeDays = 0, int PauseShare = 0);

/// <param name="Version">From 1, per engagement and expert.</param>
public sealed record RateCardView(
    Guid Id, Guid Engagement, Guid? Expert, int Version, DateTimeOffset From, string Currency, RatesByKind Rates,
    int WeekSeconds, int NoticeDays, int PauseShare, DateTimeOffset MadeAt, Guid By)
{
    internal static RateCardView Of(RateCard card) => new(
        card.Id, card.Engagement, card.Expert, card.Version, card.From, card.Currency, RatesByKind.Of(card), card.WeekSeconds, card.NoticeDays, card.PauseShare, card.MadeAt, card.By);
}

/// <param name="Place">ISO 3166-1 or 3166-2 code, such as <c>DE</c> or <c>US-CA</c>.</param>
/// <param name="From">First day.</param>
/// <param name="Hour">Minor units per hour.</param>
/// <param name="TopUp">What is missing is paid with the next statement; false: it is only shown.</param>
public sealed record FloorRequest(string Place, string Currency, DateOnly From, long Hour, bool TopUp = false);

public sealed record FloorView(string Place, string Currency, DateOnly From, long Hour, bool TopUp, DateTimeOffset MadeAt, Guid By);

/// <param name="Code">ISO 4217.</param>
/// <param name="Exponent">Digits of the minor unit: 0, 2 or 3.</param>
public sealed record CurrencyView(string Code, int Exponent);

/// <summary>Rate cards, floors and currencies.</summary>
internal static class RateEndpoints
{
    public static void MapRateEndpoints(this RouteGroupBuilder pay)
    {
        pay.MapGet("/currencies", Currencies).RequireAuthorization(VendorPolicies.Desk).WithSummary("Currencies that people can be paid in");
        pay.MapGet("/rates/{engagement:guid}", Cards).RequireAuthorization(VendorPolicies.Desk).WithSummary("Rate cards of an engagement, newest first");
        pay.MapPost("/rates/{engagement:guid}", Add).RequireAuthorization(VendorPolicies.Manager).WithSummary("Add a rate card: the next version");
        pay.MapGet("/floors", Floors).RequireAuthorization(VendorPolicies.Desk).WithSummary("Least pay per hour, by place and day");
        pay.MapPost("/floors", AddFloor).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Add a floor from a day on");
    }

    private static Ok<List<CurrencyView>> Currencies() => TypedResults.Ok(Currency.All.Select(one => new CurrencyView(one.Code, one.Exponent)).ToList());

    private static async Task<Ok<List<RateCardView>>> Cards(Guid engagement, RateBook rates, CancellationToken cancellation, Guid? expert = null) =>
        TypedResults.Ok((await rates.OfAsync(engagement, expert, cancellation)).Select(RateCardView.Of).ToList());

    private static async Task<Results<Created<RateCardView>, ProblemHttpResult>> Add(
        Guid engagement, RateCardRequest request, VendorActor actor, RateBook rates, AppDb db, CancellationToken cancellation)
    {
        var draft = new RateCardDraft(
            engagement, request.Expert, request.Currency, request.Rates.ToRates(), request.From, request.WeekSeconds, request.NoticeDays, request.PauseShare);
        if (draft.Check() is { } fault)
            return Problems.Invalid(fault);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await rates.AddAsync(draft, actor.Person, cancellation) is not { } card)
            return Problems.Invalid("A card holds from now on or later: what is earned already is not paid anew. Use a correction for that.", "from");
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/desk/pay/rates/{engagement}", RateCardView.Of(card));
    }

    private static async Task<Ok<List<FloorView>>> Floors(AppDb db, CancellationToken cancellation) => TypedResults.Ok(
        (await db.PayFloors.AsNoTracking().OrderBy(floor => floor.Place).ThenBy(floor => floor.Currency).ThenByDescending(floor => floor.From).ToListAsync(cancellation)).ConvertAll(View));

    private static async Task<Results<Created<FloorView>, ProblemHttpResult>> AddFloor(FloorRequest request, VendorActor actor, AppDb db, TimeProvider time)
    {
        if (!Places.Are(request.Place))
            return Problems.Invalid("Give the ISO 3166 code of a country or of a part of one, such as DE or US-CA.", "place");
        if (!Currency.TryFind(request.Currency, out _))
            return Problems.Invalid("Give the ISO 4217 code of a currency that this node pays in, such as EUR.", "currency");
        if (request.Hour is < 1 or > Rate.Most)
            return Problems.Invalid($"A floor is 1 to {Rate.Most} minor units per hour.", "hour");
        var floor = new PayFloor
        {
            Place = request.Place,
            Currency = request.Currency,
            From = request.From,
            Hour = request.Hour,
            TopUp = request.TopUp,
            MadeAt = time.GetUtcNow(),
            By = actor.Person,
        };
        if (await db.PayFloors.AnyAsync(one => one.Place == floor.Place && one.Currency == floor.Currency && one.From == floor.From))
            return Problems.Of(StatusCodes.Status409Conflict, "floor-exists", "There is a floor from this day on already. Add one from a later day.");
        db.PayFloors.Add(floor);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created("/api/desk/pay/floors", View(floor));
    }

    private static FloorView View(PayFloor floor) => new(floor.Place, floor.Currency, floor.From, floor.Hour, floor.TopUp, floor.MadeAt, floor.By);
}
