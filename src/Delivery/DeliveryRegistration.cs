using Cofferdam.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Delivery;

public static class DeliveryRegistration
{
    /// <summary>Registers this room. Call it after storage and the vault: its queue reads both when the host starts.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton<ITables, DeliveryTables>();
        services.AddSingleton<PackageFolder>();
        services.AddSingleton<DeliverySigning>();
        services.AddScoped<DeliveryMaking>();
        services.AddSingleton<DeliveryQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryQueue>());
        return services;
    }
}
