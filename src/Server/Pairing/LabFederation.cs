using Cofferdam.Federation;
using Cofferdam.Federation.Pairing;
using Cofferdam.Server.Access;
using Cofferdam.Server.People;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work.Access;

namespace Cofferdam.Server.Pairing;

/// <summary>What vendors' nodes are told of a lab's node.</summary>
internal sealed class LabFederationHost(NodeOptions options, IServiceProvider services, Memberships memberships, IServiceScopeFactory scopes) : IFederationHost
{
    public string Name => options.NodeName ?? options.PublicUrl?.Host ?? options.LocalName;

    // Known once the node listens.
    public Uri Address => new(NodeHost.OriginOf(services));

    public async ValueTask<LabId?> OwnerAsync(string lab, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await memberships.LabAsync(lab, scope.ServiceProvider.GetRequiredService<AppDb>(), cancellation);
    }
}

/// <summary>A lab's node among others: its pairings, and the vendors that it works with.</summary>
internal static class LabFederation
{
    public static void AddLabFederation(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<IFederationHost, LabFederationHost>();
        services.AddFederation(new FederationOptions { PairBeyondThisMachine = options.PairBeyondThisMachine });
        services.AddSingleton<IExpertMembers, ExpertMembers>();
        services.AddScoped<ExpertAccounts>();
        services.AddVendors();
    }

    public static void MapLabFederation(this WebApplication app, RouteGroupBuilder api, RouteGroupBuilder lab)
    {
        app.MapFederation().MapVendorNodes();
        lab.MapGroup("/peers").NotForTokens().MapPairing(Policies.Observer, Policies.Owner, static context =>
        {
            var actor = context.Features.Get<Actor>()!;
            return new PairingActor(actor.Lab, actor.LabSlug, actor.Pseudonym);
        }).MapNodeKeys(Policies.Owner);
        lab.MapVendors();
        api.MapExpertEnrolment();
    }
}
