using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Images;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Imports;

/// <summary>Takes out again what an import brought, as long as nobody has worked on any of it.</summary>
internal static class ImportUndo
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid import, InProject at, Actor actor, IVault vault, AppDb db, Store store, CancellationToken cancellation)
    {
        var found = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == import && i.Project == at.Id, cancellation);
        if (found is null)
            return Problems.NotFound();
        // What an earlier attempt had begun is finished.
        if (found.State is not (ImportState.Done or ImportState.Undone))
            return Problems.Of(StatusCodes.Status409Conflict, "import-not-done", "Only an import that is done can be undone.");
        if (found.Updated > 0)
            return Problems.Of(StatusCodes.Status409Conflict, "import-updated", "This import changed items of earlier ones, which cannot be taken back. Import the earlier rows again.");
        if (!await TakeOutAsync(store, found, CancellationToken.None))
            return Problems.Of(StatusCodes.Status409Conflict, "import-worked-on", "Somebody has worked on items of this import, so that it stays.");
        await ItemRows.DiscardAsync(vault, store, actor.Lab, at.Facts.Id, actor.Principal, import, CancellationToken.None);
        await ImageRows.RemoveAsync(vault, store, actor.Lab, at.Facts.Id, actor.Principal, import, CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>Removes its open slots and takes its items out of their batches, all or nothing.</summary>
    /// <returns>False where some slot is not open any more.</returns>
    private static async Task<bool> TakeOutAsync(Store store, Import import, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(cancellation);
        // Its items lie together: their ids begin with the time that it began at.
        const string items = "SELECT id FROM item WHERE project = @project AND id >= @first AND import = @import AND batch IS NOT NULL";
        await RunAsync(connection, import, $"DELETE FROM slot WHERE state = 0 AND item IN ({items})");
        if (await AnyAsync(connection, import, $"SELECT 1 FROM slot WHERE item IN ({items}) LIMIT 1"))
            return false;
        await RunAsync(
            connection, import,
            """
            UPDATE batch SET items = items - (SELECT count(*) FROM item i WHERE i.batch = batch.id AND i.import = @import)
            WHERE project = @project AND EXISTS (SELECT 1 FROM item i WHERE i.batch = batch.id AND i.import = @import)
            """);
        await RunAsync(connection, import, "UPDATE item SET batch = NULL WHERE project = @project AND id >= @first AND import = @import AND batch IS NOT NULL");
        await RunAsync(connection, import, "UPDATE import SET state = 7, imported = 0 WHERE id = @import");
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static async Task RunAsync(DbConnection connection, Import import, string sql)
    {
        await using var command = Command(connection, import, sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> AnyAsync(DbConnection connection, Import import, string sql)
    {
        await using var command = Command(connection, import, sql);
        return await command.ExecuteScalarAsync() is not null;
    }

    private static DbCommand Command(DbConnection connection, Import import, string sql) => connection.Command(
        sql, ("@project", import.Project), ("@import", import.Id), ("@first", ItemIds.From(import.StartedAt ?? import.CreatedAt)));
}
