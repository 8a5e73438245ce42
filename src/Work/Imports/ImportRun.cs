using System.Data.Common;
using System.IO.Pipelines;
using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Imports;

/// <summary>Takes one file in: parses, seals and keeps it in batches at constant memory, then makes it count, or discards all of it.</summary>
internal sealed class ImportRun(IVault vault, Store store, TimeProvider time, LabId lab, ProjectId project, Principal by, Guid import, BadRows badRows, ImportMap map)
{
    /// <summary>Longest row: 16 MiB, as a record may be.</summary>
    public const int LongestRow = IVault.MaxRecordBytes;

    // Whichever comes first ends a batch, so that long rows do not pile up.
    private const int RowsPerBatch = IVault.MaxRecordsPerAct;
    private const long BytesPerBatch = 8 << 20;

    private readonly ImportReports reports = new(vault, store, lab, project, by, import);
    private readonly RowParser parser = new(map);
    private readonly RisingIds ids = new(time.GetUtcNow());
    private readonly List<(long Line, ParsedRow Row)> pending = [];
    private long pendingBytes;
    private long rows;
    private long imported;
    private long bytes;

    /// <summary>Reads the file to its end.</summary>
    /// <returns>What became of it, and a sentence where it failed as a whole.</returns>
    /// <exception cref="Exception">The line broke, or the store or the vault did; nothing was kept.</exception>
    public async Task<(ImportState State, string? Sentence)> RunAsync(PipeReader input, CancellationToken cancellation)
    {
        try
        {
            await ReadAsync(input, cancellation);
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

        if (badRows is BadRows.Refuse && reports.Count > 0)
        {
            await DiscardAsync(ImportState.Refused);
            return (ImportState.Refused, null);
        }

        await EndAsync(ImportState.Done, CancellationToken.None);
        return (ImportState.Done, null);
    }

    private async Task ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        var lines = new JsonLines(input, LongestRow);
        await using var connection = await store.OpenAsync(cancellation);
        await foreach (var line in lines.ReadAsync(cancellation))
        {
            rows++;
            Parse(line);
            bytes = lines.Bytes;
            if (pending.Count == RowsPerBatch || pendingBytes >= BytesPerBatch || rows % 10_000 == 0)
                await FlushAsync(connection, cancellation);
        }

        bytes = lines.Bytes;
        await FlushAsync(connection, cancellation);
        await reports.FlushAsync(all: true, cancellation);
    }

    private void Parse(Line line)
    {
        if (line.TooLong)
        {
            reports.Add(line.Number, "it is longer than 16 MiB");
            return;
        }

        try
        {
            var row = parser.Parse(line.Bytes);
            pending.Add((line.Number, row));
            pendingBytes += row.Plaintext.Length;
        }
        catch (RowException fault)
        {
            reports.Add(line.Number, fault.Message);
        }
    }

    private async Task FlushAsync(DbConnection connection, CancellationToken cancellation)
    {
        // In a file that will be refused nothing more needs to be sealed; reading on reports its other bad rows.
        var keep = badRows is BadRows.Keep || reports.Count == 0;
        if (keep && await NewAsync(connection, cancellation) is { Count: > 0 } fresh)
        {
            // A batch that is begun is finished, whoever hangs up: records without rows would stay behind.
            var outcome = await vault.SealAsync(new SealRequest(lab, project, by, [.. fresh.Select(item => item.Seal)]), CancellationToken.None);
            if (outcome is not SealOutcome.Sealed)
                throw new InvalidOperationException("New records could not be sealed.");
            await KeepAsync(connection, fresh, CancellationToken.None);
        }

        pending.Clear();
        pendingBytes = 0;
        await reports.FlushAsync(all: false, cancellation);
        await NoteAsync(connection, ImportState.Receiving, ended: null, cancellation);
    }

    // Rows whose external id the project does not have yet, each with its record.
    private async Task<List<(long Line, SealItem Seal, byte[]? External)>> NewAsync(DbConnection connection, CancellationToken cancellation)
    {
        var named = pending.Where(row => row.Row.External is not null).ToList();
        var fingerprints = named.Count == 0 ? [] : await vault.FingerprintAsync(
            lab, project, [.. named.Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes("external\n" + row.Row.External))], cancellation);
        var seen = await ItemRows.KnownAsync(connection, project.Value, [.. fingerprints], cancellation);
        var next = 0;
        var fresh = new List<(long, SealItem, byte[]?)>(pending.Count);
        foreach (var (line, row) in pending)
        {
            var external = row.External is null ? null : fingerprints[next++];
            if (external is null || seen.Add(Convert.ToHexString(external)))
                fresh.Add((line, new SealItem(RecordKind.Item, new RecordId(ids.Next()), row.Plaintext, ExpectedVersion: 0), external));
            else
                reports.Add(line, "a row with this id was already imported");
        }

        return fresh;
    }

    private async Task KeepAsync(DbConnection connection, List<(long Line, SealItem Seal, byte[]? External)> fresh, CancellationToken cancellation)
    {
        var added = await ItemRows.InsertAsync(
            connection, project.Value, import, [.. fresh.Select(item => (item.Seal.Id.Value, item.External))], cancellation);
        imported += added.Count;
        var late = fresh.Where(item => !added.Contains(item.Seal.Id.Value)).ToList();
        if (late.Count == 0)
            return;
        foreach (var (line, _, _) in late)
            reports.Add(line, "a row with this id was already imported");
        await vault.RemoveAsync(lab, project, by, [.. late.Select(item => new RecordRef(RecordKind.Item, item.Seal.Id))], cancellation);
    }

    private async Task DiscardAsync(ImportState state)
    {
        // The one who sent it may be gone; what it left must still go.
        await ItemRows.DiscardAsync(vault, store, lab, project, by, import, CancellationToken.None);
        imported = 0;
        await EndAsync(state, CancellationToken.None);
    }

    private async Task EndAsync(ImportState state, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await NoteAsync(connection, state, time.GetUtcNow(), cancellation);
    }

    private async Task NoteAsync(DbConnection connection, ImportState state, DateTimeOffset? ended, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            "UPDATE import SET state = @state, rows = @rows, imported = @imported, bad = @bad, bytes = @bytes, ended_at = @ended WHERE id = @id",
            ("@state", (short)state), ("@rows", rows), ("@imported", imported), ("@bad", reports.Count), ("@bytes", bytes), ("@id", import));
        command.Bind("@ended", ended?.ToMicroseconds() ?? (object)DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
