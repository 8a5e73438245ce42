using System.Text.Json;

namespace Cofferdam.Delivery.Preference;

/// <summary>An item of two responses to one prompt, as it was sealed.</summary>
/// <param name="Prompt">Text, or a list of messages; so are <paramref name="A"/> and <paramref name="B"/>.</param>
internal sealed record PairItem(Guid Id, string? External, JsonElement Prompt, JsonElement A, JsonElement B)
{
    /// <summary>One of the three is a list of messages: the row is a conversation.</summary>
    public bool IsConversation => IsList(Prompt) || IsList(A) || IsList(B);

    /// <returns>Null where the item is no pair.</returns>
    public static PairItem? Read(Guid id, JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("prompt"u8, out var prompt) && IsMessage(prompt)
        && item.TryGetProperty("a"u8, out var a) && IsMessage(a)
        && item.TryGetProperty("b"u8, out var b) && IsMessage(b)
            ? new PairItem(id, item.TryGetProperty("external"u8, out var external) ? external.GetString() : null, prompt, a, b)
            : null;

    private static bool IsMessage(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Array;

    private static bool IsList(JsonElement value) => value.ValueKind == JsonValueKind.Array;
}
