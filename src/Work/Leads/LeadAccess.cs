using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Leads;

/// <summary>What a vendor's reviewers may do at the lab: review where they were let, and nothing that is the lab's own to decide.</summary>
internal static class LeadAccess
{
    /// <summary>Refuses a vendor's reviewer who was not let into the route's project.</summary>
    public static TBuilder RequireGrant<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(static async (context, next) =>
        {
            var actor = context.HttpContext.Features.Get<Actor>()!;
            if (actor.Engagement is null || !Guid.TryParse((string?)context.HttpContext.GetRouteValue("project"), out var project))
                return await next(context);
            var db = context.HttpContext.RequestServices.GetRequiredService<AppDb>();
            return await db.ProjectGrants.AnyAsync(grant => grant.Project == project && grant.Person == actor.Pseudonym, context.HttpContext.RequestAborted)
                ? await next(context)
                : Problems.Of(StatusCodes.Status403Forbidden, "no-grant", "You review in the projects that the lab has let you into, and this is none of them. Ask the lab's staff.");
        });

    /// <summary>Refuses a vendor's people: what a lab accepts is its own word.</summary>
    public static TBuilder RequireOwnPeople<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(static async (context, next) =>
            context.HttpContext.Features.Get<Actor>() is { Engagement: not null }
                ? Problems.Of(StatusCodes.Status403Forbidden, "own-people", "This is for the lab's own people: what a lab accepts of its vendors' work it decides itself.")
                : await next(context));
}
