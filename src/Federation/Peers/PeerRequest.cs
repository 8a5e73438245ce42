using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Federation.Peers;

/// <summary>A request of another node that was checked. Handlers take it as a parameter.</summary>
/// <param name="Body">The very bytes that were signed, at most 1 MiB.</param>
public sealed record PeerRequest(Peer Peer, ReadOnlyMemory<byte> Body)
{
    /// <summary>Binds it as a handler parameter.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open to anybody: a bug.</exception>
    public static ValueTask<PeerRequest?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<PeerRequest?>((context ?? throw new ArgumentNullException(nameof(context))).Features.Get<PeerRequest>()
            ?? throw new InvalidOperationException($"'{context.Request.Path}' is not behind RequirePeer."));
}
