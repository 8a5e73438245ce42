using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Leads;

/// <param name="Person">Pseudonym.</param>
public sealed record LeadView(Guid Person, Guid Engagement, DateTimeOffset GrantedAt, Guid GrantedBy);

internal static class LeadEndpoints
{
    public static void MapLeadEndpoints(this RouteGroupBuilder lab)
    {
        var leads = lab.InProject("/leads");
        leads.MapGet("", List).RequireAuthorization(Policies.Observer);
        leads.MapPut("/{person:guid}", Grant).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
        leads.MapDelete("/{person:guid}", TakeBack).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
    }

    private static async Task<Ok<List<LeadView>>> List(InProject at, AppDb db, CancellationToken cancellation) => TypedResults.Ok(await db.ProjectGrants.AsNoTracking()
        .Where(grant => grant.Project == at.Id)
        .Join(db.Members.Where(member => member.Engagement != null), grant => grant.Person, member => member.Pseudonym,
            (grant, member) => new LeadView(grant.Person, member.Engagement!.Value, grant.GrantedAt, grant.GrantedBy))
        .OrderBy(lead => lead.GrantedAt).ToListAsync(cancellation));

    private static async Task<Results<NoContent, ProblemHttpResult>> Grant(
        Guid person, InProject at, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!await db.Members.AnyAsync(
            member => member.Lab == actor.Lab.Value && member.Pseudonym == person && member.Engagement != null && member.Role == Role.Reviewer, cancellation))
            return Problems.NotFound();
        if (await db.ProjectGrants.AnyAsync(grant => grant.Project == at.Id && grant.Person == person, cancellation))
            return TypedResults.NoContent();
        db.ProjectGrants.Add(new ProjectGrant { Project = at.Id, Person = person, GrantedAt = time.GetUtcNow(), GrantedBy = actor.Pseudonym });
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> TakeBack(Guid person, InProject at, AppDb db)
    {
        await db.ProjectGrants.Where(grant => grant.Project == at.Id && grant.Person == person).ExecuteDeleteAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }
}
