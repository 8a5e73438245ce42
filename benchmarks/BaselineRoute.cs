using System.Buffers;
using System.Text;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Cofferdam.Bench;

/// <summary>
/// What a tool without trust would do: the same lease, through the same loop and the same commit, then an item kept in
/// clear. No suspension, no limits, no receipt, no key. Only a measured node has this route.
/// </summary>
internal static class BaselineRoute
{
    public const string Path = "/bench/next";

    private const int GuidelineBytes = 1024;

    private static readonly byte[] Guidelines = Encoding.ASCII.GetBytes(new string('g', GuidelineBytes));

    [ThreadStatic]
    private static ClearItems? items;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? body;

    public static void Map(WebApplication app) =>
        app.MapPost("/api/labs/{lab}/projects/{project:guid}" + Path, NextAsync).RequireAuthorization(Policies.Member);

    /// <summary>A kilobyte of text per item, in the database of everything but the vault.</summary>
    public static async Task KeepInClearAsync(Store store)
    {
        await using var connection = await store.OpenAsync();
        await connection.ExecuteAsync("CREATE TABLE bench_clear (item BLOB NOT NULL PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID");
        // In runs, so that the node's own writer has its turn in between.
        var run = connection.Command(
            """
            INSERT INTO bench_clear SELECT id, CAST(hex(randomblob(512)) AS BLOB) FROM item
            WHERE id > coalesce((SELECT max(item) FROM bench_clear), x'') ORDER BY id LIMIT 20000
            """);
        await using (run)
        {
            while (await run.ExecuteNonQueryAsync() > 0)
            {
            }
        }

        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static async Task<IResult> NextAsync(Guid project, Actor actor, SlotLoop slots, Store store, ProjectCatalog catalog, HttpContext context)
    {
        var facts = (await catalog.FindAsync(actor.Lab, project, context.RequestAborted))!;
        var asked = await slots.LeaseAsync(facts.Open with { Held = int.MaxValue }, actor.Pseudonym, context.RequestAborted);
        if ((await asked.Done).Lease is not { } lease)
            return TypedResults.NoContent();

        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        var written = Write(lease, store);
        response.ContentLength = written.Length;
        written.Span.CopyTo(response.BodyWriter.GetSpan(written.Length));
        response.BodyWriter.Advance(written.Length);
        await response.BodyWriter.FlushAsync();
        return Results.Empty;
    }

    private static ReadOnlyMemory<byte> Write(SlotLease lease, Store store)
    {
        items ??= new ClearItems(store);
        body ??= new ArrayBufferWriter<byte>(4096);
        body.ResetWrittenCount();
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("slot"u8, lease.Slot);
        json.WriteString("item"u8, lease.Item);
        json.WriteString("leaseUntil"u8, lease.LeaseUntil!.Value);
        json.WriteString("guidelines"u8, Guidelines);
        items.Write(lease.Item, json);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    /// <summary>Reads items in clear on a connection of one thread's own, with a statement prepared once.</summary>
    private sealed class ClearItems
    {
        private readonly sqlite3 database;
        private readonly sqlite3_stmt select;

        public ClearItems(Store store)
        {
            var path = new SqliteConnectionStringBuilder(store.Options.Address).DataSource;
            SqliteException.ThrowExceptionForRC(sqlite3_open_v2(path, out database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, null), database);
            SqliteException.ThrowExceptionForRC(
                sqlite3_prepare_v3(database, "SELECT body FROM bench_clear WHERE item = ?1", SQLITE_PREPARE_PERSISTENT, out select), database);
        }

        public void Write(Guid item, Utf8JsonWriter json)
        {
            Span<byte> id = stackalloc byte[16];
            item.TryWriteBytes(id, bigEndian: true, out _);
            _ = sqlite3_bind_blob(select, 1, id);
            if (sqlite3_step(select) != SQLITE_ROW)
                throw new InvalidOperationException("An item has no copy in clear.");
            json.WriteString("text"u8, sqlite3_column_blob(select, 0));
            _ = sqlite3_reset(select);
        }
    }
}
