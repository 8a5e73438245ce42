using System.Collections.Frozen;
using System.Net;
using Cofferdam.Server.Hardening;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>The labs' identity providers, as the node was started with them.</summary>
internal sealed class OidcProviders : IDisposable
{
    private readonly HttpClient http = Client();
    private readonly FrozenDictionary<string, OidcProvider> providers;

    /// <exception cref="ArgumentException">A lab has two.</exception>
    public OidcProviders(IReadOnlyList<OidcSettings> settings, ILogger<OidcProvider> log, TimeProvider time)
    {
        All = settings;
        providers = settings.ToFrozenDictionary(one => one.Lab, one => new OidcProvider(one, http, log, time), StringComparer.Ordinal);
    }

    public IReadOnlyList<OidcSettings> All { get; }

    /// <summary>The provider of a lab; null where it has none.</summary>
    public OidcProvider? Of(string lab) => providers.GetValueOrDefault(lab);

    public void Dispose()
    {
        foreach (var provider in providers.Values)
            provider.Dispose();
        http.Dispose();
    }

    /// <summary>Straight to the provider: a redirect or a proxy from the environment would take codes and secrets elsewhere.</summary>
    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1 << 20,
    };
}

internal static class OidcRegistration
{
    /// <param name="evaluation">Whether plain http to this machine will do.</param>
    /// <exception cref="StartupException">A file cannot be followed, or a lab has two.</exception>
    public static void AddOidc(this IServiceCollection services, IReadOnlyList<OidcFile> files, bool evaluation)
    {
        if (files.CountBy(file => file.Lab).FirstOrDefault(lab => lab.Value > 1) is { Key: { } twice })
            throw new StartupException($"--oidc is given twice for {twice}. A lab has one identity provider.");
        var settings = files.Select(file => OidcSettings.Read(file, evaluation)).ToList();
        services.AddSingleton(provider => new OidcProviders(settings, provider.GetRequiredService<ILogger<OidcProvider>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OidcTransactions>();
        services.AddScoped<OidcAccounts>();
    }
}
