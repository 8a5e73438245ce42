using Npgsql;
using Xunit;

namespace Cofferdam.TestKit;

/// <summary>An empty store for one test, on either database; gone when the test ends.</summary>
/// <remarks>
/// PostgreSQL is the server that COFFERDAM_TEST_POSTGRES names (<c>./test</c> starts one); where it is not set, the
/// test says "skipped".
/// </remarks>
public sealed class TestStore : IAsyncDisposable
{
    private readonly string? server;
    private readonly string? database;

    private TestStore(string folder, string store, string? server = null, string? database = null)
    {
        Folder = folder;
        Store = store;
        this.server = server;
        this.database = database;
    }

    /// <summary>A temporary folder of this store's own, for data, keys and blobs.</summary>
    public string Folder { get; }

    /// <summary>What <c>--store</c> takes: <c>sqlite</c> or <c>postgres://user@host:port/database</c>.</summary>
    public string Store { get; }

    /// <summary>Names of the databases that one suite runs on.</summary>
    public static TheoryData<string> Databases { get; } = ["sqlite", "postgres"];

    public static async Task<TestStore> CreateAsync(string database)
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
        if (database == "sqlite")
            return new TestStore(folder, "sqlite");

        var address = Environment.GetEnvironmentVariable("COFFERDAM_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(address), "COFFERDAM_TEST_POSTGRES is not set; ./test starts a PostgreSQL for it.");
        var name = "t" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(address!, $"CREATE DATABASE {name}");
        return new TestStore(folder, $"{address!.TrimEnd('/')}/{name}", address, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        var uri = new Uri(server);
        var connection = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port, Username = uri.UserInfo, Database = "postgres", Pooling = false };
        await using var open = new NpgsqlConnection(connection.ConnectionString);
        await open.OpenAsync();
        await using var command = open.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
