using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Pairing;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Federation;

public static class FederationRegistration
{
    /// <summary>Registers what two nodes need to pair and to ask each other. Needs the store, the vault, a <see cref="TimeProvider"/> and an <see cref="IFederationHost"/>.</summary>
    public static IServiceCollection AddFederation(this IServiceCollection services, FederationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ITables, FederationTables>();
        services.AddSingleton<NodeIdentities>();
        services.AddSingleton<Nonces>();
        services.AddSingleton<PeerNetwork>();
        services.AddSingleton(provider => new PeerClient(
            provider.GetRequiredService<PeerNetwork>(), provider.GetRequiredService<NodeIdentities>(), provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetServices<IPeerObserver>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<Pairings>();
        return services;
    }

    /// <summary>Maps <c>/federation</c>, where other nodes ask: pairing, and all that rooms add to the group that is returned.</summary>
    /// <returns>A group closed to everybody but peers that both sides have confirmed.</returns>
    public static RouteGroupBuilder MapFederation(this IEndpointRouteBuilder routes)
    {
        // A request's signature takes the place of a session.
        var federation = routes.MapGroup("/federation").AllowAnonymous().ExcludeFromDescription();
        federation.MapPairingOfNodes();
        federation.Map("/{**rest}", Problems.NotFound);
        return federation.MapGroup("").RequirePeer();
    }

    /// <summary>Maps what people do about pairings: list, begin, confirm, end.</summary>
    /// <param name="peers">Such as <c>/api/labs/{lab}/peers</c>.</param>
    /// <param name="read">Policy of who may see them.</param>
    /// <param name="manage">Policy of who may begin, confirm and end them.</param>
    /// <param name="actorOf">Who asks; called behind the policies.</param>
    public static RouteGroupBuilder MapPairing(this RouteGroupBuilder peers, string read, string manage, Func<HttpContext, PairingActor> actorOf)
    {
        var people = new PairingEndpoints(actorOf);
        peers.WithTags("Peers");
        peers.MapGet("", people.List).RequireAuthorization(read).WithSummary("Other nodes that this one is paired with, or about to be");
        peers.MapPost("", people.Begin).RequireAuthorization(manage).WithSummary("Ask another node to pair");
        peers.MapPost("/{peer:guid}/confirm", people.Confirm).RequireAuthorization(manage).WithSummary("Say that both sides read the same fingerprint");
        peers.MapDelete("/{peer:guid}", people.End).RequireAuthorization(manage).WithSummary("End a pairing");
        return peers;
    }

    /// <summary>Maps the making of new keys for this node, whoever's pairings use them.</summary>
    /// <param name="manage">Policy of who may.</param>
    public static void MapNodeKeys(this RouteGroupBuilder peers, string manage) =>
        peers.MapPost("/keys", NodeKeyEndpoints.Make).RequireAuthorization(manage).WithTags("Peers").WithSummary("Make a new key for this node and tell its peers");
}
