using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Images;

namespace Cofferdam.Work.Imports;

/// <summary>Seals rows as items. Batches of one file are sealed side by side, so that processors and disk are busy at once.</summary>
/// <param name="first">The project had no item when the file began.</param>
internal sealed class RowSealing(IVault vault, Store store, LabId lab, ProjectId project, Principal by, Import import, ImportImages images, bool first)
{
    public async Task<SealedRows> SealAsync(RowBatch batch, bool keep)
    {
        var faults = batch.Faults;
        var done = new SealedRows(batch.Seen, new List<NewItem>(batch.Rows.Count), [], 0, faults);
        // In a file that will be refused nothing more needs to be sealed; reading on reports its other bad rows.
        if (!keep || batch.Rows.Count == 0)
            return done;

        var externals = await FingerprintsAsync(batch);
        var known = await KnownAsync([.. externals.OfType<byte[]>()]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var seals = new List<SealItem>(IVault.MaxRecordsPerAct);
        var skipped = 0L;
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var (line, id, row) = batch.Rows[i];
            var name = externals[i] is { } external ? Convert.ToHexString(external) : null;
            var found = name is null ? null : known.GetValueOrDefault(name);
            var image = row.Image is null ? null : await images.FindAsync(row.Image);
            if (found is not null && import.Updates is KnownRows.Skip)
                skipped++;
            else if (Fault(row, found, image, name is not null && !seen.Add(name)) is { } fault)
                faults.Add(new BadRow(line, fault));
            else
                (found is null ? done.Added : done.Updated).Add(Prepare(line, id, row, externals[i], image, found, seals));
        }

        if (seals.Count > 0)
        {
            // A batch that is begun is finished, whoever hangs up: records without rows would stay behind.
            var outcome = await vault.SealAsync(new SealRequest(lab, project, by, seals), CancellationToken.None);
            if (outcome is not SealOutcome.Sealed)
                throw new InvalidOperationException("Rows could not be sealed.");
        }

        return done with { Skipped = skipped };
    }

    private string? Fault(ParsedRow row, KnownItem? found, ImageFacts? image, bool again)
    {
        if (again || (found is not null && import.Updates is KnownRows.Refuse))
            return "a row with this id was already imported";
        // Answers are to what was seen: they must never come to lie beside another text.
        if (found is { Taken: true })
            return "somebody works on the item with this id or has answered it, so it was not changed";
        return row.Image is not null && image is null ? "its image was not sent" : null;
    }

    private static NewItem Prepare(long line, Guid id, ParsedRow row, byte[]? external, ImageFacts? image, KnownItem? found, List<SealItem> seals)
    {
        id = found?.Id ?? id;
        var expected = found is null ? 0 : (long?)null;
        seals.Add(new SealItem(RecordKind.Item, new RecordId(id), image is null ? row.Plaintext : image.AddTo(row.Plaintext), expected));
        Guid? gold = found?.Gold;
        if (row.Gold is not null)
        {
            gold ??= Guid.CreateVersion7();
            seals.Add(new SealItem(RecordKind.Gold, new RecordId(gold.Value), row.Gold, found?.Gold is null ? 0 : null));
        }

        return new NewItem(line, id, external, image?.Id, gold, row.Facets);
    }

    private async Task<Dictionary<string, KnownItem>> KnownAsync(IReadOnlyList<byte[]> externals)
    {
        // Looking each row up is a tenth of the work; of a first file only rows that change others must be found.
        if (externals.Count == 0 || (first && import.Updates is KnownRows.Refuse))
            return [];
        await using var connection = await store.OpenAsync();
        return await KnownItems.FindAsync(connection, project.Value, externals, CancellationToken.None);
    }

    private async Task<byte[]?[]> FingerprintsAsync(RowBatch batch)
    {
        var named = batch.Rows.Where(row => row.Row.External is not null).ToList();
        var fingerprints = named.Count == 0 ? [] : await vault.FingerprintAsync(
            lab, project, [.. named.Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes("external\n" + row.Row.External))]);
        var next = 0;
        return [.. batch.Rows.Select(row => row.Row.External is null ? null : fingerprints[next++])];
    }
}
