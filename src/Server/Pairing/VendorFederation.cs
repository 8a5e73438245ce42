using Cofferdam.Federation;
using Cofferdam.Federation.Pairing;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Pairing;

/// <summary>What labs' nodes are told of a vendor's node.</summary>
internal sealed class VendorFederationHost(NodeOptions options, IServiceProvider services, IServiceScopeFactory scopes) : IFederationHost
{
    public string Name => options.NodeName ?? options.PublicUrl?.Host ?? options.Vendor;

    // Known once the node listens.
    public Uri Address => new(NodeHost.OriginOf(services));

    public async ValueTask<LabId?> OwnerAsync(string lab, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return new LabId((await scope.ServiceProvider.GetRequiredService<AppDb>().Vendors.AsNoTracking().SingleAsync(cancellation)).Id);
    }
}

/// <summary>A vendor's node among others: its pairings with labs.</summary>
internal static class VendorFederation
{
    public static void AddVendorFederation(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<IFederationHost, VendorFederationHost>();
        services.AddFederation(new FederationOptions { PairBeyondThisMachine = options.PairBeyondThisMachine });
    }

    /// <returns>The group below <c>/federation</c> that is open to paired labs alone.</returns>
    public static RouteGroupBuilder MapVendorFederation(this WebApplication app, RouteGroupBuilder api)
    {
        api.MapGroup("/desk/peers").MapPairing(VendorPolicies.Desk, VendorPolicies.Owner, static context =>
        {
            var actor = context.Features.Get<VendorActor>()!;
            return new PairingActor(actor.Vendor, Lab: null, actor.Person);
        }).MapNodeKeys(VendorPolicies.Owner);
        return app.MapFederation();
    }
}
