using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Images;

namespace Cofferdam.Work.Imports;

/// <summary>A row that is no item; the message says why and repeats nothing of the row.</summary>
internal sealed class RowException(string reason) : Exception(reason);

/// <param name="External">Its id in the lab's own systems; null where the row has none.</param>
/// <param name="Plaintext">The item's JSON, ready to be sealed but for its image.</param>
/// <param name="Image">Name of its image file; null where it has none.</param>
/// <param name="Gold">JSON of its known answers; null where it has none.</param>
/// <param name="Facets">Facet and value.</param>
internal sealed record ParsedRow(string? External, byte[] Plaintext, string? Image, byte[]? Gold, IReadOnlyList<(string Facet, string Value)> Facets);

/// <summary>Makes an item of one row.</summary>
internal sealed class RowParser(ImportMap map, IReadOnlyDictionary<string, MappedAnswer>? questions = null)
{
    public const int MostResponses = 20;
    public const int LongestFacet = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = SealedJson.Shapes.Options.Encoder, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new();
    // Top-level fields that became a part of the item, so that they are not kept a second time.
    private readonly List<string> taken = [];

    /// <param name="row">A JSON object; nothing before or after it.</param>
    /// <exception cref="RowException">It is no item.</exception>
    public ParsedRow Parse(ReadOnlyMemory<byte> row)
    {
        // JSON readers let broken UTF-8 pass until somebody asks for the text.
        if (!Utf8.IsValid(row.Span))
            throw new RowException("it is not valid UTF-8");
        try
        {
            using var document = JsonDocument.Parse(row, Strict);
            return Convert(document.RootElement);
        }
        catch (JsonException)
        {
            // The exception's own message may quote the row.
            throw new RowException(row.Span.Contains((byte)0) ? "it holds a NUL character" : "it is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            throw new RowException("it holds half a surrogate pair, which is no text");
        }
        finally
        {
            buffer.ResetWrittenCount();
            taken.Clear();
        }
    }

    private ParsedRow Convert(JsonElement row)
    {
        if (row.ValueKind is not JsonValueKind.Object)
            throw new RowException("it is not a JSON object");

        var external = map.External(row);
        Take(external);
        var id = External(external);
        var gold = Answers(row, map.Gold, "gold");
        string? image;
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteString("external"u8, id);
            image = WriteContent(json, row);
            if (Answers(row, map.Prelabels, "suggestion") is { } prelabels)
            {
                json.WritePropertyName("prelabels"u8);
                json.WriteRawValue(prelabels, skipInputValidation: true);
            }

            WriteOthers(json, row);
            json.WriteEndObject();
        }

        return buffer.WrittenCount <= IVault.MaxRecordBytes - ImageFacts.MostBytes
            ? new ParsedRow(id, buffer.WrittenSpan.ToArray(), image, gold is null ? null : [.. "{\"v\":1,\"answers\":"u8, .. gold, (byte)'}'], Facets(row))
            : throw new RowException("it is too long");
    }

    /// <returns>Name of the item's image.</returns>
    private string? WriteContent(Utf8JsonWriter json, JsonElement row)
    {
        var (prompt, (a, b)) = (map.Prompt(row), map.Pair(row));
        var paired = a.Found && b.Found;
        var list = paired ? default : map.List(row);
        var text = paired && !map.Names("text") ? default : map.Text(row);
        var image = map.Image(row);
        Need("a", paired, "two responses");
        Need("responses", list.Found, "responses");
        Need("text", text.Found, "a text");
        Need("image", image.Found, "an image");
        Need("prompt", prompt.Found, "a prompt");
        if (!paired && !list.Found && !text.Found && !image.Found && !map.Names("prompt"))
            throw new RowException("it lacks two responses, a list of them, a text or an image");

        if (paired)
        {
            var (asked, first, second) = Pair(prompt, Content.Read(a.Value, "first response"), Content.Read(b.Value, "second response"));
            Write(json, "prompt"u8, asked);
            Write(json, "a"u8, first);
            Write(json, "b"u8, second);
            Take(a);
            Take(b);
        }
        else if (prompt.Found)
        {
            Write(json, "prompt"u8, Content.Read(prompt.Value, "prompt"));
        }

        Take(prompt);
        if (list.Found)
            WriteResponses(json, list);
        if (text.Found)
        {
            if (text.Value.ValueKind is not JsonValueKind.String)
                throw new RowException("its text is no text");
            Write(json, "text"u8, Content.Read(text.Value, "text"));
            Take(text);
        }

        Take(image);
        return !image.Found ? null
            : image.Value.ValueKind is JsonValueKind.String && image.Value.GetString() is { Length: > 0 and <= 500 } name ? name
            : throw new RowException("its image is no file name");

        void Need(string part, bool found, string what)
        {
            if (map.Names(part) && !found)
                throw new RowException($"it lacks {what}");
        }
    }

    private void WriteResponses(Utf8JsonWriter json, ImportMap.Field list)
    {
        var responses = Unfolded(list.Value);
        if (responses.ValueKind is not JsonValueKind.Array || responses.GetArrayLength() is < 1 or > MostResponses)
            throw new RowException($"its responses are no list of 1 to {MostResponses}");
        json.WriteStartArray("responses"u8);
        foreach (var response in responses.EnumerateArray())
            Content.Read(response, "response").Write(json);
        json.WriteEndArray();
        Take(list);
    }

    private void WriteOthers(Utf8JsonWriter json, JsonElement row)
    {
        json.WriteStartObject("fields"u8);
        foreach (var field in row.EnumerateObject())
        {
            if (taken.Exists(field.NameEquals))
                continue;
            var name = JsonMarshal.GetRawUtf8PropertyName(field);
            var value = JsonMarshal.GetRawUtf8Value(field.Value);
            // As it came, unless it holds escapes that may be half a character: those are read and written anew.
            if (name.IndexOf((byte)'\\') >= 0)
                json.WritePropertyName(field.Name);
            else
                json.WritePropertyName(name);
            if (value.IndexOf("\\u"u8) >= 0)
                field.Value.WriteTo(json);
            else
                json.WriteRawValue(value, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    /// <summary>Mapped answers as one object, in the terms that answers are sealed in; null where the row has none.</summary>
    private byte[]? Answers(JsonElement row, List<(string Question, string Path)> mapped, string what)
    {
        if (mapped.Count == 0)
            return null;
        var answers = new ArrayBufferWriter<byte>();
        var any = false;
        using (var json = new Utf8JsonWriter(answers, Relaxed))
        {
            json.WriteStartObject();
            foreach (var (question, path) in mapped)
            {
                var field = ImportMap.Find(row, path);
                Take(field);
                if (!field.Found || field.Value is { ValueKind: JsonValueKind.String } empty && empty.ValueEquals(""))
                    continue;
                json.WritePropertyName(question);
                if (!(questions?.GetValueOrDefault(question) ?? MappedAnswer.AsItLooks).TryWrite(json, Unfolded(field.Value)))
                    throw new RowException($"its {what} for a question is no answer to it");
                any = true;
            }

            json.WriteEndObject();
        }

        return any ? answers.WrittenSpan.ToArray() : null;
    }

    private List<(string, string)> Facets(JsonElement row)
    {
        if (map.Facets.Count == 0)
            return [];
        var facets = new List<(string, string)>(map.Facets.Count);
        foreach (var (facet, path) in map.Facets)
        {
            var field = ImportMap.Find(row, path);
            if (!field.Found)
                continue;
            var value = field.Value.ValueKind switch
            {
                JsonValueKind.String => field.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => field.Value.GetRawText(),
                _ => throw new RowException("a facet is no text and no number"),
            };
            if (value.Length > LongestFacet || value.Any(char.IsControl))
                throw new RowException($"a facet is longer than {LongestFacet} characters, or holds control characters");
            if (value.Length > 0)
                facets.Add((facet, value));
        }

        return facets;
    }

    private void Take(ImportMap.Field field)
    {
        if (field.Name is { Length: > 0 } name)
            taken.Add(name);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Content content)
    {
        json.WritePropertyName(name);
        content.Write(json);
    }

    private static (Content Prompt, Content A, Content B) Pair(ImportMap.Field prompt, Content a, Content b)
    {
        if (prompt.Found)
            return (Content.Read(prompt.Value, "prompt"), a, b);
        return Transcripts.Split(a, b) ?? throw new RowException("it lacks a prompt");
    }

    // What a table holds of lists and objects is their JSON.
    private static JsonElement Unfolded(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String || value.GetString() is not { Length: > 1 } text || text[0] is not ('[' or '{'))
            return value;
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return value;
        }
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
