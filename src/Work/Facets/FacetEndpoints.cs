using System.Text.RegularExpressions;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Facets;

/// <param name="Facets">Names, each <c>[a-z0-9][a-z0-9_-]{0,39}</c>; at most 20.</param>
public sealed record FacetList(IReadOnlyList<string> Facets);

internal static partial class FacetEndpoints
{
    private const int Most = 20;

    public static void MapFacetEndpoints(this RouteGroupBuilder lab)
    {
        var facets = lab.InProject("/facets");
        facets.MapGet("", Get).RequireAuthorization(Policies.Staff);
        // In clear is out of the vault: the owner's to allow.
        facets.MapPut("", Put).RequireAuthorization(Policies.Owner).RequireNotSuspended();
    }

    private static async Task<Ok<FacetList>> Get(InProject at, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(new FacetList(await db.Facets.Where(f => f.Project == at.Id).OrderBy(f => f.Name).Select(f => f.Name).ToListAsync(cancellation)));

    /// <summary>Allows facets. One that is allowed no more is forgotten with everything that items have of it.</summary>
    private static async Task<Results<Ok<FacetList>, ProblemHttpResult>> Put(
        FacetList body, InProject at, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Facets is not { Count: <= Most } || body.Facets.Any(name => name is null || !Name().IsMatch(name)) || body.Facets.Distinct(StringComparer.Ordinal).Count() < body.Facets.Count)
            return Problems.Invalid($"At most {Most} facets, each of up to 40 small letters, digits, '-' and '_', and each once.", "facets");

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var names = body.Facets.ToList();
        var there = await db.Facets.Where(f => f.Project == at.Id).ToListAsync(cancellation);
        foreach (var gone in there.Where(facet => !names.Contains(facet.Name)))
        {
            await db.ItemFacets.Where(f => f.Project == at.Id && f.Facet == gone.Name).ExecuteDeleteAsync(cancellation);
            db.Facets.Remove(gone);
        }

        db.Facets.AddRange(names.Except(there.Select(facet => facet.Name), StringComparer.Ordinal)
            .Select(name => new Facet { Project = at.Id, Name = name, AllowedBy = actor.Pseudonym, AllowedAt = time.GetUtcNow() }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(new FacetList([.. names.Order(StringComparer.Ordinal)]));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,39}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
