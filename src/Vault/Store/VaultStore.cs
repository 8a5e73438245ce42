using System.Data.Common;
using System.Reflection;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Store;

/// <summary>The vault's own store, in plain ADO.NET.</summary>
/// <remarks>
/// One thread writes, through one connection and one transaction at a time: the members from <see cref="Begin"/> to
/// <see cref="Rollback"/> and those between are that thread's alone. Queries may come from any thread and use
/// connections of their own. The hot members take a whole batch, so that each provider does them in its own best way.
/// </remarks>
internal abstract partial class VaultStore : IDisposable
{
    private const string LabColumns = "number, id, key, wrapped, custodian, root, keyed_at, slug";
    private const string ReceiptColumns = "id, time, act, project, principal, first_reads, what, who, leaf";

    protected const string LedgerColumns = "lab, size, frontier, log, origin, token, epoch, heads";

    /// <summary>Opens the store: SQLite alone, PostgreSQL with whatever other vault processes share it.</summary>
    /// <exception cref="VaultInUseException">Another vault process has it open, alone.</exception>
    public static VaultStore Open(VaultOptions options) => options.Store switch
    {
        "sqlite" => new SqliteVaultStore(options.DataFolder),
        var uri when uri.StartsWith("postgres://", StringComparison.Ordinal) => new PostgresVaultStore(uri),
        _ => throw new ArgumentException("The store must be 'sqlite' or 'postgres://user:password@host:port/database'.", nameof(options)),
    };

    public abstract void Begin();

    /// <summary>Returns once the transaction is durable.</summary>
    public abstract void Commit();

    public abstract void Rollback();

    /// <summary>Heads of the ids that exist, by id.</summary>
    public abstract Dictionary<Guid, HeadRow> ReadHeads(IReadOnlyCollection<Guid> ids, bool sealedBytes);

    /// <summary>Notes who is handed what, and sets <see cref="Reading.First"/> and, of first reads, <see cref="Reading.Before"/>. No pair may come twice.</summary>
    public abstract void MarkDisclosed(IReadOnlyList<Reading> readings);

    public abstract void WriteRecords(IReadOnlyList<RecordWrite> records);

    public abstract void WriteReceipts(IReadOnlyList<ReceiptRow> receipts);

    /// <summary>Moves a ledger on from the size and token it had when it was read.</summary>
    /// <returns>False where another writer was there: this process must stop.</returns>
    public bool AdvanceLedger(LedgerRow ledger, long from) => Write(
        """
        UPDATE ledger SET size = @size, frontier = @frontier, heads = @heads, token = @token, epoch = @epoch
        WHERE lab = @lab AND size = @from AND log = @log AND token = @found
        """,
        ("@size", ledger.Size), ("@frontier", ledger.Frontier), ("@heads", ledger.Heads), ("@token", ledger.Token), ("@epoch", ledger.Epoch), ("@lab", ledger.Lab),
        ("@from", from), ("@log", ledger.Log), ("@found", ledger.Found)) == 1;

    public void RemoveRecords(IReadOnlyCollection<Guid> ids)
    {
        foreach (var id in ids)
        {
            Write("DELETE FROM record WHERE id = @id", ("@id", id));
            Write("DELETE FROM record_history WHERE id = @id", ("@id", id));
        }
    }

    public LabRow InsertLab(Guid id, LabKey key, byte[] wrapped, byte[] emptyFrontier, DateTimeOffset now)
    {
        var number = NextNumber();
        Write(
            """
            INSERT INTO lab (number, id, key, wrapped, custodian, root, keyed_at, created_at)
            VALUES (@number, @id, @key, @wrapped, @custodian, @root, @now, @now)
            """,
            ("@number", number), ("@id", id), ("@key", key.Id), ("@wrapped", wrapped), ("@custodian", key.Custodian), ("@root", key.Root), ("@now", now));
        InsertRoot(number, key.Custodian, key.Root);
        Write("INSERT INTO ledger (lab, size, frontier) VALUES (@lab, 0, @frontier)", ("@lab", number), ("@frontier", emptyFrontier));
        return new LabRow(number, id, key.Id, wrapped, key.Custodian, key.Root, now);
    }

    public LabRow? Lab(Guid id) => Query($"SELECT {LabColumns} FROM lab WHERE id = @id", ReadLab, ("@id", id)).FirstOrDefault();

    public IReadOnlyList<LabRow> Labs() => Query($"SELECT {LabColumns} FROM lab ORDER BY number", ReadLab);

    public LabId LabId(long number) => Query(
        "SELECT id FROM lab WHERE number = @number", r => new LabId(ReadId(r, 0)), ("@number", number)).Single();

    public LedgerRow Ledger(long lab) => Query(
        $"SELECT {LedgerColumns} FROM ledger WHERE lab = @lab", ReadLedger, ("@lab", lab)).Single();

    public long? HeadVersion(Guid record) => Query(
        "SELECT version FROM record WHERE id = @id", r => (long?)r.GetInt64(0), ("@id", record)).FirstOrDefault();

    /// <summary>What a principal's first reads since a time weigh.</summary>
    public long FirstReads(long lab, Guid principal, DateTimeOffset since) => Query(
        "SELECT coalesce(sum(first_reads), 0) FROM receipt WHERE principal = @principal AND id >= @low AND id < @high AND time >= @since",
        r => Convert.ToInt64(r.GetValue(0), null),
        ("@principal", principal), ("@low", ReceiptRow.IdOf(lab, 0)), ("@high", ReceiptRow.IdOf(lab + 1, 0)), ("@since", since)).Single();

    public IReadOnlyList<Guid> Records(long lab, Guid project, RecordKind kind, Guid after, int limit) => Query(
        // The kind stands in the text, so that the partial index on secrets can serve.
        $"SELECT id FROM record WHERE lab = @lab AND project = @project AND kind = {(int)kind} AND id > @after ORDER BY id LIMIT @limit",
        r => ReadId(r, 0), ("@lab", lab), ("@project", project), ("@after", after), ("@limit", (long)limit));

    public ReceiptRow? Receipt(long lab, long sequence) => Query(
        $"SELECT {ReceiptColumns} FROM receipt WHERE id = @id", ReadReceipt, ("@id", ReceiptRow.IdOf(lab, sequence))).FirstOrDefault();

    public IReadOnlyList<ReceiptRow> ReceiptsFrom(long lab, long sequence, int limit) => Query(
        $"SELECT {ReceiptColumns} FROM receipt WHERE id >= @low AND id < @high ORDER BY id LIMIT @limit", ReadReceipt,
        ("@low", ReceiptRow.IdOf(lab, sequence)), ("@high", ReceiptRow.IdOf(lab + 1, 0)), ("@limit", (long)limit));


    public abstract void Dispose();

    /// <summary>An open connection of a reader's own.</summary>
    protected abstract DbConnection Connect();

    /// <summary>A command of the writer's connection and transaction; prepared once per text.</summary>
    protected abstract DbCommand WriterCommand(string sql);

    /// <summary>A value as this provider's driver takes it.</summary>
    protected abstract object Value(object? value);

    protected abstract Guid ReadId(DbDataReader reader, int column);

    /// <summary>SQL for: one blob holds another.</summary>
    protected abstract string Contains(string column, string parameter);

    /// <summary>As it would be taken over: under the next token.</summary>
    protected static LedgerRow ReadLedger(DbDataReader r) => new(r.GetInt64(0), r.GetInt64(1), ReadBytes(r, 2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetInt64(5) + 1, r.GetInt64(5), r.GetInt64(6))
    {
        Heads = ReadBytes(r, 7),
    };

    protected static byte[] ReadBytes(DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    protected static byte[]? ReadBytesOrNull(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : ReadBytes(reader, column);

    /// <summary>A number of one byte; 0, which stands for nothing, where an edit made it another.</summary>
    protected static byte ReadSmall(DbDataReader reader, int column) => reader.GetInt64(column) is >= 0 and <= byte.MaxValue and var number ? (byte)number : (byte)0;

    protected static DateTimeOffset ReadTime(DbDataReader reader, int column) => Micros.Time(reader.GetInt64(column));

    protected int Write(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = WriterCommand(sql);
        Bind(command, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The migrations of this provider, in order.</summary>
    protected static IEnumerable<(int Number, string Sql)> Migrations(string provider)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(VaultStore).Namespace}.Migrations.{provider}.";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name.AsSpan(prefix.Length, 4)), text.ReadToEnd());
        }
    }

    private long? WriterScalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = WriterCommand(sql);
        Bind(command, parameters);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, null) : null;
    }

    private List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            using var connection = Connect();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Bind(command, parameters);
            using var reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
        catch (DbException e)
        {
            throw new VaultStoreException("The vault's store failed; nothing was opened or sealed. Look at its disk, its space and its rights.", e);
        }
    }

    private void Bind(DbCommand command, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (command.Parameters.Count == 0)
        {
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = Value(parameters[i].Value);
    }

    private ReceiptRow ReadReceipt(DbDataReader r) => new(
        r.GetInt64(0), ReadTime(r, 1), (Act)ReadSmall(r, 2), ReadId(r, 3), ReadId(r, 4), r.GetInt64(5), ReadBytes(r, 6), ReadBytes(r, 7), ReadBytes(r, 8));
}

/// <summary>UTC microseconds since 1970, the precision of receipts and of both databases.</summary>
internal static class Micros
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) =>
        new((micros * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
