using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Workforce.Matching;

/// <param name="Missing">How many criteria the people wanted miss: 0 to 3.</param>
/// <param name="After">From <c>next</c> of the page before.</param>
/// <param name="Limit">1 to 100.</param>
public sealed record MatchRequest(NeedTerms Terms, int Missing = 0, string? After = null, int Limit = 50);

internal static class MatchEndpoints
{
    public static void MapMatching(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").WithTags("Matching").RequireAuthorization(VendorPolicies.Manager);
        desk.MapPost("/matches", Find).WithSummary("People who fit terms, each criterion with its reason, in an order that the page says");
        desk.MapGet("/experts", Filter).WithSummary("The same by filters in the address");
        desk.MapPost("/experts/{person:guid}/match", Explain).WithSummary("One person against terms");
    }

    private static async Task<Results<Ok<MatchPage>, ProblemHttpResult>> Find(MatchRequest body, Matches matches, CancellationToken cancellation)
    {
        if (MatchTerms.Fault(body.Terms) is { } fault)
            return Problems.Invalid(fault);
        if (body.Missing is < 0 or > Matches.MostMissing)
            return Problems.Invalid("People may miss 0 to 3 criteria.", "missing");
        if (body.Limit is < 1 or > 100)
            return Problems.Invalid("A page has 1 to 100 people.", "limit");
        var after = body.After is null ? null : Matches.Place(body.After);
        if (body.After is not null && after is null)
            return Problems.Invalid("Go on from what the page before said.", "after");
        return TypedResults.Ok(await matches.FindAsync(body.Terms, body.Missing, after, body.Limit, cancellation));
    }

    private static Task<Results<Ok<MatchPage>, ProblemHttpResult>> Filter(
        [AsParameters] MatchFilters filters, Matches matches, CancellationToken cancellation, string? after = null, int limit = 50) =>
        filters.Read() is { Terms: { } terms }
            ? Find(new MatchRequest(terms, filters.Missing ?? 0, after, limit), matches, cancellation)
            : Task.FromResult<Results<Ok<MatchPage>, ProblemHttpResult>>(Problems.Invalid(filters.Read().Fault!));

    private static async Task<Results<Ok<IReadOnlyList<Criterion>>, ProblemHttpResult>> Explain(Guid person, NeedTerms body, Matches matches, CancellationToken cancellation) =>
        MatchTerms.Fault(body) is { } fault ? Problems.Invalid(fault)
        : await matches.ExplainAsync(body, person, cancellation) is { } criteria ? TypedResults.Ok(criteria)
        : Problems.NotFound();
}
