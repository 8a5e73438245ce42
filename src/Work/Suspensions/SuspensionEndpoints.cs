using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Events;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Suspensions;

internal static class SuspensionEndpoints
{
    public static void MapSuspensionEndpoints(this RouteGroupBuilder lab)
    {
        var suspensions = lab.MapGroup("/suspensions");
        suspensions.MapGet("", List).RequireAuthorization(Policies.Observer);
        suspensions.MapPost("", Suspend).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        suspensions.MapPost("/preview", Preview).RequireAuthorization(Policies.Staff);
        suspensions.MapDelete("/{suspension:guid}", Resume).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        suspensions.MapGet("/{suspension:guid}/proof", Proof).RequireAuthorization(Policies.Observer);
    }

    private static async Task<Ok<List<SuspensionView>>> List(Actor actor, IVault vault, CancellationToken cancellation)
    {
        var two = (await vault.PolicyAsync(actor.Lab, cancellation)).TwoToResume;
        return TypedResults.Ok((await vault.SuspensionsAsync(actor.Lab, cancellation)).Select(one => SuspensionView.Of(one, two)).ToList());
    }

    private static async Task<Results<Ok<SuspensionView>, ProblemHttpResult>> Suspend(
        SuspensionRequest request, Actor actor, IVault vault, AppDb db, SuspensionScopes scopes, NoticeBoard notices, WorkEventFeed feed, TimeProvider time,
        CancellationToken cancellation)
    {
        if (!Enum.IsDefined(request.Scope) || !Enum.IsDefined(request.Reason))
            return Problems.Invalid("A suspension names its scope (lab, project, engagement, person, process, export or model) and a reason.", "scope");
        var now = time.GetUtcNow();
        // As it is kept: what is finer would be in force for less than a microsecond.
        DateTimeOffset? end = request.Until is { } until ? Commands.FromMicroseconds(until.ToMicroseconds()) : null;
        if (end <= now || end > now.AddYears(1))
            return Problems.Invalid("A suspension ends within a year, and not before it began.", "until");
        if (request.Scope is ScopeKind.Person && await AboveAsync(request.Id ?? Guid.Empty, actor, db, cancellation) is { } refused)
            return refused;
        if (await scopes.FindAsync(actor, request.Scope, request.Id, cancellation) is not { } scope)
            return Problems.NotFound();
        var outcome = await vault.SuspendAsync(
            new SuspendRequest(actor.Lab, scope, request.Reason, actor.Principal, end, request.Drill), CancellationToken.None);
        feed.Bell.Ring();
        await TellAsync(notices, scopes, NoticeKind.Suspended, outcome.Suspension, actor);
        return TypedResults.Ok(SuspensionView.Of(outcome.Suspension, (await vault.PolicyAsync(actor.Lab, CancellationToken.None)).TwoToResume) with
        {
            InFlight = outcome.InFlight,
            Acknowledged = outcome.Acknowledged,
            Expired = outcome.Expired,
        });
    }

    /// <summary>What a suspension would stop, before it is made.</summary>
    private static async Task<Results<Ok<SuspensionPreview>, ProblemHttpResult>> Preview(
        SuspensionPreviewRequest request, Actor actor, SuspensionScopes scopes, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(request.Scope))
            return Problems.Invalid("A suspension names its scope (lab, project, engagement, person, process, export or model).", "scope");
        return await scopes.FindAsync(actor, request.Scope, request.Id, cancellation) is { } scope
            ? TypedResults.Ok(await scopes.PreviewAsync(actor, scope, cancellation))
            : Problems.NotFound();
    }

    /// <summary>Lifts it (204), or notes the first of two who would (202).</summary>
    private static async Task<Results<NoContent, Accepted<ResumptionView>, ProblemHttpResult>> Resume(
        Guid suspension, Actor actor, IVault vault, SuspensionScopes scopes, NoticeBoard notices, WorkEventFeed feed, CancellationToken cancellation)
    {
        if ((await vault.SuspensionsAsync(actor.Lab, cancellation)).FirstOrDefault(one => one.Id == suspension) is not { } known)
            return Problems.NotFound();
        switch (await vault.ResumeAsync(actor.Lab, suspension, actor.Principal, actor.ProofOf(SignedBytes.Resume, SignedBytes.Id(suspension)), CancellationToken.None))
        {
            case ResumeOutcome.Resumed:
                feed.Bell.Ring();
                await TellAsync(notices, scopes, NoticeKind.Resumed, known, actor);
                return TypedResults.NoContent();
            case ResumeOutcome.SecondPersonNeeded:
                return TypedResults.Accepted(
                    $"/api/labs/{actor.LabSlug}/suspensions",
                    new ResumptionView("Noted. Lifting a suspension takes two people at this lab: work goes on once somebody else of the staff lifts it too."));
            case ResumeOutcome.NotSigned:
                return Problems.NotSigned();
            case ResumeOutcome.SamePerson:
                return Problems.Of(StatusCodes.Status409Conflict, "same-person",
                    "You have asked to lift it already, and it takes a second person. Ask somebody else of the lab's staff.");
            default:
                return Problems.NotFound();
        }
    }

    private static async Task<Results<Ok<SuspensionProofView>, ProblemHttpResult>> Proof(Guid suspension, Actor actor, IVault vault, CancellationToken cancellation)
    {
        if (await vault.SuspensionProofAsync(actor.Lab, suspension, cancellation) is not { } proof)
            return Problems.NotFound();
        var two = (await vault.PolicyAsync(actor.Lab, cancellation)).TwoToResume;
        return TypedResults.Ok(new SuspensionProofView(
            SuspensionView.Of(proof.Suspension, two), proof.Receipt, proof.LastDisclosure, proof.Until, proof.Ended, proof.DisclosedAfter, proof.WouldHaveRefused));
    }

    /// <summary>Tells those whose work stops, or goes on. A drill stops nobody's.</summary>
    private static async Task TellAsync(NoticeBoard notices, SuspensionScopes scopes, NoticeKind kind, Suspension suspension, Actor actor)
    {
        var scope = suspension.Scope;
        if (suspension.Drill || scope.Kind is ScopeKind.Process or ScopeKind.Export or ScopeKind.Model)
            return;
        var notice = new NewNotice(actor.Lab, kind, scope.Kind is ScopeKind.Project ? scope.Id : null, suspension.Id);
        if (await scopes.PeopleAsync(actor.Lab, scope) is { } people)
            await notices.TellAsync(notice, people);
        else
            await notices.TellAllAsync(notice, but: actor.Pseudonym);
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
}
