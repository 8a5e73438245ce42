using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Cofferdam.Server.Access;

/// <summary>Asks for membership of the route's lab, in this role or a higher one.</summary>
internal sealed class LabRole(Role least) : IAuthorizationRequirement
{
    public Role Least { get; } = least;
}

/// <summary>Decides by the route's lab, and puts the <see cref="Actor"/> on the request.</summary>
internal sealed class LabRoleHandler(Memberships memberships) : AuthorizationHandler<LabRole>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, LabRole requirement)
    {
        if (context.Resource is not HttpContext http)
            return;
        var actor = http.Features.Get<Actor>() ?? await FindAsync(http);
        if (actor is null)
            return;
        http.Features.Set(actor);
        if (actor.Role >= requirement.Least)
            context.Succeed(requirement);
    }

    private async ValueTask<Actor?> FindAsync(HttpContext http)
    {
        if (SessionAuthentication.Of(http) is not { } signedIn || http.GetRouteValue("lab") is not string slug)
            return null;
        var db = http.RequestServices.GetRequiredService<AppDb>();
        return await memberships.LabAsync(slug, db, http.RequestAborted) is { } lab
            ? await memberships.ActorAsync(signedIn, lab, slug, db, http.RequestAborted)
            : null;
    }
}

/// <summary>Answers those whom a policy turns away: strangers to a lab learn nothing of it.</summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Where no route matched, or none that takes this method or media type, there is nothing to keep from anybody.
        if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint)
            return next(context);
        if (SessionAuthentication.Of(context) is null)
            return StatusProblems.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
        return StatusProblems.Of(context.Features.Get<Actor>() is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }
}

internal static class AccessRegistration
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<Memberships>();
        services.AddSingleton<IAuthorizationHandler, LabRoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddAuthorizationBuilder()
            // An endpoint that says nothing is closed.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build())
            .AddPolicy(Policies.Member, policy => policy.AddRequirements(new LabRole(Role.Annotator)))
            .AddPolicy(Policies.Reviewer, policy => policy.AddRequirements(new LabRole(Role.Reviewer)))
            .AddPolicy(Policies.Staff, policy => policy.AddRequirements(new LabRole(Role.Staff)))
            .AddPolicy(Policies.Owner, policy => policy.AddRequirements(new LabRole(Role.Owner)));
    }
}
