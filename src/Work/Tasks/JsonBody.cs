using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Tasks;

/// <summary>A JSON answer that is written straight from what was unsealed, without building objects of it first.</summary>
internal abstract class JsonBody : IResult, IStatusCodeHttpResult
{
    // Kept per thread: the buffer is full and empty again before anything is awaited.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? spare;

    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        var (buffer, json) = spare ??= New();
        try
        {
            Write(json);
            json.Flush();
            response.ContentLength = buffer.WrittenCount;
            response.BodyWriter.Write(buffer.WrittenSpan);
        }
        finally
        {
            // One large item must not stay in memory, in clear, for as long as the thread lives.
            buffer.Clear();
            json.Reset();
            if (buffer.Capacity > 256 << 10)
                spare = null;
        }

        return response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
    }

    protected abstract void Write(Utf8JsonWriter json);

    /// <summary>Writes what somebody is shown of an item, and what was suggested, in the terms of what is shown.</summary>
    /// <param name="form">Needed where the item has prelabels; see <see cref="FormCatalog.OfPrelabelsAsync"/>.</param>
    /// <param name="image">What its image is called, where not by its own id.</param>
    protected static void WriteItem(Utf8JsonWriter json, ItemJson item, Arrangement arrangement, Form? form, Guid? image = null)
    {
        item.Write(json, arrangement, image);
        if (form is null)
            return;
        json.WritePropertyName("prelabels"u8);
        AnswerJson.WriteSuggestions(json, form, arrangement.Show(item.Shape));
    }

    /// <summary>Writes sections of guidelines as they were sealed, without their version.</summary>
    protected static void WriteSections(Utf8JsonWriter json, IReadOnlyList<Vault.Contract.OpenedRecord> records, int from, int count)
    {
        json.WriteStartArray("sections"u8);
        for (var i = from; i < from + count; i++)
            json.WriteRawValue(WithoutVersion(records[i].Plaintext.Span), skipInputValidation: true);
        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> WithoutVersion(ReadOnlySpan<byte> plaintext)
    {
        if (!plaintext.StartsWith(SealedJson.Version))
            throw new InvalidOperationException("A sealed shape of an unknown version.");
        var rest = new byte[plaintext.Length - SealedJson.Version.Length + 1];
        rest[0] = (byte)'{';
        plaintext[SealedJson.Version.Length..].CopyTo(rest.AsSpan(1));
        return rest;
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(8 << 10);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }));
    }
}
