using Cofferdam.Quality.Bias;
using Cofferdam.Quality.Figures;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Quality;

public static class QualityRegistration
{
    /// <summary>Registers this room. Call it after storage, the vault and work: its scans read them when the host starts.</summary>
    public static IServiceCollection AddQuality(this IServiceCollection services)
    {
        services.AddSingleton<ITables, BiasTables>();
        services.AddSingleton<FiguresReading>();
        services.AddSingleton<FiguresBook>();
        services.AddSingleton<BiasScanning>();
        services.AddSingleton<BiasQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<BiasQueue>());
        return services;
    }

    /// <summary>Routes of this room below a lab's.</summary>
    public static void MapQuality(this RouteGroupBuilder lab)
    {
        lab.MapFigures();
        lab.MapBias();
    }
}
