using System.Collections.Frozen;
using Cofferdam.Server.SignIn.Oidc;

namespace Cofferdam.Server.Hardening;

/// <summary>Turns away requests for another host, and requests of the API from another site.</summary>
internal sealed class RequestChecks(RequestDelegate next, NodeOptions options)
{
    private readonly FrozenSet<string> hosts =
        new[] { options.PublicUrl?.Host ?? options.LocalName, options.LocalName, "localhost", "127.0.0.1", "[::1]" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        // A name that somebody else's DNS points here (rebinding) is not ours.
        if (!hosts.Contains(request.Host.Host))
            return Problems.Of(StatusCodes.Status400BadRequest, "host-not-served", "This node does not answer under this name.").ExecuteAsync(context);
        if (IsSafe(request.Method) ? AsksFromElsewhere(request) : !IsSameOrigin(request))
            return Problems.Of(StatusCodes.Status403Forbidden, "cross-site", "This request comes from another site. Use the node's own pages.").ExecuteAsync(context);
        return next(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>
    /// Reading leaves receipts in the reader's name, so that another site, or another port of this machine, which has the
    /// cookie sent along, may not cause any. Pages may be linked to from anywhere.
    /// </summary>
    private static bool AsksFromElsewhere(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && request.Headers["Sec-Fetch-Site"].ToString() is "same-site" or "cross-site"
        && !ComesBackFromAProvider(request);

    /// <summary>A lab's identity provider leads the whole page back; nothing else of another site gets there.</summary>
    private static bool ComesBackFromAProvider(HttpRequest request) =>
        OidcEndpoints.IsCallback(request.Path) && HttpMethods.IsGet(request.Method)
        && request.Headers["Sec-Fetch-Mode"].ToString() == "navigate" && request.Headers["Sec-Fetch-Dest"].ToString() == "document";

    /// <summary>
    /// Browsers say where an unsafe request comes from, in one of two headers at least. A program that sends neither
    /// brings no cookies but its own.
    /// </summary>
    private static bool IsSameOrigin(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"], origin = request.Headers.Origin;
        return site is null or "same-origin"
            && (origin is null || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }
}
