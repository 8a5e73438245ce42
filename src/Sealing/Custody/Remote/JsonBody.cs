using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cofferdam.Sealing.Remote;

/// <summary>A JSON object to send, which may hold a key: its bytes are cleared when it is disposed.</summary>
internal sealed class JsonBody : IDisposable
{
    // So that the writer never moves on to a larger buffer and leaves a copy behind.
    private const int RoomForAny = 4096;

    private readonly byte[] bytes;

    /// <param name="write">Writes the members of the object.</param>
    public JsonBody(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(RoomForAny);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        bytes = buffer.WrittenSpan.ToArray();
        buffer.Clear();
    }

    public ReadOnlySpan<byte> Bytes => bytes;

    public HttpContent Content(string type) => new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);
}
