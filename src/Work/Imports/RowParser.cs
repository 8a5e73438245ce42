using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Imports;

/// <summary>A row that is no item; the message says why and repeats nothing of the row.</summary>
internal sealed class RowException(string reason) : Exception(reason);

/// <param name="External">Its id in the lab's own systems; null where the row has none.</param>
/// <param name="Plaintext">The item's JSON, ready to be sealed.</param>
internal sealed record ParsedRow(string? External, byte[] Plaintext);

/// <summary>Makes an item of one line of JSON.</summary>
internal sealed class RowParser(ImportMap map)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = SealedJson.Shapes.Options.Encoder };

    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <param name="line">Without its line end.</param>
    /// <exception cref="RowException">It is no item.</exception>
    public ParsedRow Parse(ReadOnlyMemory<byte> line)
    {
        // JSON readers let broken UTF-8 pass until somebody asks for the text.
        if (!Utf8.IsValid(line.Span))
            throw new RowException("it is not valid UTF-8");
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return Convert(document.RootElement);
        }
        catch (JsonException)
        {
            // The exception's own message may quote the row.
            throw new RowException(line.Span.Contains((byte)0) ? "it holds a NUL character" : "it is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            throw new RowException("it holds half a surrogate pair, which is no text");
        }
        finally
        {
            buffer.ResetWrittenCount();
        }
    }

    private ParsedRow Convert(JsonElement row)
    {
        if (row.ValueKind is not JsonValueKind.Object)
            throw new RowException("it is not a JSON object");

        var (a, b) = map.Responses(row);
        if (!a.Found || !b.Found)
            throw new RowException("it lacks two responses");
        var prompt = map.Prompt(row);
        var (asked, first, second) = Contents(prompt, Content.Read(a.Value, "first response"), Content.Read(b.Value, "second response"));
        var external = map.External(row);
        var id = External(external);

        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        json.WriteNumber("v"u8, 1);
        json.WriteString("external"u8, id);
        json.WritePropertyName("prompt"u8);
        asked.Write(json);
        json.WritePropertyName("a"u8);
        first.Write(json);
        json.WritePropertyName("b"u8);
        second.Write(json);
        json.WriteStartObject("fields"u8);
        foreach (var field in row.EnumerateObject())
        {
            if (field.Name != a.Name && field.Name != b.Name && field.Name != prompt.Name && field.Name != external.Name)
                field.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenCount <= IVault.MaxRecordBytes
            ? new ParsedRow(id, buffer.WrittenSpan.ToArray())
            : throw new RowException("it is too long");
    }

    private static (Content Prompt, Content A, Content B) Contents(ImportMap.Field prompt, Content a, Content b)
    {
        if (prompt.Found)
            return (Content.Read(prompt.Value, "prompt"), a, b);
        return Transcripts.Split(a, b) ?? throw new RowException("it lacks a prompt");
    }

    private static string? External(ImportMap.Field external)
    {
        if (!external.Found)
            return null;
        var id = external.Value.ValueKind switch
        {
            JsonValueKind.String => external.Value.GetString()!,
            JsonValueKind.Number => external.Value.GetRawText(),
            _ => throw new RowException("its id is neither a text nor a number"),
        };
        if (id.Length > 1_000)
            throw new RowException("its id is longer than 1,000 characters");
        return id.Length == 0 ? null : id;
    }
}
