using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Cofferdam.Storage;

/// <summary>An account on this node. Its name is a handle that the person chose; nothing else is known of the person.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Time step of the last one-time code that was accepted (RFC 6238 §5.2); 0 before the first.</summary>
    public long TotpStep { get; set; }
}

/// <summary>A room's tables: what it adds to the model of <see cref="AppDb"/>.</summary>
public interface ITables
{
    void Configure(ModelBuilder model);
}

public static class TableNames
{
    /// <summary>Names the tables and columns of a room's entities after their classes and properties, in snake_case.</summary>
    public static void NameInSnakeCase(this ModelBuilder model, Assembly room)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var entity in model.Model.GetEntityTypes().Where(entity => entity.ClrType.Assembly == room))
        {
            entity.SetTableName(Snake(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
        }
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

/// <summary>Keeps the models of lab and vendor nodes apart where one process, such as a test, holds both.</summary>
internal sealed class ModelOfRole : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (((AppDb)context).Role, designTime);
}

/// <summary>The database of everything but the vault. Rooms contribute their tables; handlers query it directly.</summary>
/// <remarks>
/// Ids are UUIDs: native on PostgreSQL, 16 big-endian bytes on SQLite, so that version 7 sorts by time on both.
/// Times are UTC microseconds since 1970 in a 64-bit integer on both.
/// </remarks>
public sealed class AppDb(DbContextOptions<AppDb> options, StoreOptions store, IEnumerable<ITables> tables) : IdentityUserContext<Account, Guid>(options)
{
    internal StoreRole Role => store.Role;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        if (Database.IsSqlite())
            configurationBuilder.Properties<Guid>().HaveConversion<GuidBytes>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var room in tables)
            room.Configure(builder);
    }
}
