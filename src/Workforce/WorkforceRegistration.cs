using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Pay;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce;

public static class WorkforceRegistration
{
    /// <summary>Registers the vendor's rooms. Needs the store, the vault and a <see cref="TimeProvider"/>.</summary>
    /// <remarks>Call it after <c>AddStorage</c>: what it puts right at start needs the migrated database.</remarks>
    public static IServiceCollection AddWorkforce(this IServiceCollection services)
    {
        services.AddSingleton<ITables, WorkforceTables>();
        services.AddPay();
        services.AddEngagements();
        return services;
    }

    /// <summary>Maps the routes below <c>/api</c>: <c>/desk</c> for staff, <c>/me</c> for everybody's own, and <c>/listings</c> for anybody.</summary>
    /// <param name="api">Every route names the policy of <see cref="Access.VendorPolicies"/> that it needs.</param>
    public static IEndpointRouteBuilder MapWorkforce(this IEndpointRouteBuilder api)
    {
        api.MapPay();
        api.MapEngagementsAndWork();
        return api;
    }

    /// <summary>Maps what labs tell this node, in requests that they have signed.</summary>
    /// <param name="federation">A group closed to everybody but peers.</param>
    public static void MapLabsOfWorkforce(this RouteGroupBuilder federation)
    {
        federation.MapEngagementsOfLabs();
        federation.MapEventsOfLabs();
    }
}
