using Cofferdam.Delivery;
using Cofferdam.Quality;
using Cofferdam.Server.Access;
using Cofferdam.Server.Doctor;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.Mail;
using Cofferdam.Server.Pairing;
using Cofferdam.Server.People;
using Cofferdam.Server.SignIn;
using Cofferdam.Server.SignIn.Oidc;
using Cofferdam.Server.Telling;
using Cofferdam.Server.Tokens;
using Cofferdam.Vault.Contract;
using Cofferdam.Work;
using Cofferdam.Work.Access;
using Cofferdam.Work.Ledgers;
using Cofferdam.Work.Slots;

namespace Cofferdam.Server;

/// <summary>A lab node: the rooms put together, in one process.</summary>
public static class LabNode
{
    /// <summary>Builds the node that <c>serve</c> runs. Tests and measurements host the very same.</summary>
    /// <param name="services">Adds to the node before it is built.</param>
    /// <param name="routes">Adds routes; they must say who may use them.</param>
    /// <exception cref="StartupException">The options cannot be followed.</exception>
    /// <exception cref="VaultUnavailableException">The vault that it was told to use is not there, or another process has its store open.</exception>
    public static async Task<WebApplication> BuildAsync(
        NodeOptions options, Action<WebApplicationBuilder>? services = null, Action<WebApplication>? routes = null, CancellationToken cancellation = default)
    {
        var builder = await NodeHost.CreateBuilderAsync(options, cancellation);
        builder.Services.AddSingleton<FirstRun>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FirstRun>());
        builder.Services.AddNode(options);
        builder.Services.AddTokens();
        builder.Services.AddNoticeMail(options.Smtp);
        builder.Services.AddAccess();
        builder.Services.AddTelling();
        builder.Services.AddWork();
        builder.Services.AddDelivery();
        builder.Services.AddQuality();
        builder.Services.AddLabFederation(options);
        services?.Invoke(builder);

        var app = builder.Build();
        app.Services.GetRequiredService<Sessions>().Ended = app.Services.GetRequiredService<SlotsAhead>().ReleaseAsync;
        app.UseNode(options, RefusalReceipts.UseRefusalReceipts);
        var api = app.MapNode(options);
        api.MapOidc();
        api.MapNoticeMail();
        var lab = api.MapGroup("/labs/{lab}").RequireAuthorization(Policies.AnyRole).AskForProofs();
        lab.MapPeople();
        lab.MapMemberships();
        lab.MapEngagementMoves();
        lab.MapTokens();
        lab.MapDoctor();
        lab.MapTold();
        lab.MapWork();
        lab.MapDelivery();
        lab.MapQuality();
        app.MapLabFederation(api, lab);
        app.MapPublishedLogs();
        routes?.Invoke(app);
        return app;
    }

    /// <summary>A fresh enrolment link for each lab of a started node that has no owner yet. Links made earlier end with it.</summary>
    /// <returns>Links by lab.</returns>
    public static Task<IReadOnlyDictionary<string, string>> OwnerLinksAsync(WebApplication app, CancellationToken cancellation = default) =>
        app.Services.GetRequiredService<FirstRun>().OwnerLinksAsync(NodeHost.OriginOf(app), cancellation);
}
