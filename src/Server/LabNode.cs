using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Delivery;
using Cofferdam.Quality;
using Cofferdam.Server.Access;
using Cofferdam.Server.Doctor;
using Cofferdam.Server.Documentation;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.Mail;
using Cofferdam.Server.People;
using Cofferdam.Server.SignIn;
using Cofferdam.Server.Tokens;
using Cofferdam.Server.Web;
using Cofferdam.Storage;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Wire;
using Cofferdam.Work;
using Cofferdam.Work.Access;
using Cofferdam.Work.Ledgers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cofferdam.Server;

/// <summary>A lab node: the rooms put together, in one process.</summary>
public static class LabNode
{
    /// <summary>Builds the node that <c>serve</c> runs. Tests and measurements host the very same.</summary>
    /// <param name="services">Adds to the node before it is built.</param>
    /// <param name="routes">Adds routes; they must say who may use them.</param>
    /// <exception cref="StartupException">The options cannot be followed.</exception>
    /// <exception cref="VaultInUseException">Another process has the store open.</exception>
    /// <exception cref="VaultUnavailableException">The vault that it was told to use is not there.</exception>
    public static async Task<WebApplication> BuildAsync(
        LabNodeOptions options, Action<WebApplicationBuilder>? services = null, Action<WebApplication>? routes = null, CancellationToken cancellation = default)
    {
        var listen = Bindings.For(options);

        // Nothing is taken from files or the environment that happen to lie about: the options say it all.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LabNode).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listen);
        builder.WebHost.UseStaticWebAssets();
        // Otherwise files of a plain build are compressed anew for each request, at a level that does not compress.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Logging.AddNodeLogging();

        var vault = await OpenVaultAsync(options, WebBundle.Digest(builder.Environment.WebRootFileProvider), cancellation);
        builder.Services.AddSingleton<IVault>(_ => vault);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(options);
        builder.Services.AddStorage(StoreOptions.Parse(options.Store, options.DataFolder));
        builder.Services.AddSingleton<FirstRun>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FirstRun>());
        builder.Services.AddRouting(routing => routing.SetParameterPolicy<ClientPath>(ClientPath.Name));
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        builder.Services.AddSignIn(options.SignIn);
        builder.Services.AddTokens();
        builder.Services.AddNoticeMail(options.Smtp);
        builder.Services.AddAccess();
        builder.Services.AddRateLimits(options.RateLimits);
        builder.Services.AddSingleton(new RefusalBudget(options.RateLimits.Refusals, options.Time));
        builder.Services.AddApiDocument();
        builder.Services.AddWork();
        builder.Services.AddDelivery();
        builder.Services.AddQuality();
        services?.Invoke(builder);

        var app = builder.Build();
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
        app.UseRefusalReceipts();
        app.UseAuthorization();

        var api = app.MapGroup("/api");
        api.MapGet("/health", () => TypedResults.Ok(new Health("ok"))).AllowAnonymous().WithTags("Node").WithSummary("Whether the node answers");
        api.MapEnrolment();
        api.MapSignIn();
        api.MapSessions();
        api.MapNoticeMail();
        var lab = api.MapGroup("/labs/{lab}").RequireAuthorization(Policies.AnyRole);
        lab.MapPeople();
        lab.MapMemberships();
        lab.MapEngagementMoves();
        lab.MapTokens();
        lab.MapDoctor();
        lab.MapWork();
        lab.MapDelivery();
        lab.MapQuality();
        app.MapPublishedLogs();
        app.MapApiDocument();
        app.MapPages();
        routes?.Invoke(app);
        return app;
    }

    /// <summary>Where browsers find a started node.</summary>
    public static string OriginOf(WebApplication app)
    {
        if (app.Services.GetRequiredService<LabNodeOptions>().PublicUrl is { } seen)
            return seen.GetLeftPart(UriPartial.Authority);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return new UriBuilder(address) { Host = RequestChecks.LocalName }.Uri.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>A fresh enrolment link for each lab of a started node that has no owner yet. Links made earlier end with it.</summary>
    /// <returns>Links by lab.</returns>
    public static Task<IReadOnlyDictionary<string, string>> OwnerLinksAsync(WebApplication app, CancellationToken cancellation = default) =>
        app.Services.GetRequiredService<FirstRun>().OwnerLinksAsync(OriginOf(app), cancellation);

    private static async Task<IVault> OpenVaultAsync(LabNodeOptions options, string? webBundle, CancellationToken cancellation)
    {
        var caller = new CallerProcess(Build, webBundle, Environment.MachineName);
        return options.VaultSocket is { } socket
            ? await VaultClient.ConnectAsync(socket, caller, cancellation)
            : await OpenWithinAsync(options, caller, cancellation);
    }

    // A method of its own, so that the vault's code is not even loaded where it is not used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<IVault> OpenWithinAsync(LabNodeOptions options, CallerProcess caller, CancellationToken cancellation) => await VaultNode.OpenWithinAsync(new VaultOptions
    {
        Store = options.Store,
        DataFolder = options.DataFolder,
        KeyFolder = options.KeyFolder,
        Policy = options.Policy,
        Custodians = options.Custodians,
        AcceptVersions = options.AcceptVersions,
        ForgetStaffKeys = options.ForgetStaffKeys,
        NodeName = options.NodeName ?? options.PublicUrl?.Host ?? VaultOptions.LocalName,
        LogFolder = options.LedgerFolder,
        WitnessPolicy = options.WitnessPolicy,
        PublishLogs = options.PublishLogs,
        Time = options.Time,
    }, caller, cancellation);

    private static string Build { get; } =
        typeof(LabNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <param name="Status"><c>ok</c>.</param>
public sealed record Health(string Status);
