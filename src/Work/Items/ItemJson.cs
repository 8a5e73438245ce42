using System.Text.Json;

namespace Cofferdam.Work.Items;

/// <summary>Where prompt and responses lie in an item's JSON, so that they can be sent on as they are.</summary>
/// <param name="Prompt">A JSON string, or an array of messages.</param>
internal readonly record struct ItemJson(ReadOnlyMemory<byte> Prompt, ReadOnlyMemory<byte> A, ReadOnlyMemory<byte> B)
{
    /// <exception cref="InvalidOperationException">It is no item.</exception>
    public static ItemJson Read(ReadOnlyMemory<byte> plaintext)
    {
        ReadOnlyMemory<byte> prompt = default, a = default, b = default, other = default;
        var reader = new Utf8JsonReader(plaintext.Span);
        reader.Read();
        while (b.IsEmpty && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            ref var part = ref other;
            if (reader.ValueTextEquals("prompt"u8))
                part = ref prompt;
            else if (reader.ValueTextEquals("a"u8))
                part = ref a;
            else if (reader.ValueTextEquals("b"u8))
                part = ref b;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            part = plaintext[start..(int)reader.BytesConsumed];
        }

        return prompt.IsEmpty || a.IsEmpty || b.IsEmpty
            ? throw new InvalidOperationException("A sealed item lacks a prompt or a response.")
            : new ItemJson(prompt, a, b);
    }

    /// <summary>Writes prompt, left and right.</summary>
    public void Write(Utf8JsonWriter json, bool flipped)
    {
        json.WritePropertyName("prompt"u8);
        json.WriteRawValue(Prompt.Span, skipInputValidation: true);
        json.WritePropertyName("left"u8);
        json.WriteRawValue((flipped ? B : A).Span, skipInputValidation: true);
        json.WritePropertyName("right"u8);
        json.WriteRawValue((flipped ? A : B).Span, skipInputValidation: true);
    }
}
