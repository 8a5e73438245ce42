using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Imports;

/// <param name="Line">From 1.</param>
/// <param name="Reason">A sentence without capital and full stop; repeats nothing of the row.</param>
public sealed record BadRow(long Line, string Reason);

internal sealed record SealedImport(
    int V, string FileName, IReadOnlyDictionary<string, string>? Map, ImportFormat Format = ImportFormat.Auto, CsvOptions? Csv = null, ConllOptions? Conll = null);

internal sealed record SealedBadRows(int V, IReadOnlyList<BadRow> Rows);

/// <summary>Gathers bad rows and seals them in runs, so that a file of nothing else takes no more memory.</summary>
internal sealed class ImportReports(IVault vault, Store store, LabId lab, ProjectId project, Principal by, Guid import)
{
    public const int RowsPerRecord = 1_000;

    private readonly List<BadRow> rows = [];
    private int records;

    public long Count { get; private set; }

    public void Add(long line, string reason)
    {
        rows.Add(new BadRow(line, reason));
        Count++;
    }

    /// <summary>Seals what has gathered, once it is enough for a record.</summary>
    public async Task FlushAsync(bool all, CancellationToken cancellation)
    {
        while (rows.Count >= RowsPerRecord || (all && rows.Count > 0))
        {
            var run = rows.Take(RowsPerRecord).ToList();
            var record = new SealItem(
                RecordKind.Import, RecordId.New(),
                JsonSerializer.SerializeToUtf8Bytes(new SealedBadRows(1, run), SealedJson.Shapes.SealedBadRows), ExpectedVersion: 0);
            _ = await vault.SealAsync(new SealRequest(lab, project, by, [record]), cancellation) as SealOutcome.Sealed
                ?? throw new InvalidOperationException("A new record could not be sealed.");
            await using var connection = await store.OpenAsync(cancellation);
            await using var insert = connection.Command(
                "INSERT INTO import_report (import, ordinal, record) VALUES (@import, @ordinal, @record)",
                ("@import", import), ("@ordinal", records), ("@record", record.Id.Value));
            await insert.ExecuteNonQueryAsync(cancellation);
            records++;
            rows.RemoveRange(0, run.Count);
        }
    }
}
