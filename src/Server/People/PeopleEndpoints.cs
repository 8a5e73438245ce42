using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.People;

/// <param name="Pseudonym">The person's name in this lab's receipts.</param>
/// <param name="Engagement">The engagement that the person works under; null for the lab's own people.</param>
public sealed record PersonView(Guid Pseudonym, string Name, Role Role, DateTimeOffset Joined, DateTimeOffset? Left, Guid? Engagement);

/// <param name="Role">Any but <c>owner</c>; project managers and auditors are invited by an owner.</param>
/// <param name="Engagement">The engagement that the person will work under; for annotators and reviewers.</param>
public sealed record InvitationRequest(Role Role, Guid? Engagement = null);

/// <param name="Link">To be handed to the person by a way you trust; it is shown this once and works once.</param>
/// <param name="Token">What follows <c>#</c> in the link.</param>
public sealed record InvitationMade(Guid Id, Role Role, string Link, string Token, DateTimeOffset Expires);

public sealed record InvitationView(Guid Id, Role Role, DateTimeOffset Made, DateTimeOffset Expires, Guid? Engagement);

/// <summary>Who is at a lab, and the links by which others come.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder lab)
    {
        var group = lab.MapGroup("").WithTags("People");
        group.MapGet("/people", People).RequireAuthorization(Policies.Observer).WithSummary("Members of the lab, past ones too");
        group.MapDelete("/people/{person:guid}/sessions", EndSessions).RequireAuthorization(Policies.Owner).RequireNotSuspended().NotForTokens()
            .WithSummary("End every session that a member is signed in with");
        group.MapGet("/invitations", Invitations).RequireAuthorization(Policies.Staff)
            .WithSummary("Enrolment links that still work, newest first, without their tokens");
        group.MapPost("/invitations", Invite).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens()
            .WithSummary("Make a single-use enrolment link");
        group.MapDelete("/invitations/{invitation:guid}", Revoke).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens()
            .WithSummary("Take an unused enrolment link back");
    }

    private static async Task<Ok<List<PersonView>>> People(Actor actor, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await db.Members.AsNoTracking()
            .Where(member => member.Lab == actor.Lab.Value)
            .OrderBy(member => member.CreatedAt)
            .Select(member => new PersonView(member.Pseudonym, member.Name, member.Role, member.CreatedAt, member.LeftAt, member.Engagement))
            .ToListAsync(cancellation));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessions(
        Guid person, Actor actor, AppDb db, Sessions sessions, CancellationToken cancellation)
    {
        var account = await db.Members.Where(member => member.Lab == actor.Lab.Value && member.Pseudonym == person)
            .Select(member => (Guid?)member.Account).SingleOrDefaultAsync(cancellation);
        if (account is not { } found)
            return Problems.NotFound();
        foreach (var session in await sessions.Of(found, db).Select(row => row.Id).ToListAsync(cancellation))
            await sessions.EndAsync(session, db, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<InvitationView>>> Invitations(Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return TypedResults.Ok(await db.Set<Invitation>().AsNoTracking()
            .Where(row => row.Lab == actor.Lab.Value && row.UsedAt == null && row.RevokedAt == null && row.ExpiresAt > now)
            .OrderByDescending(row => row.CreatedAt)
            .Select(row => new InvitationView(row.Id, (Role)row.Role, row.CreatedAt, row.ExpiresAt, row.Engagement))
            .ToListAsync(cancellation));
    }

    private static async Task<Results<Created<InvitationMade>, ProblemHttpResult>> Invite(
        InvitationRequest body, Actor actor, HttpContext context, AppDb db, Enrolment enrolment, CancellationToken cancellation)
    {
        if (body.Role is not (Role.Annotator or Role.Reviewer or Role.ProjectManager or Role.Auditor))
            return Problems.Of(StatusCodes.Status400BadRequest, "role-not-fit", "Invite an annotator, a reviewer, a project manager or an auditor.");
        if (body.Role is Role.ProjectManager or Role.Auditor && actor.Role is not Role.Owner)
            return Problems.Of(StatusCodes.Status403Forbidden, "owner-only", "Project managers and auditors are invited by an owner of the lab. Ask one.");
        if (body.Engagement is { } engagement && await EngagementMoves.FaultAsync(engagement, body.Role, actor.Lab, db, cancellation) is { } fault)
            return fault;
        var (invitation, token) = enrolment.Invite(actor.Lab.Value, (byte)body.Role, actor.Pseudonym, body.Engagement);
        await db.SaveChangesAsync(cancellation);
        var link = EnrolmentLink.For($"{context.Request.Scheme}://{context.Request.Host}", token);
        return TypedResults.Created(
            $"{context.Request.Path}/{invitation.Id}", new InvitationMade(invitation.Id, body.Role, link, token, invitation.ExpiresAt));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        Guid invitation, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var revoked = await db.Set<Invitation>()
            .Where(row => row.Id == invitation && row.Lab == actor.Lab.Value && row.UsedAt == null && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation);
        return revoked == 1
            ? TypedResults.NoContent()
            : Problems.Of(StatusCodes.Status404NotFound, "not-found", "There is no unused link of this id.");
    }
}
