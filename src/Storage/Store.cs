using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cofferdam.Storage;

/// <summary>Plain connections to the store, for the paths that are too hot or too wide for EF Core.</summary>
public sealed class Store : IAsyncDisposable
{
    /// <summary>What every SQLite connection is set to: durable at commit, foreign keys held, writers wait for each other.</summary>
    public const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;";

    public Store(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        if (options.Provider is StoreProvider.Sqlite)
            Directory.CreateDirectory(options.DataFolder);
        else
            Postgres = NpgsqlDataSource.Create(options.Address);
    }

    public StoreOptions Options { get; }

    public bool IsSqlite => Postgres is null;

    /// <summary>The pool of PostgreSQL connections; null on SQLite.</summary>
    public NpgsqlDataSource? Postgres { get; }

    /// <summary>An open connection; the caller disposes of it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation = default)
    {
        if (Postgres is not null)
            return await Postgres.OpenConnectionAsync(cancellation);

        var connection = new SqliteConnection(Options.Address);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(Pragmas, cancellation);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
            return;
        }

        using var connection = new SqliteConnection(Options.Address);
        SqliteConnection.ClearPool(connection);
    }
}
