using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Suspensions;

/// <param name="Id">The project, or the person's pseudonym; not needed for the lab.</param>
/// <param name="Reason">All that those whose work stops are told.</param>
public sealed record SuspensionRequest(ScopeKind Scope, ReasonClass Reason, Guid? Id = null);

/// <param name="Receipt">Its own receipt.</param>
/// <param name="LastDisclosure">The last disclosure in its scope before it; null where there was none.</param>
public sealed record SuspensionView(
    Guid Suspension, ScopeKind Scope, Guid Id, ReasonClass Reason, DateTimeOffset Since, DateTimeOffset? Until, long Receipt, long? LastDisclosure);

internal static class SuspensionEndpoints
{
    public static void MapSuspensionEndpoints(this RouteGroupBuilder lab)
    {
        var suspensions = lab.MapGroup("/suspensions");
        suspensions.MapGet("", List).RequireAuthorization(Policies.Staff);
        suspensions.MapPost("", Suspend).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        suspensions.MapDelete("/{suspension:guid}", Resume).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<SuspensionView>>> List(Actor actor, IVault vault, CancellationToken cancellation) =>
        TypedResults.Ok((await vault.SuspensionsAsync(actor.Lab, cancellation)).Select(View).ToList());

    private static async Task<Results<Ok<SuspensionView>, ProblemHttpResult>> Suspend(
        SuspensionRequest request, Actor actor, IVault vault, AppDb db, ProjectCatalog catalog, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(request.Scope) || !Enum.IsDefined(request.Reason))
            return Problems.Invalid("A suspension names its scope (lab, project or person) and a reason.", "scope");
        var id = request.Scope is ScopeKind.Lab ? actor.Lab.Value : request.Id ?? Guid.Empty;
        if (request.Scope is ScopeKind.Person && await AboveAsync(id, actor, db, cancellation) is { } refused)
            return refused;
        var exists = request.Scope switch
        {
            ScopeKind.Lab => request.Id is null || request.Id == actor.Lab.Value,
            ScopeKind.Project => await catalog.FindAsync(actor.Lab, id, cancellation) is not null,
            _ => await db.Members.AnyAsync(m => m.Lab == actor.Lab.Value && m.Pseudonym == id, cancellation),
        };
        return exists
            ? TypedResults.Ok(View(await vault.SuspendAsync(
                new SuspendRequest(actor.Lab, new Scope(request.Scope, id), request.Reason, actor.Principal), CancellationToken.None)))
            : Problems.NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Resume(Guid suspension, Actor actor, IVault vault) =>
        await vault.ResumeAsync(actor.Lab, suspension, actor.Principal) ? TypedResults.NoContent() : Problems.NotFound();

    // Who is suspended lifts nothing: there must always be an owner left who can.
    private static async Task<ProblemHttpResult?> AboveAsync(Guid person, Actor actor, AppDb db, CancellationToken cancellation)
    {
        if (person == actor.Pseudonym)
            return Problems.Of(StatusCodes.Status409Conflict, "own-access", "Nobody suspends themselves: they could not lift it again. Sign out, or ask somebody else of the lab's staff.");
        return actor.Role is not Role.Owner && await db.Members.AnyAsync(m => m.Lab == actor.Lab.Value && m.Pseudonym == person && m.Role == Role.Owner, cancellation)
            ? Problems.Of(StatusCodes.Status403Forbidden, "owner-only", "An owner is suspended by another owner alone. Suspend the project or the lab instead.")
            : null;
    }

    private static SuspensionView View(Suspension suspension) => new(
        suspension.Id, suspension.Scope.Kind, suspension.Scope.Id, suspension.Reason, suspension.Since, suspension.Until, suspension.Receipt, suspension.LastDisclosure);
}
