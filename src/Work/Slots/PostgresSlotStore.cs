using System.Data;
using Cofferdam.Work.Batches;
using Npgsql;
using NpgsqlTypes;

namespace Cofferdam.Work.Slots;

/// <summary>PostgreSQL: every statement of every operation in one round trip, which is also the transaction.</summary>
internal sealed class PostgresSlotStore(NpgsqlDataSource source) : SlotStore
{
    private NpgsqlConnection? connection;

    public override bool Shared => true;

    public override void Execute(List<SlotOperation> operations)
    {
        if (connection is not { State: ConnectionState.Open })
        {
            connection?.Dispose();
            connection = source.OpenConnection();
        }

        // A batch without an explicit transaction is one: all of it commits at its end or nothing does. The lock lets a
        // change of a batch's state wait for the rounds that may have read the state before.
        using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock_shared({BatchStates.Lock})"));
        foreach (var operation in operations)
        {
            foreach (var statement in operation.Script)
            {
                var command = new NpgsqlBatchCommand(statement.Postgres);
                operation.Bind(statement, new PostgresArguments(command.Parameters));
                batch.BatchCommands.Add(command);
            }
        }

        if (batch.BatchCommands.Count > 1)
            Read(batch, operations);
        else
            operations.ForEach(operation => operation.Ran());
    }

    public override void Dispose() => connection?.Dispose();

    private static void Read(NpgsqlBatch batch, List<SlotOperation> operations)
    {
        // Statements that return no rows have no result of their own: the count of commands tells them apart.
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        var row = new PostgresRow(reader);
        foreach (var operation in operations)
        {
            foreach (var statement in operation.Script)
            {
                if (!statement.Postgres.Contains("RETURNING", StringComparison.Ordinal) && !statement.Postgres.StartsWith("SELECT", StringComparison.Ordinal))
                    continue;
                while (reader.Read())
                    operation.Read(statement, row);
                reader.NextResult();
            }

            operation.Ran();
        }

        // Reads on to the end of the batch, where an error of the commit would show.
        while (reader.NextResult())
        {
        }
    }

    private sealed class PostgresArguments(NpgsqlParameterCollection parameters) : Arguments
    {
        public override void Add(Guid id) => parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });

        public override void Add(Guid? id)
        {
            if (id is { } value)
                Add(value);
            else
                parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = DBNull.Value });
        }

        public override void Add(long number) => parameters.Add(new NpgsqlParameter<long> { TypedValue = number });

        public override void Add(bool flag) => parameters.Add(new NpgsqlParameter<bool> { TypedValue = flag });

        public override void Add(bool? flag)
        {
            if (flag is { } value)
                Add(value);
            else
                parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Boolean, Value = DBNull.Value });
        }

        public override void Add(double number) => parameters.Add(new NpgsqlParameter<double> { TypedValue = number });

        public override void Add(byte[]? bytes) =>
            parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = bytes ?? (object)DBNull.Value });
    }

    private sealed class PostgresRow(NpgsqlDataReader reader) : Row
    {
        public override bool IsNull(int column) => reader.IsDBNull(column);

        public override Guid Id(int column) => reader.GetGuid(column);

        public override long Number(int column) => reader.GetFieldType(column) == typeof(long) ? reader.GetInt64(column)
            : reader.GetFieldType(column) == typeof(int) ? reader.GetInt32(column) : reader.GetInt16(column);

        public override bool Flag(int column) => reader.GetBoolean(column);
    }
}
