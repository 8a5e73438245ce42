using System.Data;
using System.Data.Common;
using Npgsql;

namespace Cofferdam.Vault.Store;

/// <summary>Schema <c>vault</c> of a PostgreSQL database: one statement per batch and table, over arrays.</summary>
internal sealed partial class PostgresVaultStore : VaultStore
{
    /// <summary>
    /// Advisory lock that every vault process shares while it has the store; any fixed number not used elsewhere. Releases
    /// that knew of no others held it alone: they and this one keep each other out.
    /// </summary>
    private const long SharedLock = 0x43464456_4c54;

    /// <summary>Advisory lock on migrations, and within a transaction on the making of labs.</summary>
    private const long SetupLock = SharedLock + 1;

    /// <summary>First half of the advisory locks on ledgers; the second is the lab's number.</summary>
    private const int LedgerLock = 0x43464c47;

    private readonly NpgsqlDataSource source;
    private readonly PostgresProcesses processes;
    private readonly NpgsqlConnection writer;
    private readonly Dictionary<string, NpgsqlCommand> prepared = new(StringComparer.Ordinal);
    private NpgsqlTransaction? transaction;

    public PostgresVaultStore(string uri)
    {
        source = NpgsqlDataSource.Create(ConnectionString(uri));
        processes = new PostgresProcesses(source);
        writer = source.CreateConnection();
        try
        {
            Connect(writer);
            Migrate();
            Bound();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override PostgresProcesses Processes => processes;

    public override void Begin()
    {
        if (writer.State != ConnectionState.Open)
        {
            // The server went away and took connection, lock and prepared statements with it.
            writer.Close();
            prepared.Clear();
            Connect(writer);
            Bound();
        }

        transaction = writer.BeginTransaction();
    }

    public override void Commit()
    {
        transaction!.Commit();
        EndTransaction();
    }

    public override void Rollback()
    {
        if (transaction is null)
            return;
        try
        {
            transaction.Rollback();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the transaction with it.
        }

        EndTransaction();
    }

    public override IReadOnlyList<LedgerRow> LockLedgers(IReadOnlyCollection<long> labs)
    {
        // In order, so that no two processes wait for each other. The advisory lock is handed on to whoever has waited
        // longest; a row's own lock would go to whoever comes first, which is the process that has just let go of it.
        var command = Prepare(
            $"""
            SELECT pg_advisory_xact_lock({LedgerLock}, lab::integer) FROM unnest(@labs) lab;
            SELECT {LedgerColumns} FROM ledger WHERE lab = ANY(@labs) ORDER BY lab FOR UPDATE
            """);
        Set(command, "@labs", labs.Order().ToArray());
        using var r = command.ExecuteReader();
        r.NextResult();
        List<LedgerRow> rows = new(labs.Count);
        while (r.Read())
            rows.Add(ReadLedger(r));
        return rows;
    }

    public override void LockLabs() => Prepare($"SELECT pg_advisory_xact_lock({SetupLock})").ExecuteNonQuery();

    public override void Dispose()
    {
        Rollback();
        foreach (var command in prepared.Values)
            command.Dispose();
        // Ends the session, and with it the advisory lock, where a pool would keep both.
        NpgsqlConnection.ClearPool(writer);
        writer.Dispose();
        processes.Dispose();
        source.Dispose();
    }

    // Whichever of several vault processes has the lock writes the log; the second number is the lab's.
    public override async Task<IAsyncDisposable?> HoldLogAsync(long lab, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        var hold = new LogHold(connection, lab);
        try
        {
            await hold.TakeAsync(cancellation);
            return hold;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected override void Announce() => Prepare($"NOTIFY {PostgresProcesses.Channel}").ExecuteNonQuery();

    protected override DbConnection Connect() => source.OpenConnection();

    protected override DbCommand WriterCommand(string sql) => Prepare(sql);

    protected override object Value(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => Micros.Of(time),
        _ => value,
    };

    protected override Guid ReadId(DbDataReader reader, int column) => reader.GetGuid(column);

    protected override string Contains(string column, string parameter) => $"position({parameter} IN {column}) > 0";

    internal static string ConnectionString(string uri)
    {
        var parsed = new Uri(uri);
        var user = parsed.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = parsed.Host,
            Port = parsed.Port > 0 ? parsed.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = parsed.AbsolutePath.Trim('/'),
            SearchPath = "vault",
            ApplicationName = "cofferdam-vault",
            MaxAutoPrepare = 40,
        }.ConnectionString;
    }

    private static void Set(NpgsqlCommand command, string name, object value)
    {
        if (command.Parameters.Contains(name))
            command.Parameters[name].Value = value;
        else
            command.Parameters.AddWithValue(name, value);
    }

    private NpgsqlCommand Prepare(string sql)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = new NpgsqlCommand(sql, writer);
            prepared.Add(sql, command);
        }

        command.Transaction = transaction;
        return command;
    }

    private void Migrate()
    {
        // Several processes may start at once; a transaction per migration lets go of nothing that another waits for.
        Scalar($"SELECT pg_advisory_lock({SetupLock})");
        Scalar("CREATE SCHEMA IF NOT EXISTS vault");
        Scalar("CREATE TABLE IF NOT EXISTS vault_migration (number integer PRIMARY KEY)");
        foreach (var (number, sql) in Migrations("Postgres"))
        {
            using var migration = writer.BeginTransaction();
            using var mark = new NpgsqlCommand($"INSERT INTO vault_migration (number) VALUES ({number}) ON CONFLICT DO NOTHING", writer, migration);
            if (mark.ExecuteNonQuery() == 1)
                Scalar(sql);
            migration.Commit();
        }

        Scalar($"SELECT pg_advisory_unlock({SetupLock})");
    }

    private void Connect(NpgsqlConnection connection)
    {
        connection.Open();
        if (!(bool)Scalar($"SELECT pg_try_advisory_lock_shared({SharedLock})")!)
            throw new VaultInUseException();
    }

    private void Bound()
    {
        // A process that stands still in a transaction must not hold the others up for longer than its lease lasts.
        Scalar($"SET idle_in_transaction_session_timeout = {PostgresProcesses.IdleMilliseconds}");
        Scalar("SET lock_timeout = '3s'");
        Scalar("SET statement_timeout = '30s'");
    }

    private object? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, writer);
        return command.ExecuteScalar();
    }

    private void EndTransaction()
    {
        transaction?.Dispose();
        transaction = null;
    }

    private sealed class LogHold(NpgsqlConnection connection, long lab) : IAsyncDisposable
    {
        // Of the locks with two numbers, those of logs.
        private const int LogLock = 0x4c_4f47;

        public Task TakeAsync(CancellationToken cancellation) => ExecuteAsync("pg_advisory_lock", cancellation);

        public async ValueTask DisposeAsync()
        {
            try
            {
                await ExecuteAsync("pg_advisory_unlock", CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection is gone, and the lock with it.
            }

            await connection.DisposeAsync();
        }

        private async Task ExecuteAsync(string function, CancellationToken cancellation)
        {
            await using var command = new NpgsqlCommand($"SELECT {function}({LogLock}, {lab})", connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
