using Npgsql;

namespace Cofferdam.Storage;

public enum StoreProvider
{
    Sqlite,
    Postgres,
}

/// <summary>Whose tables a database holds.</summary>
public enum StoreRole
{
    Lab,
    Vendor,
}

/// <summary>Where the database of everything but the vault lies.</summary>
/// <param name="DataFolder">Folder for <c>lab.db</c> or <c>vendor.db</c>, and blobs; made if missing.</param>
/// <param name="Address">Connection string of the provider.</param>
public sealed record StoreOptions(StoreProvider Provider, string DataFolder, string Address, StoreRole Role = StoreRole.Lab)
{
    /// <summary>PostgreSQL schema of these tables; the vault has one of its own.</summary>
    public string Schema => SchemaOf(Role);

    /// <summary>Reads what <c>--store</c> takes.</summary>
    /// <param name="store"><c>sqlite</c>, or <c>postgres://user:password@host:port/database</c>.</param>
    /// <param name="dataFolder">Where the SQLite file and blobs go.</param>
    /// <param name="role">Whose tables.</param>
    /// <exception cref="FormatException">Neither of both; the message never repeats the address, which may hold a password.</exception>
    public static StoreOptions Parse(string store, string dataFolder, StoreRole role = StoreRole.Lab)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (string.Equals(store, "sqlite", StringComparison.OrdinalIgnoreCase))
            return new StoreOptions(StoreProvider.Sqlite, dataFolder, $"Data Source={Path.Combine(dataFolder, FileOf(role))};Foreign Keys=True;Default Timeout=30", role);

        if (!Uri.TryCreate(store, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2)
            throw new FormatException("The store must be 'sqlite' or 'postgres://user:password@host:port/database'.");

        var login = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            SearchPath = SchemaOf(role),
            // Hot statements are planned once per connection.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
        if (login[0].Length > 0)
            connection.Username = Uri.UnescapeDataString(login[0]);
        if (login.Length > 1)
            connection.Password = Uri.UnescapeDataString(login[1]);
        return new StoreOptions(StoreProvider.Postgres, dataFolder, connection.ConnectionString, role);
    }

    /// <summary>Name of the SQLite file.</summary>
    public static string FileOf(StoreRole role) => role is StoreRole.Lab ? "lab.db" : "vendor.db";

    private static string SchemaOf(StoreRole role) => role is StoreRole.Lab ? "work" : "workforce";
}
