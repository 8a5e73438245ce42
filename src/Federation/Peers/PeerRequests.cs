using Cofferdam.Federation.Keys;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Federation.Peers;

/// <summary>Lets in requests that a peer has signed, and nobody else's.</summary>
public static class PeerRequests
{
    /// <summary>Longest body between nodes: 1 MiB.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>
    /// Closes endpoints to all but peers. The check comes before anything of the request is read by its handler; what was
    /// signed is what the handler gets.
    /// </summary>
    /// <remarks>
    /// 401 <c>signature</c>, <c>clock</c>, <c>wrong-receiver</c>, <c>unknown-peer</c>, <c>unknown-key</c>, <c>replayed</c>;
    /// 403 <c>peer-ended</c>, <c>peer-pending</c>; 413 <c>too-long</c>.
    /// </remarks>
    public static TBuilder RequirePeer<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.Require(PeerState.Active);

    /// <summary>As <see cref="RequirePeer"/>, but also while the people have not confirmed.</summary>
    internal static TBuilder RequirePairing<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.Require(PeerState.Pending);

    private static TBuilder Require<TBuilder>(this TBuilder endpoints, PeerState least)
        where TBuilder : IEndpointConventionBuilder
    {
        // Not an endpoint filter: those run after the body was parsed, and it must be hashed as it came, and not be parsed
        // for strangers.
        endpoints.Add(endpoint =>
        {
            var handler = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async context =>
            {
                if (await CheckAsync(context, least) is { } problem)
                    await problem.ExecuteAsync(context);
                else
                    await handler(context);
            };
        });
        return endpoints;
    }

    private static async Task<ProblemHttpResult?> CheckAsync(HttpContext context, PeerState least)
    {
        var services = context.RequestServices;
        var (request, cancellation) = (context.Request, context.RequestAborted);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var identity = await services.GetRequiredService<NodeIdentities>().GetAsync(cancellation);

        if (RequestSignature.Parse(request.Headers[RequestSignature.Header]) is not { } signature)
            return PeerProblems.Signature();
        if (signature.To != identity.Node)
            return PeerProblems.WrongReceiver();
        if (!signature.IsInTime(now))
            return PeerProblems.Clock();
        var peer = await services.GetRequiredService<AppDb>().Peers.AsNoTracking()
            .SingleOrDefaultAsync(peer => peer.Id == signature.Pairing && peer.Node == signature.From, cancellation);
        if (peer is null)
            return PeerProblems.UnknownPeer();
        if (peer.Keys.FederationKey(signature.Key, now) is not { } key)
            return PeerProblems.UnknownKey();
        if (await ReadAsync(request, cancellation) is not { } body)
            return PeerProblems.TooLong();
        if (!signature.IsBy(key, request.Method, TargetOf(context), body))
            return PeerProblems.Signature();
        if (!await services.GetRequiredService<Nonces>().TakeAsync(peer.Id, signature.Nonce, cancellation))
            return PeerProblems.Replayed();
        if (peer.State is PeerState.Ended)
            return PeerProblems.Ended();
        if (peer.State < least)
            return PeerProblems.Pending();

        context.Features.Set(new PeerRequest(peer, body));
        context.Features.Set(signature);
        request.Body = new MemoryStream(body, writable: false);
        return null;
    }

    /// <summary>The target as it came, before anything has decoded it.</summary>
    internal static string TargetOf(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <returns>Null where it is too long.</returns>
    internal static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MostBytes)
            return null;
        using var read = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while ((count = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (read.Length + count > MostBytes)
                return null;
            read.Write(chunk, 0, count);
        }

        return read.ToArray();
    }
}
