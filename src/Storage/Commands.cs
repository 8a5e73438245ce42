using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Storage;

/// <summary>Plain SQL that reads the same on both databases: parameters are <c>@name</c>, ids and times go in as the model has them.</summary>
public static class Commands
{
    public static async Task ExecuteAsync(this DbConnection connection, string sql, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A command with its parameters bound.</summary>
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Bind(name, value);
        return command;
    }

    /// <summary>Binds a parameter, or changes its value where it is bound already.</summary>
    public static void Bind(this DbCommand command, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Parameters.Contains(name))
            command.Parameters[name].Value = Stored(command, value);
        else
            command.Add(name, value);
    }

    /// <summary>Binds a parameter that is not bound yet. Of many it is not looked for among those before it.</summary>
    public static void Add(this DbCommand command, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(command);
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = Stored(command, value);
        command.Parameters.Add(parameter);
    }

    private static object Stored(DbCommand command, object? value) => value switch
    {
        null => DBNull.Value,
        Guid id when command is SqliteCommand => id.ToByteArray(true),
        DateTimeOffset time => time.ToMicroseconds(),
        _ => value,
    };

    /// <summary>An id as the provider keeps it.</summary>
    public static Guid Id(this DbDataReader reader, int column)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader is SqliteDataReader ? new Guid((byte[])reader.GetValue(column), true) : reader.GetGuid(column);
    }

    /// <summary>UTC microseconds since 1970.</summary>
    public static long ToMicroseconds(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of UTC microseconds since 1970.</summary>
    public static DateTimeOffset FromMicroseconds(long micros) => new((micros * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
