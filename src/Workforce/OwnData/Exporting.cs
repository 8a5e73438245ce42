using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.OwnData;

/// <summary>Writes everything that is held about a person as one JSON document, a part at a time.</summary>
internal sealed class Exporting(AppDb db, IEnumerable<IPersonalData> rooms, PersonRecords records, Reads reads, TimeProvider time)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Opens the first records before anything is written, so that a refusal is an answer of its own.</summary>
    public async Task<(Func<Stream, Task>? Write, OpenOutcome.Refused? Refused)> PrepareAsync(VendorActor actor, CancellationToken cancellation)
    {
        var held = await db.HeldRecords.AsNoTracking().Where(row => row.Person == actor.Person).OrderBy(row => row.Record).ToListAsync(cancellation);
        var chunks = held.Chunk(IVault.MaxRecordsPerAct).ToArray();
        var (first, refused) = chunks is [var head, ..]
            ? await OpenAsync(actor, head, cancellation)
            : (new Dictionary<Guid, ReadOnlyMemory<byte>>(), null);
        return refused is not null ? (null, refused) : (stream => WriteAsync(stream, actor, chunks, first, cancellation), null);
    }

    private async Task WriteAsync(
        Stream stream, VendorActor actor, HeldRecord[][] chunks, IReadOnlyDictionary<Guid, ReadOnlyMemory<byte>> first, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("person", actor.Person);
        json.WriteString("name", await db.People.Where(row => row.Id == actor.Person).Select(row => row.Name).SingleAsync(cancellation));
        json.WriteString("at", time.GetUtcNow());

        foreach (var room in rooms)
        {
            json.WriteStartArray(room.Section);
            await foreach (var row in room.RowsAsync(actor.Person, cancellation))
                Write(json, row);
            json.WriteEndArray();
            await json.FlushAsync(cancellation);
        }

        json.WriteStartArray("records");
        for (var at = 0; at < chunks.Length; at++)
        {
            var opened = at == 0 ? first : (await OpenAsync(actor, chunks[at], cancellation)).Opened;
            foreach (var row in chunks[at])
                Write(json, row, opened);
            await json.FlushAsync(cancellation);
        }

        json.WriteEndArray();
        json.WriteStartArray("reads");
        long? before = null;
        for (var page = await PageAsync(); page.Count > 0; page = await PageAsync())
        {
            foreach (var read in page)
                Write(json, read);
            await json.FlushAsync(cancellation);
            before = page[^1].Receipt;
        }

        json.WriteEndArray();
        json.WriteEndObject();

        Task<List<ReadView>> PageAsync() => reads.PageAsync(actor.Vendor, actor.Person, before, cancellation);
    }

    private Task<(IReadOnlyDictionary<Guid, ReadOnlyMemory<byte>> Opened, OpenOutcome.Refused? Refused)> OpenAsync(
        VendorActor actor, HeldRecord[] chunk, CancellationToken cancellation) =>
        records.OpenAsync(actor, actor.Person, Purpose.OwnData, [.. chunk.Select(row => row.Record)], cancellation);

    // The serializer would flush the writer itself, and not asynchronously.
    private static void Write(Utf8JsonWriter json, object row) => json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(row, row.GetType(), Plain), skipInputValidation: true);

    private static void Write(Utf8JsonWriter json, HeldRecord row, IReadOnlyDictionary<Guid, ReadOnlyMemory<byte>> opened)
    {
        json.WriteStartObject();
        json.WriteString("field", Names.Of(row.Field));
        json.WriteString("id", row.Record);
        json.WriteString("sealedAt", row.SealedAt);
        json.WriteString("removedAt", row.DueAt);
        if (opened.TryGetValue(row.Record, out var content))
        {
            json.WritePropertyName("content");
            json.WriteRawValue(content.Span);
        }
        else
        {
            // Said, not left out: whoever reads it must know that something is missing.
            json.WriteBoolean("notOpened", true);
        }

        json.WriteEndObject();
    }
}
