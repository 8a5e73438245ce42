using System.Collections.Frozen;
using Cofferdam.Server.People;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Cofferdam.Server.Access;

/// <summary>Asks for membership of the route's lab, in one of these roles.</summary>
internal sealed record LabRole(FrozenSet<Role> Roles) : IAuthorizationRequirement;

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
        if (requirement.Roles.Contains(actor.Role) && IsInScope(http) && actor.Proofs is not { IsOfAnotherKey: true })
            context.Succeed(requirement);
    }

    /// <summary>Whether a token, where the request came with one, is for this endpoint.</summary>
    public static bool IsInScope(HttpContext http) =>
        SessionAuthentication.Of(http)?.Token is not { } grant
        || TokenScopesNeeded.Of(http.GetEndpoint()!, http.Request.Method).Any(grant.Scopes.Contains);

    private async ValueTask<Actor?> FindAsync(HttpContext http)
    {
        if (SessionAuthentication.Of(http) is not { } signedIn || http.GetRouteValue("lab") is not string slug)
            return null;
        var db = http.RequestServices.GetRequiredService<AppDb>();
        // A token of another lab is a stranger's, whoever owns it.
        return await memberships.LabAsync(slug, db, http.RequestAborted) is { } lab && (signedIn.Token is not { } grant || grant.Lab == lab)
            ? await memberships.ActorAsync(signedIn, lab, slug, db, http.Request.Headers, http.RequestAborted)
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
        if (SessionAuthentication.Of(context) is not { } signedIn)
            return StatusProblems.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
        if (signedIn.Token is not null && (context.Features.Get<Actor>() is not null ? !LabRoleHandler.IsInScope(context) : context.GetRouteValue("lab") is null))
            return Problems.Of(StatusCodes.Status403Forbidden, "token-scope", Sentence(context)).ExecuteAsync(context);
        if (context.Features.Get<Actor>() is { Proofs.IsOfAnotherKey: true })
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "other-key",
                "You are signed in with another browser's key. Sign in here, in the browser that you are using.").ExecuteAsync(context);
        }

        return StatusProblems.Of(context.Features.Get<Actor>() is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static string Sentence(HttpContext context) =>
        TokenScopesNeeded.Of(context.GetEndpoint()!, context.Request.Method) is { Count: > 0 } needed
            ? $"This token is not for that. Make one with the scope {string.Join(" or ", needed).ToLowerInvariant()}."
            : "This is not for tokens. Sign in and do it yourself.";
}

internal static class AccessRegistration
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<IAdmission, LabAdmission>();
        services.AddSingleton<Memberships>();
        services.AddSingleton<MembershipChanges>();
        services.AddSingleton<IAuthorizationHandler, LabRoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        var policies = services.AddAuthorizationBuilder()
            // An endpoint that says nothing is closed.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build())
            // A person's own affairs on the node: no token's.
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
                .RequireAssertion(static context => context.Resource is HttpContext http && SessionAuthentication.Of(http) is { Token: null }).Build());
        foreach (var (name, roles) in Policies.Roles)
            policies.AddPolicy(name, policy => policy.AddRequirements(new LabRole(roles)));
    }
}
