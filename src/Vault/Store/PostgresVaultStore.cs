using System.Data;
using System.Data.Common;
using Cofferdam.Vault.Contract;
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

    public override Dictionary<Guid, HeadRow> ReadHeads(IReadOnlyCollection<Guid> ids, bool sealedBytes)
    {
        Dictionary<Guid, HeadRow> heads = new(ids.Count);
        if (ids.Count == 0)
            return heads;
        var command = Prepare(sealedBytes
            ? "SELECT id, lab, project, kind, version, key, content_id, bytes, weight, sealed FROM record WHERE id = ANY(@ids)"
            : "SELECT id, lab, project, kind, version, key, content_id, bytes, weight FROM record WHERE id = ANY(@ids)");
        Set(command, "@ids", ids.ToArray());
        using var r = command.ExecuteReader();
        while (r.Read())
        {
            var id = r.GetGuid(0);
            heads[id] = new HeadRow(
                id, r.GetInt64(1), r.GetGuid(2), (RecordKind)ReadSmall(r, 3), r.GetInt64(4), r.GetGuid(5), ReadBytes(r, 6), r.GetInt64(7),
                sealedBytes ? ReadBytes(r, 9) : null, ReadBytesOrNull(r, 8));
        }

        return heads;
    }

    public override void MarkDisclosed(IReadOnlyList<Reading> readings)
    {
        if (readings.Count == 0)
            return;
        var command = Prepare(
            """
            WITH asked AS (SELECT * FROM unnest(@record, @principal, @version, @receipt) AS a (record, principal, version, receipt)),
            before AS (SELECT d.record, d.principal, d.version, d.receipt FROM disclosed d JOIN asked a ON a.record = d.record AND a.principal = d.principal),
            noted AS (
                INSERT INTO disclosed AS d (record, principal, version, receipt)
                SELECT record, principal, version, receipt FROM asked
                ON CONFLICT (record, principal) DO UPDATE SET version = excluded.version, receipt = excluded.receipt
                WHERE d.version < excluded.version
                RETURNING record, principal)
            SELECT n.record, n.principal, b.version, b.receipt FROM noted n LEFT JOIN before b ON b.record = n.record AND b.principal = n.principal
            """);
        Set(command, "@record", readings.Select(x => x.Record).ToArray());
        Set(command, "@principal", readings.Select(x => x.Principal).ToArray());
        Set(command, "@version", readings.Select(x => x.Version).ToArray());
        Set(command, "@receipt", readings.Select(x => x.Receipt).ToArray());
        Dictionary<(Guid, Guid), (long, long)?> first = new(readings.Count);
        using (var r = command.ExecuteReader())
        {
            while (r.Read())
                first.Add((r.GetGuid(0), r.GetGuid(1)), r.IsDBNull(2) ? null : (r.GetInt64(2), r.GetInt64(3)));
        }

        foreach (var reading in readings)
        {
            reading.First = first.TryGetValue((reading.Record, reading.Principal), out var before);
            reading.Before = before;
        }
    }

    public override void WriteRecords(IReadOnlyList<RecordWrite> records)
    {
        if (records.Count == 0)
            return;
        var kept = records.Where(x => !x.IsNew && x.KeepsHistory).Select(x => x.Row.Id).ToArray();
        if (kept.Length > 0)
        {
            var history = Prepare(
                """
                INSERT INTO record_history (id, version, key, content_id, bytes, sealed_at, sealed)
                SELECT id, version, key, content_id, bytes, sealed_at, sealed FROM record WHERE id = ANY(@ids)
                """);
            Set(history, "@ids", kept);
            history.ExecuteNonQuery();
        }

        var command = Prepare(
            """
            INSERT INTO record (id, lab, project, kind, version, key, content_id, bytes, sealed_at, sealed, weight)
            SELECT * FROM unnest(@id, @lab, @project, @kind, @version, @key, @content, @bytes, @at, @sealed, @weight)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, key = excluded.key, content_id = excluded.content_id,
                bytes = excluded.bytes, sealed_at = excluded.sealed_at, sealed = excluded.sealed, weight = excluded.weight
            """);
        Set(command, "@id", records.Select(x => x.Row.Id).ToArray());
        Set(command, "@lab", records.Select(x => x.Row.Lab).ToArray());
        Set(command, "@project", records.Select(x => x.Row.Project).ToArray());
        Set(command, "@kind", records.Select(x => (long)x.Row.Kind).ToArray());
        Set(command, "@version", records.Select(x => x.Row.Version).ToArray());
        Set(command, "@key", records.Select(x => x.Row.Key).ToArray());
        Set(command, "@content", records.Select(x => x.Row.ContentId).ToArray());
        Set(command, "@bytes", records.Select(x => x.Row.Bytes).ToArray());
        Set(command, "@at", records.Select(x => Micros.Of(x.SealedAt)).ToArray());
        Set(command, "@sealed", records.Select(x => x.Row.Sealed!).ToArray());
        Set(command, "@weight", records.Select(x => x.Row.Weight).ToArray());
        command.ExecuteNonQuery();
    }

    public override void WriteReceipts(IReadOnlyList<ReceiptRow> receipts)
    {
        var command = Prepare(
            """
            INSERT INTO receipt (id, time, act, project, principal, first_reads, what, who, leaf)
            SELECT * FROM unnest(@id, @time, @act, @project, @principal, @first, @what, @who, @leaf)
            """);
        Set(command, "@id", receipts.Select(x => x.Id).ToArray());
        Set(command, "@time", receipts.Select(x => Micros.Of(x.Time)).ToArray());
        Set(command, "@act", receipts.Select(x => (long)x.Act).ToArray());
        Set(command, "@project", receipts.Select(x => x.Project).ToArray());
        Set(command, "@principal", receipts.Select(x => x.Principal).ToArray());
        Set(command, "@first", receipts.Select(x => x.FirstReads).ToArray());
        Set(command, "@what", receipts.Select(x => x.What).ToArray());
        Set(command, "@who", receipts.Select(x => x.Who).ToArray());
        Set(command, "@leaf", receipts.Select(x => x.Leaf).ToArray());
        command.ExecuteNonQuery();
    }

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
