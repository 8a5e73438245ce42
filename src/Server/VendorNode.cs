using Cofferdam.Server.Hardening;
using Cofferdam.Server.Pairing;
using Cofferdam.Server.Vendor;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce;

namespace Cofferdam.Server;

/// <summary>A vendor node: the rooms put together, in one process. Nothing of a lab's work is among them.</summary>
public static class VendorNode
{
    /// <summary>Builds the node that <c>serve --role vendor</c> runs.</summary>
    /// <param name="services">Adds to the node before it is built.</param>
    /// <param name="routes">Adds routes; they must say who may use them.</param>
    /// <exception cref="StartupException">The options cannot be followed.</exception>
    /// <exception cref="VaultUnavailableException">The vault that it was told to use is not there, or another process has its store open.</exception>
    public static async Task<WebApplication> BuildAsync(
        NodeOptions options, Action<WebApplicationBuilder>? services = null, Action<WebApplication>? routes = null, CancellationToken cancellation = default)
    {
        var builder = await NodeHost.CreateBuilderAsync(options, cancellation);
        builder.Services.AddSingleton<VendorFirstRun>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<VendorFirstRun>());
        builder.Services.AddNode(options);
        builder.Services.AddVendorAccess();
        builder.Services.AddWorkforce();
        builder.Services.AddVendorFederation(options);
        services?.Invoke(builder);

        var app = builder.Build();
        app.UseNode(options);
        var api = app.MapNode(options);
        api.MapWorkforce();
        app.MapVendorFederation(api).MapLabsOfWorkforce();
        routes?.Invoke(app);
        return app;
    }

    /// <summary>A fresh enrolment link where the vendor has no owner yet. Links made earlier end with it.</summary>
    /// <returns>The link by the vendor's slug.</returns>
    public static Task<IReadOnlyDictionary<string, string>> OwnerLinksAsync(WebApplication app, CancellationToken cancellation = default) =>
        app.Services.GetRequiredService<VendorFirstRun>().OwnerLinksAsync(NodeHost.OriginOf(app), cancellation);
}
