using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Storage;

public static class StorageRegistration
{
    /// <summary>Registers the store, <see cref="AppDb"/> on it, and the migrations that run when the host starts.</summary>
    /// <remarks>Call it before anything that reads the database at start: hosted services start in order.</remarks>
    public static IServiceCollection AddStorage(this IServiceCollection services, StoreOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Store>();
        services.AddSingleton<Migrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Migrator>());
        services.AddDbContext<AppDb>((provider, model) =>
        {
            var store = provider.GetRequiredService<Store>();
            model.ReplaceService<IModelCacheKeyFactory, ModelOfRole>();
            if (store.Postgres is { } postgres)
                model.UseNpgsql(postgres);
            else
                model.UseSqlite(options.Address).AddInterceptors(SetPragmas.Instance);
        });
        return services;
    }
}

file sealed class SetPragmas : DbConnectionInterceptor
{
    public static SetPragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Store.Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        connection.ExecuteAsync(Store.Pragmas, cancellationToken);
}
