using System.Runtime.CompilerServices;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Imports;

namespace Cofferdam.Work.Images;

/// <summary>The images of an import as rows: each becomes an item that is called by its file's name.</summary>
internal sealed class ImageRows(IVault vault, Store store, LabId lab, ProjectId project, Guid import) : RowSource
{
    public override async IAsyncEnumerable<Line> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var line = 0L;
        await foreach (var ids in PagesAsync(store, import, cancellation))
        {
            var outcome = await vault.OpenAsync(
                new OpenRequest(lab, project, Principal.Service, Act.Open, Purpose.Manage, [.. ids.Select(id => new RecordRef(RecordKind.Image, new RecordId(id)))]),
                cancellation);
            if (outcome is not OpenOutcome.Opened opened)
                throw new ImportFileException("Work here is stopped, so that the images could not be opened.");
            foreach (var record in opened.Records)
            {
                var name = JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedName)!.Name;
                yield return new Line(++line, JsonSerializer.SerializeToUtf8Bytes(new ImageRow(name, name), SealedJson.Shapes.ImageRow));
            }
        }
    }

    /// <summary>Removes all images of an import, from the vault and then from the database.</summary>
    public static async Task RemoveAsync(IVault vault, Store store, LabId lab, ProjectId project, Principal by, Guid import, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await foreach (var ids in PagesAsync(store, import, cancellation))
        {
            foreach (var id in ids)
            {
                var records = new List<RecordRef> { new(RecordKind.Image, new RecordId(id)) };
                await using (var parts = connection.Command("SELECT record FROM image_part WHERE image = @image", ("@image", id)))
                {
                    await using var reader = await parts.ExecuteReaderAsync(cancellation);
                    while (await reader.ReadAsync(cancellation))
                        records.Add(new RecordRef(RecordKind.Image, new RecordId(reader.Id(0))));
                }

                await vault.RemoveAsync(lab, project, by, records, cancellation);
                await using var deleteParts = connection.Command("DELETE FROM image_part WHERE image = @image", ("@image", id));
                await deleteParts.ExecuteNonQueryAsync(cancellation);
                await using var delete = connection.Command("DELETE FROM image WHERE id = @image", ("@image", id));
                await delete.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    private static async IAsyncEnumerable<List<Guid>> PagesAsync(Store store, Guid import, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        var after = Guid.Empty;
        while (true)
        {
            var ids = new List<Guid>(IVault.MaxRecordsPerAct);
            await using (var select = connection.Command(
                $"SELECT id FROM image WHERE import = @import AND id > @after ORDER BY id LIMIT {IVault.MaxRecordsPerAct}", ("@import", import), ("@after", after)))
            {
                await using var reader = await select.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                    ids.Add(reader.Id(0));
            }

            if (ids.Count == 0)
                yield break;
            yield return ids;
            after = ids[^1];
        }
    }
}

/// <param name="Id">Its name is what the lab's own systems call it.</param>
internal sealed record ImageRow(string Id, string Image);
