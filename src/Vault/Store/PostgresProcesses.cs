using Npgsql;

namespace Cofferdam.Vault.Store;

/// <summary>Another vault process of this store.</summary>
/// <param name="Acked">Epoch that it goes by.</param>
/// <param name="HasLease">It may hand out.</param>
/// <param name="InFlight">Receipts that it handed out shortly before, in scopes suspended since.</param>
internal sealed record OtherProcess(Guid Id, long Acked, bool HasLease, long[] InFlight);

/// <summary>Table <c>vault_process</c>: the vault processes that share a store, with their leases by the server's clock.</summary>
/// <remarks>One thread renews, on a connection of its own that also listens; what is asynchronous may be asked by any.</remarks>
internal sealed class PostgresProcesses(NpgsqlDataSource source) : IDisposable
{
    /// <summary>Raised epochs are announced here.</summary>
    public const string Channel = "cofferdam_vault";

    /// <summary>A lease, and what a process may stand still for within a transaction before its session ends: longer, for a first commit compiles what it runs.</summary>
    public const int LeaseMilliseconds = 500, IdleMilliseconds = 1_500;

    private NpgsqlConnection? connection;

    /// <summary>Extends a process's lease, if it goes by the newest epoch.</summary>
    /// <returns>The newest epoch: the lease was extended if it is <paramref name="acked"/>.</returns>
    public long Renew(Guid process, long acked, long[] inFlight)
    {
        // The share lock puts this before or after every act that raises the epoch: after one, no lease is extended by a
        // process that has not acknowledged it, not even by a statement that began before.
        using var command = new NpgsqlCommand(
            $"""
            WITH c AS (SELECT epoch FROM control FOR SHARE)
            INSERT INTO vault_process AS p (id, lease_until, acked, in_flight)
            SELECT @id, clock_timestamp() + CASE WHEN c.epoch = @acked THEN interval '{LeaseMilliseconds} ms' ELSE interval '0' END, @acked, @flight FROM c
            ON CONFLICT (id) DO UPDATE
            SET lease_until = greatest(p.lease_until, excluded.lease_until), acked = excluded.acked, in_flight = excluded.in_flight
            RETURNING (SELECT epoch FROM c)
            """,
            Connection());
        command.Parameters.AddWithValue("@id", process);
        command.Parameters.AddWithValue("@acked", acked);
        command.Parameters.AddWithValue("@flight", inFlight);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Waits until an epoch is announced.</summary>
    public void Wait(TimeSpan longest) => Connection().Wait(longest);

    /// <summary>Ends a process's lease.</summary>
    public void Leave(Guid process)
    {
        using var command = new NpgsqlCommand("DELETE FROM vault_process WHERE id = @id", Connection());
        command.Parameters.AddWithValue("@id", process);
        command.ExecuteNonQuery();
    }

    /// <summary>After a failure: the next call connects anew.</summary>
    public void Disconnect()
    {
        connection?.Dispose();
        connection = null;
    }

    public async Task<IReadOnlyList<OtherProcess>> OthersAsync(Guid self)
    {
        await using var command = source.CreateCommand("SELECT id, acked, lease_until >= clock_timestamp(), in_flight FROM vault_process WHERE id <> @id");
        command.Parameters.AddWithValue("@id", self);
        await using var reader = await command.ExecuteReaderAsync();
        List<OtherProcess> others = [];
        while (await reader.ReadAsync())
            others.Add(new OtherProcess(reader.GetGuid(0), reader.GetInt64(1), reader.GetBoolean(2), reader.GetFieldValue<long[]>(3)));
        return others;
    }

    /// <summary>Strikes processes off whose lease ran out without an acknowledgement. One that wakes up puts itself down again.</summary>
    public async Task TryRemoveExpiredAsync(long epoch)
    {
        try
        {
            await using var command = source.CreateCommand("DELETE FROM vault_process WHERE acked < @epoch AND lease_until < clock_timestamp()");
            command.Parameters.AddWithValue("@epoch", epoch);
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // Tidying only: a row without a lease counts for nothing.
        }
    }

    public void Dispose() => Disconnect();

    private NpgsqlConnection Connection()
    {
        if (connection is { } open)
            return open;
        connection = source.OpenConnection();
        using var listen = new NpgsqlCommand($"SET statement_timeout = '{LeaseMilliseconds * 2}ms'; LISTEN {Channel}", connection);
        listen.ExecuteNonQuery();
        return connection;
    }
}
