namespace Cofferdam.Server.Hardening;

/// <summary>Headers of every response. The pages set a content policy of their own.</summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=(), display-capture=()";
        headers.ContentSecurityPolicy = Nothing;
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
            // What the lab or a vendor put into an item runs nowhere, not even where somebody opens it as a page of its own.
            headers.ContentSecurityPolicy = Nothing + "; sandbox allow-downloads";
        }

        return next(context);
    });
}
