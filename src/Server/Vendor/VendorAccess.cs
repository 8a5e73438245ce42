using System.Collections.Frozen;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Listings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Vendor;

/// <summary>Asks for one of these roles at the vendor.</summary>
internal sealed record VendorRoleNeeded(FrozenSet<VendorRole> Roles) : IAuthorizationRequirement;

/// <summary>Decides by the signed-in person's role, read anew for each request, and puts the <see cref="VendorActor"/> on it.</summary>
internal sealed class VendorRoleHandler : AuthorizationHandler<VendorRoleNeeded>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, VendorRoleNeeded requirement)
    {
        if (context.Resource is not HttpContext http || SessionAuthentication.Of(http) is not { Token: null } signedIn)
            return;
        var actor = http.Features.Get<VendorActor>() ?? await FindAsync(signedIn, http);
        if (actor is null)
            return;
        http.Features.Set(actor);
        if (requirement.Roles.Contains(actor.Role))
            context.Succeed(requirement);
    }

    private static async Task<VendorActor?> FindAsync(SignedIn signedIn, HttpContext http)
    {
        var db = http.RequestServices.GetRequiredService<AppDb>();
        return await db.People.AsNoTracking().SingleOrDefaultAsync(row => row.Account == signedIn.Account && row.LeftAt == null, http.RequestAborted) is { } person
            ? new VendorActor(signedIn.Account, new LabId(person.Vendor), person.Id, person.Role, signedIn.Session)
            : null;
    }
}

/// <summary>Answers those whom a policy turns away.</summary>
internal sealed class VendorAccessAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint ? next(context)
        : StatusProblems.Of(SessionAuthentication.Of(context) is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden).ExecuteAsync(context);
}

internal static class VendorAccessRegistration
{
    public static void AddVendorAccess(this IServiceCollection services)
    {
        services.AddSingleton<IAdmission, VendorAdmission>();
        services.AddScoped<IVendorAccounts, VendorAccounts>();
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy(ListingLimits.Apply, RateLimits.ByAddress(new RateLimit(1, 20))));
        services.AddSingleton<IAuthorizationHandler, VendorRoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, VendorAccessAnswers>();
        var policies = services.AddAuthorizationBuilder()
            // An endpoint that says nothing is closed.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build())
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var (name, roles) in VendorPolicies.Roles)
            policies.AddPolicy(name, policy => policy.AddRequirements(new VendorRoleNeeded(roles)));
    }
}
