namespace Cofferdam.Server.Web;

/// <summary>An address inside the web client. Addresses of the API and of files are what they are, or nothing.</summary>
internal sealed class ClientPath : IRouteConstraint
{
    public const string Name = "client";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        var parts = (values[routeKey] as string ?? "").Split('/');
        return parts[0] is not ("api" or "assets" or "ledger" or "openapi") && !parts[^1].Contains('.', StringComparison.Ordinal);
    }
}
