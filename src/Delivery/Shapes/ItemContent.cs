using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>What an item shows, under the names it was sealed with.</summary>
internal static class ItemContent
{
    private static readonly string[] Parts = ["text", "prompt", "a", "b", "responses"];

    /// <summary>Writes the parts that the item has, as properties; of an image its name in the lab's own files.</summary>
    public static void Write(Utf8JsonWriter json, DeliveredItem item)
    {
        foreach (var name in Parts)
        {
            if (item.Part(name) is not { ValueKind: not JsonValueKind.Undefined } part)
                continue;
            json.WritePropertyName(name);
            part.WriteTo(json);
        }

        if (ImageName(item) is { } image)
            json.WriteString("image", image);
    }

    public static string? ImageName(DeliveredItem item) =>
        item.Part("image") is { ValueKind: JsonValueKind.Object } image && image.TryGetProperty("name"u8, out var name) ? name.GetString() : null;
}
