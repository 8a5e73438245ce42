using Cofferdam.Federation;
using Cofferdam.Storage;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Vendors.Briefs;
using Cofferdam.Vendors.Telling;
using Cofferdam.Vendors.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Vendors;

public static class VendorsRegistration
{
    /// <summary>Registers the lab's side of working with vendors. Needs Work, Federation and an <see cref="IExpertMembers"/>.</summary>
    public static IServiceCollection AddVendors(this IServiceCollection services)
    {
        services.AddSingleton<ITables, VendorsTables>();
        services.AddScoped<Admitting>();
        services.AddScoped<IExpertEnrolment, ExpertEnrolment>();
        services.AddScoped<Outbox>();
        services.AddSingleton<IPeerObserver, PairingWatch>();
        services.AddSingleton<VouchWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<VouchWatch>());
        services.AddHostedService<OutboxService>();
        return services;
    }

    /// <summary>Maps the routes below <c>/api/labs/{lab}</c>, for the lab's staff.</summary>
    public static void MapVendors(this IEndpointRouteBuilder lab)
    {
        var vendors = lab.MapGroup("/vendors").WithTags("Vendors");
        vendors.MapVendorList();
        var vendor = vendors.MapGroup("/{engagement:guid}");
        vendor.MapTerms();
        vendor.MapBriefs();
        vendor.MapAdmissions();
    }

    /// <summary>Maps what paired vendor nodes ask.</summary>
    /// <param name="federation">A group closed to everybody but peers.</param>
    public static void MapVendorNodes(this RouteGroupBuilder federation) => federation.MapVendorRequests();
}
