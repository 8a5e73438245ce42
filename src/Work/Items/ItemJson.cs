using System.Text.Json;

namespace Cofferdam.Work.Items;

/// <summary>Where the parts of an item lie in its JSON, so that they can be sent on as they are. Parts that it lacks are empty.</summary>
/// <param name="Prompt">A JSON string, or an array of messages; so are <paramref name="A"/> and <paramref name="B"/>.</param>
/// <param name="Responses">An array of 2 to 20 such.</param>
/// <param name="Text">A JSON string.</param>
/// <param name="Image"><c>{"id","type","name","bytes"}</c>.</param>
/// <param name="Prelabels">An object of suggested answers in item terms, by question.</param>
internal readonly record struct ItemJson(
    ReadOnlyMemory<byte> Prompt, ReadOnlyMemory<byte> A, ReadOnlyMemory<byte> B, ReadOnlyMemory<byte> Responses,
    ReadOnlyMemory<byte> Text, ReadOnlyMemory<byte> Image, ReadOnlyMemory<byte> Prelabels)
{
    /// <summary>What an answer to it is checked against.</summary>
    public ItemShape Shape => new(!A.IsEmpty && !B.IsEmpty, JsonSlices.Count(Responses.Span), JsonSlices.CodePoints(Text.Span), Prelabels);

    /// <exception cref="InvalidOperationException">It is no item.</exception>
    public static ItemJson Read(ReadOnlyMemory<byte> plaintext)
    {
        ReadOnlyMemory<byte> prompt = default, a = default, b = default, responses = default, text = default, image = default, prelabels = default, other = default;
        var reader = new Utf8JsonReader(plaintext.Span);
        reader.Read();
        // The rest of the row that was imported comes last, and nobody at work is shown it.
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName && !reader.ValueTextEquals("fields"u8))
        {
            ref var part = ref other;
            if (reader.ValueTextEquals("prompt"u8))
                part = ref prompt;
            else if (reader.ValueTextEquals("a"u8))
                part = ref a;
            else if (reader.ValueTextEquals("b"u8))
                part = ref b;
            else if (reader.ValueTextEquals("responses"u8))
                part = ref responses;
            else if (reader.ValueTextEquals("text"u8))
                part = ref text;
            else if (reader.ValueTextEquals("image"u8))
                part = ref image;
            else if (reader.ValueTextEquals("prelabels"u8))
                part = ref prelabels;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            part = plaintext[start..(int)reader.BytesConsumed];
        }

        return prompt.IsEmpty && a.IsEmpty && responses.IsEmpty && text.IsEmpty && image.IsEmpty
            ? throw new InvalidOperationException("A sealed item has nothing to show.")
            : new ItemJson(prompt, a, b, responses, text, image, prelabels);
    }

    /// <summary>Writes the parts that people at work see, as properties: prompt, left and right, responses in shown order, text, image.</summary>
    /// <param name="imageId">What the image is called, where not by its own id.</param>
    public void Write(Utf8JsonWriter json, Arrangement arrangement, Guid? imageId = null)
    {
        WritePart(json, "prompt"u8, Prompt);
        WritePart(json, "left"u8, arrangement.Flipped ? B : A);
        WritePart(json, "right"u8, arrangement.Flipped ? A : B);
        if (!Responses.IsEmpty)
        {
            var parts = JsonSlices.Of(Responses);
            json.WriteStartArray("responses"u8);
            foreach (var response in arrangement.Order(parts.Count))
                json.WriteRawValue(parts[response].Span, skipInputValidation: true);
            json.WriteEndArray();
        }

        WritePart(json, "text"u8, Text);
        if (!Image.IsEmpty)
            WriteImage(json, imageId);
    }

    private static void WritePart(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> part)
    {
        if (part.IsEmpty)
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(part.Span, skipInputValidation: true);
    }

    // Not the file's name, which may say more than the picture.
    private void WriteImage(Utf8JsonWriter json, Guid? id)
    {
        using var image = JsonDocument.Parse(Image);
        json.WriteStartObject("image"u8);
        foreach (var property in image.RootElement.EnumerateObject())
        {
            if (id is { } other && property.NameEquals("id"u8))
                json.WriteString("id"u8, other);
            else if (property.NameEquals("id"u8) || property.NameEquals("type"u8) || property.NameEquals("bytes"u8))
                property.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
