using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Progress;

/// <param name="Name">The person's handle.</param>
public sealed record PersonProgress(Guid Pseudonym, string? Name, long Leased, long Submitted, long Accepted, long Returned, long Escalated);

public sealed record ProgressView(long Items, SlotCounts Slots, IReadOnlyList<PersonProgress> People);

internal static class ProgressEndpoints
{
    public static void MapProgressEndpoints(this RouteGroupBuilder lab) =>
        lab.InProject().MapGet("/progress", Get).RequireAuthorization(Policies.Observer);

    private static async Task<Results<Ok<ProgressView>, ProblemHttpResult>> Get(
        InProject at, Actor actor, AppDb db, SlotCounting counting, CancellationToken cancellation)
    {
        var (items, slots) = await counting.CountAsync(at.Id, cancellation);
        var people = await counting.PeopleAsync(at.Id, cancellation);
        var names = await db.NamesAsync(actor.Lab, cancellation);
        return TypedResults.Ok(new ProgressView(items, slots,
        [
            .. people.Select(p => new PersonProgress(
                p.Key, names.GetValueOrDefault(p.Key), p.Value.Leased, p.Value.Submitted, p.Value.Accepted, p.Value.Returned, p.Value.Escalated))
                .OrderBy(p => p.Name, StringComparer.Ordinal),
        ]));
    }
}
