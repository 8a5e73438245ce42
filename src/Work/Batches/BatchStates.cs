using System.Data.Common;
using Cofferdam.Storage;

namespace Cofferdam.Work.Batches;

/// <summary>
/// Changes to a batch that leases go by. Once one of these returns, no server leases by what was before.
/// </summary>
/// <remarks>
/// A lease looks its batch up in the statement that takes the slot. SQLite has one writer, so that is enough. PostgreSQL
/// may be in the middle of such a statement: every round of every server holds <see cref="Lock"/> together, and a change
/// waits until it has it alone.
/// </remarks>
internal sealed class BatchStates(Store store)
{
    /// <summary>Any fixed number will do; it must only differ from the other advisory locks of this program.</summary>
    public const long Lock = 0x636f66665f6261;

    /// <summary>Runs one UPDATE of one batch.</summary>
    /// <returns>False where it met no row.</returns>
    public async Task<bool> ChangeAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!store.IsSqlite)
            await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({Lock})", cancellation);
        var changed = await RunAsync(connection, sql, values, cancellation);
        await transaction.CommitAsync(cancellation);
        return changed > 0;
    }

    private static async Task<int> RunAsync(DbConnection connection, string sql, (string Name, object? Value)[] values, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
