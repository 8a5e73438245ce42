using System.Data.Common;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Threading.Channels;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Images;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Imports;

/// <summary>Takes one file in: parses, seals and keeps it in batches at constant memory, then makes it count, or discards all of it.</summary>
/// <remarks>
/// Three stages run side by side: rows are parsed, batches of them sealed (some at once, whose receipts then commit
/// together), and what is sealed is kept in the database in the file's order.
/// </remarks>
internal sealed class ImportRun(IVault vault, Store store, TimeProvider time, LabId lab, ProjectId project, Principal by, Import import) : IDisposable
{
    /// <summary>Longest row: 16 MiB, as a record may be.</summary>
    public const int LongestRow = IVault.MaxRecordBytes;

    private const int ReadBytes = 128 * 1024;

    /// <summary>Batches sealed but not yet kept; they wait as ids alone. External ids lie in no order: many at once share pages of their index.</summary>
    private const int MostWaiting = 64;

    // SQLite, while a file comes in: 64 MiB of pages in memory, and of log between checkpoints. The connection goes back as it came.
    private const string ManyRows = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000";
    private const string FewRows = "PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 1000";

    /// <summary>Batches sealed at once: their receipts commit together, and none of them holds up the vault for long.</summary>
    private const int MostSealing = 8;

    private static readonly TimeSpan NoteEvery = TimeSpan.FromMilliseconds(250);

    private readonly ImportReports reports = new(vault, store, lab, project, by, import.Id);
    private readonly Channel<RowBatch> parsed = Channel.CreateBounded<RowBatch>(1);
    private readonly Channel<Task<SealedRows>> sealing = Channel.CreateBounded<Task<SealedRows>>(MostWaiting);
    private readonly RisingIds ids = new(import.StartedAt ?? time.GetUtcNow());
    private readonly bool refuses = import.BadRows is BadRows.Refuse;
    // An update must see the rows before it; new items need not wait for each other.
    private readonly SemaphoreSlim places = new(import.Updates is KnownRows.Update ? 1 : MostSealing);
    private volatile bool refused;
    private FileDigest? digest;
    private long noted = Stopwatch.GetTimestamp();

    /// <summary>Reads the file to its end.</summary>
    /// <param name="source">What reads its rows.</param>
    /// <param name="again">The same file may be imported once more.</param>
    /// <returns>What became of it, and a sentence where it failed as a whole.</returns>
    /// <exception cref="Exception">The line broke, or the store or the vault did; nothing was kept.</exception>
    public async Task<(ImportState State, string? Sentence)> RunAsync(Stream input, Func<PipeReader, RowSource> source, RowParser parser, bool again, CancellationToken cancellation)
    {
        var body = digest = new FileDigest(input);
        try
        {
            await ReadAsync(body, source, parser, cancellation);
            if (body.Bytes > 0)
                import.Fingerprint = (await vault.FingerprintAsync(lab, project, [(byte[])[.. "file\n"u8, .. body.Digest()]], cancellation))[0];
        }
        catch (ImportFileException fault)
        {
            await DiscardAsync(ImportState.Failed);
            return (ImportState.Failed, fault.Message);
        }
        catch (Exception broken)
        {
            var interrupted = broken is OperationCanceledException or IOException or BadHttpRequestException;
            await DiscardAsync(interrupted ? ImportState.Interrupted : ImportState.Failed);
            throw;
        }

        if (!again && import.Fingerprint is not null && import.Rows > 0 && await IsKnownAsync(cancellation))
        {
            await DiscardAsync(ImportState.Known);
            return (ImportState.Known, null);
        }

        if (refuses && reports.Count > 0)
        {
            await DiscardAsync(ImportState.Refused);
            return (ImportState.Refused, null);
        }

        await EndAsync(ImportState.Done);
        return (ImportState.Done, null);
    }

    public void Dispose()
    {
        digest?.Dispose();
        places.Dispose();
    }

    private async Task ReadAsync(Stream body, Func<PipeReader, RowSource> source, RowParser parser, CancellationToken cancellation)
    {
        var images = await ImportImages.OfAsync(vault, store, lab, project, import.Id, cancellation);
        var first = await IsFirstAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(
            StageAsync(stop, () => ParseAsync(body, source, parser, stop.Token)),
            StageAsync(stop, () => SealAsync(images, first, stop.Token)),
            // Never cancelled: what is sealed is kept, so that it can be discarded in good order.
            StageAsync(stop, KeepAsync));
    }

    // The first stage to fail stops those before it; those after it finish what they were given.
    private static Task StageAsync(CancellationTokenSource stop, Func<Task> stage) => Task.Run(async () =>
    {
        try
        {
            await stage();
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    });

    private async Task ParseAsync(Stream body, Func<PipeReader, RowSource> source, RowParser parser, CancellationToken cancellation)
    {
        try
        {
            var input = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: ReadBytes, minimumReadSize: ReadBytes / 4, leaveOpen: true));
            var batch = NewBatch();
            await foreach (var line in source(input).ReadAsync(cancellation))
            {
                if (Parse(line, parser, batch) is { } overflow)
                {
                    await parsed.Writer.WriteAsync(batch, cancellation);
                    batch = NewBatch();
                    batch.TryAdd(line.Number, ids.Next(), overflow);
                }

                if (batch.IsFull)
                {
                    await parsed.Writer.WriteAsync(batch, cancellation);
                    batch = NewBatch();
                }
            }

            await input.CompleteAsync();
            await parsed.Writer.WriteAsync(batch, cancellation);
        }
        finally
        {
            parsed.Writer.Complete();
        }
    }

    private RowBatch NewBatch() => new(distinct: import.Updates is KnownRows.Update);

    /// <returns>A row that has no place in the batch any more.</returns>
    private ParsedRow? Parse(Line line, RowParser parser, RowBatch batch)
    {
        try
        {
            var row = line.Fault is null ? parser.Parse(line.Bytes) : throw new RowException(line.Fault);
            return batch.TryAdd(line.Number, ids.Next(), row) ? null : row;
        }
        catch (RowException fault)
        {
            batch.Add(new BadRow(line.Number, fault.Message));
            refused |= refuses;
            return null;
        }
    }

    private async Task SealAsync(ImportImages images, bool first, CancellationToken cancellation)
    {
        var rows = new RowSealing(vault, store, lab, project, by, import, images, first);
        try
        {
            await foreach (var batch in parsed.Reader.ReadAllAsync(cancellation))
            {
                await places.WaitAsync(cancellation);
                await sealing.Writer.WriteAsync(Task.Run(async () =>
                {
                    try
                    {
                        return await rows.SealAsync(batch, keep: !refused);
                    }
                    finally
                    {
                        places.Release();
                    }
                }, CancellationToken.None), cancellation);
            }
        }
        finally
        {
            sealing.Writer.Complete();
        }
    }

    private async Task KeepAsync()
    {
        await using var connection = await store.OpenAsync();
        if (store.IsSqlite)
            await connection.ExecuteAsync(ManyRows);
        try
        {
            var gathered = new List<SealedRows>(MostWaiting);
            while (await sealing.Reader.WaitToReadAsync())
            {
                gathered.Clear();
                while (gathered.Count < MostWaiting && sealing.Reader.TryRead(out var rows))
                    gathered.Add(await rows);
                await KeepAsync(connection, gathered);
            }
        }
        finally
        {
            if (store.IsSqlite)
                await connection.ExecuteAsync(FewRows);
        }

        await reports.FlushAsync(all: true, CancellationToken.None);
    }

    private async Task KeepAsync(DbConnection connection, List<SealedRows> gathered)
    {
        var added = gathered.SelectMany(rows => rows.Added).ToList();
        var late = await ItemRows.InsertAsync(connection, project.Value, import.Id, added, CancellationToken.None);
        foreach (var rows in gathered)
            await KnownItems.UpdateAsync(connection, project.Value, rows.Updated, CancellationToken.None);
        var records = late.SelectMany(item => item.Gold is { } gold
            ? (RecordRef[])[new(RecordKind.Item, new RecordId(item.Id)), new(RecordKind.Gold, new RecordId(gold))]
            : [new(RecordKind.Item, new RecordId(item.Id))]);
        foreach (var some in records.Chunk(IVault.MaxRecordsPerAct))
            await vault.RemoveAsync(lab, project, by, some);

        foreach (var fault in gathered.SelectMany(rows => rows.Faults)
            .Concat(late.Select(item => new BadRow(item.Line, "a row with this id was already imported")))
            .OrderBy(fault => fault.Line))
        {
            refused |= refuses;
            reports.Add(fault.Line, fault.Reason);
        }

        import.Rows += gathered.Sum(rows => rows.Seen);
        import.Imported += added.Count - late.Count;
        import.Updated += gathered.Sum(rows => (long)rows.Updated.Count);
        import.Skipped += gathered.Sum(rows => rows.Skipped);
        await reports.FlushAsync(all: false, CancellationToken.None);
        if (Stopwatch.GetElapsedTime(noted) > NoteEvery)
        {
            noted = Stopwatch.GetTimestamp();
            await NoteAsync(connection, ImportState.Receiving);
        }
    }

    // Of a project's first file no row can be known before; one that comes twice in it is found where rows are kept.
    private async Task<bool> IsFirstAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command("SELECT 1 FROM item WHERE project = @project LIMIT 1", ("@project", project.Value));
        return await command.ExecuteScalarAsync(cancellation) is null;
    }

    private async Task<bool> IsKnownAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT 1 FROM import WHERE project = @project AND fingerprint = @fingerprint AND state = 2 AND id <> @id LIMIT 1",
            ("@project", project.Value), ("@fingerprint", import.Fingerprint), ("@id", import.Id));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private async Task DiscardAsync(ImportState state)
    {
        // The one who sent it may be gone; what it left must still go.
        await ItemRows.DiscardAsync(vault, store, lab, project, by, import.Id, CancellationToken.None);
        await ImageRows.RemoveAsync(vault, store, lab, project, by, import.Id, CancellationToken.None);
        import.Imported = 0;
        await EndAsync(state);
    }

    // From here on its items count.
    private async Task EndAsync(ImportState state)
    {
        import.EndedAt = time.GetUtcNow();
        await using var connection = await store.OpenAsync();
        await NoteAsync(connection, state);
    }

    private async Task NoteAsync(DbConnection connection, ImportState state)
    {
        await using var command = connection.Command(
            """
            UPDATE import SET state = @state, rows = @rows, imported = @imported, updated = @updated, skipped = @skipped, bad = @bad, bytes = @bytes
            """,
            ("@state", (short)state), ("@rows", import.Rows), ("@imported", import.Imported), ("@updated", import.Updated), ("@skipped", import.Skipped),
            ("@bad", reports.Count), ("@bytes", digest?.Bytes ?? 0), ("@id", import.Id));
        Set("ended_at", import.EndedAt);
        Set("fingerprint", import.Fingerprint);
        command.CommandText += " WHERE id = @id";
        await command.ExecuteNonQueryAsync();

        void Set(string column, object? value)
        {
            if (value is null)
                return;
            command.CommandText += $", {column} = @{column}";
            command.Bind("@" + column, value);
        }
    }
}
