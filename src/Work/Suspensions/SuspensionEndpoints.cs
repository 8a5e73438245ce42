using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Suspensions;

/// <param name="Id">The project, or the person's pseudonym; not needed for the lab.</param>
/// <param name="Reason">All that those whose work stops are told.</param>
/// <param name="Until">When it ends of itself, at most a year from now; null: when it is lifted.</param>
public sealed record SuspensionRequest(ScopeKind Scope, ReasonClass Reason, Guid? Id = null, DateTimeOffset? Until = null);

/// <param name="Receipt">Its own receipt.</param>
/// <param name="LastDisclosure">The last disclosure in its scope before it; null where there was none.</param>
public sealed record SuspensionView(
    Guid Suspension, ScopeKind Scope, Guid Id, ReasonClass Reason, DateTimeOffset Since, DateTimeOffset? Until, long Receipt, long? LastDisclosure);

internal static class SuspensionEndpoints
{
    public static void MapSuspensionEndpoints(this RouteGroupBuilder lab)
    {
        var suspensions = lab.MapGroup("/suspensions");
        suspensions.MapGet("", List).RequireAuthorization(Policies.Observer);
        suspensions.MapPost("", Suspend).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        suspensions.MapDelete("/{suspension:guid}", Resume).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<SuspensionView>>> List(Actor actor, IVault vault, CancellationToken cancellation) =>
        TypedResults.Ok((await vault.SuspensionsAsync(actor.Lab, cancellation)).Select(View).ToList());

    private static async Task<Results<Ok<SuspensionView>, ProblemHttpResult>> Suspend(
        SuspensionRequest request, Actor actor, IVault vault, AppDb db, ProjectCatalog catalog, NoticeBoard notices, TimeProvider time, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(request.Scope) || !Enum.IsDefined(request.Reason))
            return Problems.Invalid("A suspension names its scope (lab, project or person) and a reason.", "scope");
        var now = time.GetUtcNow();
        // As it is kept: what is finer would be in force for less than a microsecond.
        DateTimeOffset? end = request.Until is { } until ? Commands.FromMicroseconds(until.ToMicroseconds()) : null;
        if (end <= now || end > now.AddYears(1))
            return Problems.Invalid("A suspension ends within a year, and not before it began.", "until");
        var id = request.Scope is ScopeKind.Lab ? actor.Lab.Value : request.Id ?? Guid.Empty;
        if (request.Scope is ScopeKind.Person && await AboveAsync(id, actor, db, cancellation) is { } refused)
            return refused;
        var exists = request.Scope switch
        {
            ScopeKind.Lab => request.Id is null || request.Id == actor.Lab.Value,
            ScopeKind.Project => await catalog.FindAsync(actor.Lab, id, cancellation) is not null,
            _ => await db.Members.AnyAsync(m => m.Lab == actor.Lab.Value && m.Pseudonym == id, cancellation),
        };
        if (!exists)
            return Problems.NotFound();
        var outcome = await vault.SuspendAsync(
            new SuspendRequest(actor.Lab, new Scope(request.Scope, id), request.Reason, actor.Principal, end), CancellationToken.None);
        await TellAsync(notices, NoticeKind.Suspended, outcome.Suspension, actor);
        return TypedResults.Ok(View(outcome.Suspension));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Resume(
        Guid suspension, Actor actor, IVault vault, NoticeBoard notices, CancellationToken cancellation)
    {
        var known = (await vault.SuspensionsAsync(actor.Lab, cancellation)).FirstOrDefault(one => one.Id == suspension);
        if (known is null || await vault.ResumeAsync(actor.Lab, suspension, actor.Principal, CancellationToken.None) is not ResumeOutcome.Resumed)
            return Problems.NotFound();
        await TellAsync(notices, NoticeKind.Resumed, known, actor);
        return TypedResults.NoContent();
    }

    /// <summary>Tells those whose work stops, or goes on.</summary>
    private static Task TellAsync(NoticeBoard notices, NoticeKind kind, Suspension suspension, Actor actor)
    {
        var scope = suspension.Scope;
        var notice = new NewNotice(actor.Lab, kind, scope.Kind is ScopeKind.Project ? scope.Id : null, suspension.Id);
        return scope.Kind is ScopeKind.Person ? notices.TellAsync(notice, [scope.Id]) : notices.TellAllAsync(notice, but: actor.Pseudonym);
    }

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
