using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Searches;

/// <summary>Goes through a project's items run by run: each run is one receipt, and what it finds is sealed before the next begins.</summary>
internal sealed class SearchScan(IVault vault, Store store)
{
    /// <summary>Finds that are kept; those after them are only counted.</summary>
    public const int MostFinds = 1_000;

    /// <summary>Records of finds, so that all of them open in one act with the search itself.</summary>
    public const int MostRuns = 200;

    private const int BytesPerRun = 8 << 20;

    /// <summary>Scans from where the search has got to.</summary>
    /// <returns>What became of it; null where somebody cancelled it meanwhile.</returns>
    public async Task<SearchState?> RunAsync(Search search, LabId lab, CancellationToken cancellation)
    {
        var project = new ProjectId(search.Project);
        if (await OpenAsync(search, lab, [new(RecordKind.Search, new RecordId(search.Id))], cancellation) is not OpenOutcome.Opened asked)
            return SearchState.Stopped;
        var looked = JsonSerializer.Deserialize(asked.Records[0].Plaintext.Span, SealedJson.Shapes.SealedSearch)!;
        var (size, kept, runs) = (16, 0L, await RunsAsync(search, cancellation));
        kept = search.Found;
        while (await NextAsync(search, size, cancellation) is { Count: > 0 } items)
        {
            // Who may not look any more has nobody looking for them either.
            if (await vault.IsSuspendedAsync(lab, search.RequestedBy, cancellation))
                return SearchState.Stopped;
            var outcome = await OpenAsync(search, lab, [.. items.Select(id => new RecordRef(RecordKind.Item, new RecordId(id)))], cancellation);
            if (outcome is OpenOutcome.Refused { Reason: RefusalReason.NotFound })
            {
                // Taken out meanwhile: the others are found again without it.
                (search.After, size) = items.Count == 1 ? (items[0], 16) : (search.After, items.Count / 2);
                continue;
            }

            if (outcome is not OpenOutcome.Opened opened)
                return SearchState.Stopped;
            var finds = new List<SearchFind>();
            foreach (var record in opened.Records)
            {
                if (ItemMatch.Find(record.Plaintext, looked.Text, looked.Field) is { } found)
                    finds.Add(new SearchFind(record.Id.Value, found.Field, found.Excerpt));
            }

            search.After = items[^1];
            search.Scanned += items.Count;
            search.Found += finds.Count;
            var keep = kept < MostFinds && runs < MostRuns ? finds.Take((int)(MostFinds - kept)).ToList() : [];
            if (!await KeepAsync(search, lab, project, keep, runs))
                return null;
            kept += keep.Count;
            runs += keep.Count > 0 ? 1 : 0;
            // Long items in short runs: what is opened is in memory.
            var bytes = opened.Records.Sum(record => (long)record.Plaintext.Length);
            size = (int)Math.Clamp(BytesPerRun / Math.Max(1, bytes / items.Count), 1, IVault.MaxRecordsPerAct);
        }

        return SearchState.Done;
    }

    private ValueTask<OpenOutcome> OpenAsync(Search search, LabId lab, IReadOnlyList<RecordRef> records, CancellationToken cancellation) =>
        vault.OpenAsync(new OpenRequest(lab, new ProjectId(search.Project), Principal.Service, Act.Open, Purpose.Search, records, ActId: search.Id), cancellation);

    private async Task<List<Guid>> NextAsync(Search search, int size, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        var slots = search.Slots is { } state ? $"AND EXISTS (SELECT 1 FROM slot s WHERE s.item = i.id AND s.state = {(int)state})" : "";
        await using var command = connection.Command(
            $"""
             SELECT i.id FROM item i WHERE i.project = @project AND i.id > @after
             AND EXISTS (SELECT 1 FROM import f WHERE f.id = i.import AND f.state = 2) {slots}
             ORDER BY i.id LIMIT @limit
             """,
            ("@project", search.Project), ("@after", search.After), ("@limit", size));
        var ids = new List<Guid>(size);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.Id(0));
        return ids;
    }

    private async Task<int> RunsAsync(Search search, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command("SELECT count(*) FROM search_finds WHERE search = @search", ("@search", search.Id));
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation));
    }

    /// <summary>Keeps a run's finds together with how far the search has got.</summary>
    /// <returns>False where it is not scanning any more.</returns>
    private async Task<bool> KeepAsync(Search search, LabId lab, ProjectId project, List<SearchFind> finds, int ordinal)
    {
        RecordRef? record = null;
        if (finds.Count > 0)
        {
            record = new RecordRef(RecordKind.Search, RecordId.New());
            var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedFinds(1, finds), SealedJson.Shapes.SealedFinds);
            (await vault.SealAsync(
                new SealRequest(lab, project, Principal.Service, [new SealItem(RecordKind.Search, record.Value.Id, plaintext, ExpectedVersion: 0)]), CancellationToken.None)).Expect();
        }

        await using var connection = await store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var note = connection.Command(
            "UPDATE search SET after = @after, scanned = @scanned, found = @found WHERE id = @id AND state = 0",
            ("@after", search.After), ("@scanned", search.Scanned), ("@found", search.Found), ("@id", search.Id));
        var going = await note.ExecuteNonQueryAsync() == 1;
        if (going && record is { } kept)
        {
            await using var insert = connection.Command(
                "INSERT INTO search_finds (search, ordinal, record) VALUES (@search, @ordinal, @record)",
                ("@search", search.Id), ("@ordinal", ordinal), ("@record", kept.Id.Value));
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        if (!going && record is { } orphan)
            await vault.RemoveAsync(lab, project, Principal.Service, [orphan]);
        return going;
    }
}
