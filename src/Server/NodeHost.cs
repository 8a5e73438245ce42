using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Server.Documentation;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Server.SignIn.Oidc;
using Cofferdam.Server.Web;
using Cofferdam.Storage;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cofferdam.Server;

/// <summary>What lab nodes and vendor nodes have in common: host, vault, store, sign-in, the checks that each request passes.</summary>
public static class NodeHost
{
    /// <summary>Builds the node that the options ask for.</summary>
    /// <exception cref="StartupException">The options cannot be followed.</exception>
    /// <exception cref="VaultInUseException">Another process has the store open.</exception>
    /// <exception cref="VaultUnavailableException">The vault that it was told to use is not there.</exception>
    public static Task<WebApplication> BuildAsync(NodeOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Role is StoreRole.Lab ? LabNode.BuildAsync(options, cancellation: cancellation) : VendorNode.BuildAsync(options, cancellation: cancellation);
    }

    /// <summary>Where browsers find a started node.</summary>
    public static string OriginOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return OriginOf(app.Services);
    }

    internal static string OriginOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<NodeOptions>();
        if (options.PublicUrl is { } seen)
            return seen.GetLeftPart(UriPartial.Authority);
        var address = new Uri(services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return new UriBuilder(address) { Host = options.LocalName }.Uri.GetLeftPart(UriPartial.Authority);
    }

    internal static async Task<WebApplicationBuilder> CreateBuilderAsync(NodeOptions options, CancellationToken cancellation)
    {
        var listen = Bindings.For(options);

        // Nothing is taken from files or the environment that happen to lie about: the options say it all.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(NodeHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listen);
        builder.WebHost.UseStaticWebAssets();
        // Otherwise files of a plain build are compressed anew for each request, at a level that does not compress.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Logging.AddNodeLogging();

        var vault = await OpenVaultAsync(options, WebBundle.Digest(builder.Environment.WebRootFileProvider), cancellation);
        builder.Services.AddOidc(options.Oidc, vault.Identity.EvaluationMode);
        builder.Services.AddSingleton<IVault>(_ => vault);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(options);
        builder.Services.AddStorage(StoreOptions.Parse(options.Store, options.DataFolder, options.Role));
        builder.Services.AddRouting(routing => routing.SetParameterPolicy<ClientPath>(ClientPath.Name));
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        return builder;
    }

    /// <summary>Sign-in and what every request passes. After what runs first at start.</summary>
    internal static void AddNode(this IServiceCollection services, NodeOptions options)
    {
        services.AddSignIn(options.SignIn);
        services.AddRateLimits(options.RateLimits);
        services.AddSingleton(new RefusalBudget(options.RateLimits.Refusals, options.Time));
        services.AddApiDocument(options.Role);
    }

    /// <summary>The way of a request up to its endpoint.</summary>
    internal static void UseNode(this WebApplication app, NodeOptions options, Action<WebApplication>? refusals = null)
    {
        if (options.PublicUrl?.Scheme == Uri.UriSchemeHttps && options.Urls.Any(url => url.StartsWith("http:", StringComparison.Ordinal)))
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseSecurityHeaders();
        app.UseMiddleware<Faults>();
        app.UseStatusCodePages(static context => StatusProblems.Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseMiddleware<RequestChecks>();
        app.UseImmutableAssets();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        refusals?.Invoke(app);
        app.UseAuthorization();
    }

    /// <summary>Routes of every node; returns the group below <c>/api</c>.</summary>
    internal static RouteGroupBuilder MapNode(this WebApplication app, NodeOptions options)
    {
        var api = app.MapGroup("/api");
        api.MapGet("/health", () => TypedResults.Ok(new Health("ok"))).AllowAnonymous().WithTags("Node").WithSummary("Whether the node answers");
        var about = new AboutNode(options.Role, options.Role is StoreRole.Vendor ? options.Vendor : null);
        api.MapGet("/node", () => TypedResults.Ok(about)).AllowAnonymous().WithTags("Node").WithSummary("Whose node this is");
        api.MapEnrolment();
        api.MapSignIn();
        api.MapSessions();
        app.MapApiDocument();
        app.MapPages();
        return api;
    }

    private static async Task<IVault> OpenVaultAsync(NodeOptions options, string? webBundle, CancellationToken cancellation)
    {
        var caller = new CallerProcess(Build, webBundle, Environment.MachineName);
        return options.VaultSocket is { } socket
            ? await VaultClient.ConnectAsync(socket, caller, cancellation)
            : await OpenWithinAsync(options, caller, cancellation);
    }

    // A method of its own, so that the vault's code is not even loaded where it is not used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<IVault> OpenWithinAsync(NodeOptions options, CallerProcess caller, CancellationToken cancellation) => await VaultNode.OpenWithinAsync(new VaultOptions
    {
        Store = options.Store,
        DataFolder = options.DataFolder,
        KeyFolder = options.KeyFolder,
        Policy = options.Policy,
        Custodians = options.Custodians,
        AcceptVersions = options.AcceptVersions,
        NodeName = options.NodeName ?? options.PublicUrl?.Host ?? VaultOptions.LocalName,
        LogFolder = options.LedgerFolder,
        WitnessPolicy = options.WitnessPolicy,
        PublishLogs = options.PublishLogs,
        Time = options.Time,
    }, caller, cancellation);

    private static string Build { get; } =
        typeof(NodeHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <param name="Status"><c>ok</c>.</param>
public sealed record Health(string Status);

/// <param name="Role">A lab's node or a vendor's.</param>
/// <param name="Vendor">The vendor's slug, on a vendor node.</param>
public sealed record AboutNode(StoreRole Role, string? Vendor);
