using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Storage;

/// <summary>The database cannot be brought to this program's shape; the message says why and what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);

/// <summary>One numbered SQL file.</summary>
/// <param name="Name">Such as <c>0002_work.sql</c>; files run in the order of their names.</param>
public sealed record Migration(string Name, string Sql)
{
    /// <summary>SHA-256 of the UTF-8 text, lower-case hex.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The files that are built into this program for one provider and role, in order.</summary>
    public static IReadOnlyList<Migration> BuiltIn(StoreProvider provider, StoreRole role = StoreRole.Lab)
    {
        var assembly = typeof(Migration).Assembly;
        var folder = (provider is StoreProvider.Sqlite ? "sqlite" : "postgres") + (role is StoreRole.Lab ? "/lab/" : "/vendor/");
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Migration(name[folder.Length..], Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>Runs the numbered SQL files that this database lacks, all in one transaction, one server at a time.</summary>
/// <remarks>An applied file is recorded with its hash. A file that has changed since, or is gone, stops the start.</remarks>
public sealed class Migrator(Store store, TimeProvider time) : IHostedService
{
    // Any fixed number will do; it must only differ from the vault's.
    private const long AdvisoryLock = 0x636f66665f776b;

    public Task StartAsync(CancellationToken cancellationToken) => MigrateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="MigrationException">The database was made by another line of this program.</exception>
    public Task MigrateAsync(CancellationToken cancellation = default) =>
        MigrateAsync(Migration.BuiltIn(store.Options.Provider, store.Options.Role), cancellation);

    internal async Task MigrateAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        // On SQLite the transaction is "immediate": it takes the write lock at once.
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!store.IsSqlite)
        {
            await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellation);
            await connection.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {store.Options.Schema}", cancellation);
        }

        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at bigint NOT NULL)", cancellation);
        var applied = await AppliedAsync(connection, cancellation);
        Check(applied, migrations);

        foreach (var migration in migrations.Where(m => !applied.ContainsKey(m.Name)))
        {
            await connection.ExecuteAsync(migration.Sql, cancellation);
            await using var record = connection.Command(
                "INSERT INTO migration (name, sha256, applied_at) VALUES (@name, @hash, @at)",
                ("@name", migration.Name), ("@hash", migration.Hash), ("@at", time.GetUtcNow()));
            await record.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static void Check(Dictionary<string, string> applied, IReadOnlyList<Migration> migrations)
    {
        var last = applied.Keys.Max(StringComparer.Ordinal);
        foreach (var migration in migrations)
        {
            if (applied.Remove(migration.Name, out var hash))
            {
                if (hash != migration.Hash)
                    throw new MigrationException($"The migration '{migration.Name}' was applied to this database with other contents. Start the version of the program that made it, or restore a backup.");
                applied.Add(migration.Name, hash);
            }
            else if (last is not null && string.CompareOrdinal(migration.Name, last) < 0)
            {
                throw new MigrationException($"The migration '{migration.Name}' comes before '{last}', which was already applied to this database. Restore a backup that was made by this line of versions.");
            }
        }

        var known = migrations.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        if (applied.Keys.FirstOrDefault(name => !known.Contains(name)) is { } gone)
            throw new MigrationException($"This database was changed by the migration '{gone}', which this version of the program does not have. Start a newer version.");
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(DbConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = connection.Command("SELECT name, sha256 FROM migration");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetString(0), reader.GetString(1));
        return applied;
    }
}
