using System.Security.Cryptography;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Server.Web;

/// <summary>Serves the web client: its page with a content policy and a nonce of its own each time, its files for good.</summary>
internal static class Pages
{
    private const string NoncePlaceholder = "__CSP_NONCE__";

    /// <summary>Pages of people who are not signed in say too that the node is in evaluation mode.</summary>
    private const string EvaluationPlaceholder = "__EVALUATION__";

    public static void MapPages(this WebApplication app)
    {
        // Made by the build of this project; absent where another program hosts the node, such as a test.
        var manifest = Path.Combine(AppContext.BaseDirectory, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json");
        if (File.Exists(manifest))
            app.MapStaticAssets(manifest).AllowAnonymous();

        var page = new Lazy<string?>(() => Read(app.Environment));
        RequestDelegate serve = context => ServeAsync(context, page.Value);
        app.MapGet("/", serve).AllowAnonymous().ExcludeFromDescription();
        // The static file of this name still has the placeholder in it.
        app.MapGet("/index.html", serve).AllowAnonymous().ExcludeFromDescription().WithOrder(int.MinValue);
        // With methods of its own: one that took any would hide from routing that another route lacks a method.
        app.MapMethods($"{{*path:{ClientPath.Name}}}", [HttpMethods.Get, HttpMethods.Head], serve).AllowAnonymous().ExcludeFromDescription().WithOrder(int.MaxValue);
    }

    /// <summary>Vite names its files by their contents, so they never change; the framework alone says "no-cache".</summary>
    public static void UseImmutableAssets(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            context.Response.OnStarting(static state =>
            {
                var response = ((HttpContext)state).Response;
                if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified)
                    response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            }, context);
        }

        return next(context);
    });

    private static Task ServeAsync(HttpContext context, string? page)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        if (page is null)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "no-web-client", "The web client was not built into this server. Build it without SkipSpa.").ExecuteAsync(context);

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        headers.ContentSecurityPolicy = ContentPolicy(nonce);
        context.Response.ContentType = "text/html; charset=utf-8";
        var evaluation = context.RequestServices.GetRequiredService<IVault>().Identity.EvaluationMode;
        return context.Response.WriteAsync(
            page.Replace(NoncePlaceholder, nonce, StringComparison.Ordinal).Replace(EvaluationPlaceholder, evaluation ? "true" : "false", StringComparison.Ordinal),
            context.RequestAborted);
    }

    /// <summary>What the page may load and run: files of the node alone, and no script that came in as data.</summary>
    internal static string ContentPolicy(string nonce) =>
        "default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-" + nonce + "'; style-src-attr 'none'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default";

    private static string? Read(IWebHostEnvironment environment)
    {
        var file = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!file.Exists)
            return null;
        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }
}
