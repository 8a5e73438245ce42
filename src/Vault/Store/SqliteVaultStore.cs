using System.Data.Common;
using Cofferdam.Vault.Contract;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Vault.Store;

/// <summary><c>vault.db</c>: write-ahead log, <c>synchronous=FULL</c>, one prepared statement per row.</summary>
internal sealed partial class SqliteVaultStore : VaultStore
{
    /// <summary>As many ids are worth a look at whether all of them are new.</summary>
    private const int Many = 32;

    private readonly FileStream alone;
    private readonly string readers;
    private readonly SqliteConnection writer;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? transaction;

    public SqliteVaultStore(string folder)
    {
        // What is sealed is sealed; hashes, times and who works when are still no business of the machine's other accounts.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            alone = new FileStream(Path.Combine(folder, "vault.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new VaultInUseException("Another vault process has the store in the data folder open. Stop it first.", e);
        }

        readers = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "vault.db"), Pooling = true }.ConnectionString;
        writer = new SqliteConnection(new SqliteConnectionStringBuilder(readers) { Pooling = false }.ConnectionString);
        writer.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA foreign_keys = ON");
        // Measured: fewer, longer checkpoints raise throughput; 16 MiB of log at most between them.
        Execute("PRAGMA wal_autocheckpoint = 4000");
        Migrate();
    }

    public override void Begin() => transaction = writer.BeginTransaction(deferred: false);

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
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }

        EndTransaction();
    }

    public override Dictionary<Guid, HeadRow> ReadHeads(IReadOnlyCollection<Guid> ids, bool sealedBytes)
    {
        var command = Prepare(sealedBytes
            ? "SELECT lab, project, kind, version, key, content_id, bytes, weight, sealed FROM record WHERE id = $id"
            : "SELECT lab, project, kind, version, key, content_id, bytes, weight FROM record WHERE id = $id");
        Dictionary<Guid, HeadRow> heads = new(ids.Count);
        if (!sealedBytes && ids.Count >= Many && AreNew(ids))
            return heads;
        foreach (var id in ids)
        {
            Set(command, 0, "$id", Blob(id));
            using var r = command.ExecuteReader();
            if (r.Read())
            {
                heads[id] = new HeadRow(
                    id, r.GetInt64(0), ReadId(r, 1), (RecordKind)ReadSmall(r, 2), r.GetInt64(3), ReadId(r, 4), ReadBytes(r, 5), r.GetInt64(6),
                    sealedBytes ? ReadBytes(r, 8) : null, ReadBytesOrNull(r, 7));
            }
        }

        return heads;
    }

    // Ids of an import's records rise, above all there are: one look at where they would lie tells that none is there.
    private bool AreNew(IReadOnlyCollection<Guid> ids)
    {
        var command = Prepare("SELECT 1 FROM record WHERE id >= $low AND id <= $high LIMIT 1");
        Set(command, 0, "$low", Blob(ids.Min()));
        Set(command, 1, "$high", Blob(ids.Max()));
        return command.ExecuteScalar() is null;
    }

    public override void MarkDisclosed(IReadOnlyList<Reading> readings)
    {
        var look = Prepare("SELECT version, receipt FROM disclosed WHERE record = $record AND principal = $principal");
        var note = Prepare(
            """
            INSERT INTO disclosed (record, principal, version, receipt) VALUES ($record, $principal, $version, $receipt)
            ON CONFLICT (record, principal) DO UPDATE SET version = excluded.version, receipt = excluded.receipt
            """);
        foreach (var reading in readings)
        {
            Set(look, 0, "$record", Blob(reading.Record));
            Set(look, 1, "$principal", Blob(reading.Principal));
            using (var r = look.ExecuteReader())
                reading.Before = r.Read() ? (r.GetInt64(0), r.GetInt64(1)) : null;
            reading.First = reading.Before is not { } before || before.Version < reading.Version;
            if (!reading.First)
                continue;
            Set(note, 0, "$record", Blob(reading.Record));
            Set(note, 1, "$principal", Blob(reading.Principal));
            Set(note, 2, "$version", reading.Version);
            Set(note, 3, "$receipt", reading.Receipt);
            note.ExecuteNonQuery();
        }
    }

    public override void WriteRecords(IReadOnlyList<RecordWrite> records)
    {
        foreach (var record in records)
        {
            if (!record.IsNew && record.KeepsHistory)
            {
                Write(
                    """
                    INSERT INTO record_history (id, version, key, content_id, bytes, sealed_at, sealed)
                    SELECT id, version, key, content_id, bytes, sealed_at, sealed FROM record WHERE id = @id
                    """,
                    ("@id", record.Row.Id));
            }

            var command = Prepare(record.IsNew
                ? """
                  INSERT INTO record (version, key, content_id, bytes, sealed_at, sealed, weight, id, lab, project, kind)
                  VALUES ($version, $key, $content, $bytes, $at, $sealed, $weight, $id, $lab, $project, $kind)
                  """
                : """
                  UPDATE record SET version = $version, key = $key, content_id = $content, bytes = $bytes, sealed_at = $at, sealed = $sealed,
                      weight = $weight
                  WHERE id = $id
                  """);
            Set(command, 0, "$version", record.Row.Version);
            Set(command, 1, "$key", Blob(record.Row.Key));
            Set(command, 2, "$content", record.Row.ContentId);
            Set(command, 3, "$bytes", record.Row.Bytes);
            Set(command, 4, "$at", Micros.Of(record.SealedAt));
            Set(command, 5, "$sealed", record.Row.Sealed!);
            Set(command, 6, "$weight", Value(record.Row.Weight));
            Set(command, 7, "$id", Blob(record.Row.Id));
            if (record.IsNew)
            {
                Set(command, 8, "$lab", record.Row.Lab);
                Set(command, 9, "$project", Blob(record.Row.Project));
                Set(command, 10, "$kind", (long)record.Row.Kind);
            }

            command.ExecuteNonQuery();
        }
    }

    public override void WriteReceipts(IReadOnlyList<ReceiptRow> receipts)
    {
        var command = Prepare(
            """
            INSERT INTO receipt (id, time, act, project, principal, first_reads, what, who, leaf)
            VALUES ($id, $time, $act, $project, $principal, $first, $what, $who, $leaf)
            """);
        foreach (var receipt in receipts)
        {
            Set(command, 0, "$id", receipt.Id);
            Set(command, 1, "$time", Micros.Of(receipt.Time));
            Set(command, 2, "$act", (long)receipt.Act);
            Set(command, 3, "$project", Blob(receipt.Project));
            Set(command, 4, "$principal", Blob(receipt.Principal));
            Set(command, 5, "$first", receipt.FirstReads);
            Set(command, 6, "$what", receipt.What);
            Set(command, 7, "$who", receipt.Who);
            Set(command, 8, "$leaf", receipt.Leaf);
            command.ExecuteNonQuery();
        }
    }

    public override void Dispose()
    {
        Rollback();
        foreach (var command in prepared.Values)
            command.Dispose();
        writer.Dispose();
        using (var pool = new SqliteConnection(readers))
            SqliteConnection.ClearPool(pool);
        alone.Dispose();
    }

    protected override DbConnection Connect()
    {
        var connection = new SqliteConnection(readers);
        connection.Open();
        return connection;
    }

    protected override DbCommand WriterCommand(string sql) => Prepare(sql);

    protected override object Value(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => Blob(id),
        DateTimeOffset time => Micros.Of(time),
        _ => value,
    };

    protected override Guid ReadId(DbDataReader reader, int column) => new(ReadBytes(reader, column), bigEndian: true);

    protected override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    private static byte[] Blob(Guid id) => id.ToByteArray(bigEndian: true);

    private static void Set(SqliteCommand command, int index, string name, object value)
    {
        if (command.Parameters.Count <= index)
            command.Parameters.Add(new SqliteParameter(name, value));
        else
            command.Parameters[index].Value = value;
    }

    private SqliteCommand Prepare(string sql)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = writer.CreateCommand();
            command.CommandText = sql;
            prepared.Add(sql, command);
        }

        command.Transaction = transaction;
        return command;
    }

    private void Migrate()
    {
        Execute("CREATE TABLE IF NOT EXISTS vault_migration (number INTEGER PRIMARY KEY)");
        foreach (var (number, sql) in Migrations("Sqlite"))
        {
            using var migration = writer.BeginTransaction(deferred: false);
            if (Execute($"INSERT OR IGNORE INTO vault_migration (number) VALUES ({number})") == 1)
                Execute(sql);
            migration.Commit();
        }
    }

    private int Execute(string sql)
    {
        using var command = writer.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private void EndTransaction()
    {
        transaction?.Dispose();
        transaction = null;
    }
}
