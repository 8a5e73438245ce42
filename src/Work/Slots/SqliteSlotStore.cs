using System.Runtime.InteropServices;
using Cofferdam.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Cofferdam.Work.Slots;

/// <summary>SQLite on a connection of its own, with statements prepared once.</summary>
/// <remarks>Uses the library directly: at ten thousand leases a second, ADO.NET's boxing would cost more than the SQL.</remarks>
internal sealed class SqliteSlotStore : SlotStore
{
    private readonly sqlite3 database;
    private readonly Dictionary<Statement, Prepared> statements = [];
    private readonly Prepared begin;
    private readonly Prepared commit;
    private readonly Prepared rollback;

    public SqliteSlotStore(StoreOptions options)
    {
        Batteries_V2.Init();
        var path = new SqliteConnectionStringBuilder(options.Address).DataSource;
        SqliteException.ThrowExceptionForRC(sqlite3_open_v2(path, out database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, null), database);
        SqliteException.ThrowExceptionForRC(sqlite3_exec(database, Store.Pragmas), database);
        begin = new Prepared(database, "BEGIN IMMEDIATE");
        commit = new Prepared(database, "COMMIT");
        rollback = new Prepared(database, "ROLLBACK");
    }

    public override bool Shared => false;

    public override void Execute(List<SlotOperation> operations)
    {
        begin.Run();
        try
        {
            foreach (var operation in operations)
            {
                foreach (var statement in operation.Script)
                    Run(operation, statement);
                operation.Ran();
            }

            commit.Run();
        }
        catch
        {
            // Some errors have rolled back already; then there is no transaction left to end.
            if (sqlite3_get_autocommit(database) == 0)
                rollback.Run();
            throw;
        }
    }

    public override void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Dispose();
        begin.Dispose();
        commit.Dispose();
        rollback.Dispose();
        database.Dispose();
    }

    private void Run(SlotOperation operation, Statement statement)
    {
        ref var prepared = ref CollectionsMarshal.GetValueRefOrAddDefault(statements, statement, out _);
        prepared ??= new Prepared(database, statement.Sqlite);
        operation.Bind(statement, prepared.Arguments);
        prepared.Run(operation, statement);
    }

    private sealed class Prepared : IDisposable
    {
        private readonly sqlite3 database;
        private readonly sqlite3_stmt statement;
        private readonly SqliteArguments arguments;
        private readonly SqliteRow row;

        public Prepared(sqlite3 database, string sql)
        {
            this.database = database;
            SqliteException.ThrowExceptionForRC(sqlite3_prepare_v3(database, sql, SQLITE_PREPARE_PERSISTENT, out statement), database);
            arguments = new SqliteArguments(statement);
            row = new SqliteRow(statement);
        }

        public Arguments Arguments => arguments;

        public void Run(SlotOperation? operation = null, Statement? asked = null)
        {
            var result = SQLITE_ROW;
            try
            {
                while ((result = sqlite3_step(statement)) == SQLITE_ROW)
                    operation!.Read(asked!, row);
                if (result != SQLITE_DONE)
                    SqliteException.ThrowExceptionForRC(result, database);
            }
            finally
            {
                // Its return value repeats the step's error.
                _ = sqlite3_reset(statement);
                arguments.Reset();
            }
        }

        public void Dispose() => statement.Dispose();
    }

    private sealed class SqliteArguments(sqlite3_stmt statement) : Arguments
    {
        private int last;

        public void Reset() => last = 0;

        public override void Add(Guid id)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            Check(sqlite3_bind_blob(statement, ++last, bytes));
        }

        public override void Add(Guid? id)
        {
            if (id is { } value)
                Add(value);
            else
                Check(sqlite3_bind_null(statement, ++last));
        }

        public override void Add(long number) => Check(sqlite3_bind_int64(statement, ++last, number));

        public override void Add(bool flag) => Add(flag ? 1L : 0L);

        public override void Add(bool? flag)
        {
            if (flag is { } value)
                Add(value);
            else
                Check(sqlite3_bind_null(statement, ++last));
        }

        public override void Add(double number) => Check(sqlite3_bind_double(statement, ++last, number));

        public override void Add(byte[]? bytes)
        {
            if (bytes is null)
                Check(sqlite3_bind_null(statement, ++last));
            else
                Check(sqlite3_bind_blob(statement, ++last, bytes));
        }

        private static void Check(int result) => SqliteException.ThrowExceptionForRC(result, null);
    }

    private sealed class SqliteRow(sqlite3_stmt statement) : Row
    {
        public override bool IsNull(int column) => sqlite3_column_type(statement, column) == SQLITE_NULL;

        public override Guid Id(int column) => new(sqlite3_column_blob(statement, column), bigEndian: true);

        public override long Number(int column) => sqlite3_column_int64(statement, column);

        public override bool Flag(int column) => Number(column) != 0;
    }
}
