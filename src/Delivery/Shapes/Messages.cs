using System.Text.Json;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Prompts and responses: a text, or a list of messages with role and content.</summary>
internal static class Messages
{
    public static bool IsList(JsonElement value) => value.ValueKind is JsonValueKind.Array;

    /// <summary>The form of a row in which these stand together: where one is a list, all become lists.</summary>
    public static RowForm FormOf(params ReadOnlySpan<JsonElement> values)
    {
        foreach (var value in values)
        {
            if (IsList(value))
                return RowForm.Conversations;
        }

        return RowForm.Texts;
    }

    /// <summary>As a list of role and content; a text is one message of the role given.</summary>
    public static IReadOnlyList<(string Role, string Content)> Of(JsonElement value, string role) => IsList(value)
        ? [.. value.EnumerateArray().Select(message => (message.GetProperty("role"u8).GetString()!, message.GetProperty("content"u8).GetString()!))]
        : [(role, value.GetString()!)];

    /// <summary>As one text: a text as it is, messages with their roles.</summary>
    public static string Plain(JsonElement value) => IsList(value)
        ? string.Join("\n\n", Of(value, "").Select(message => $"{message.Role}: {message.Content}"))
        : value.GetString()!;

    /// <summary>Writes a property. In a conversation, what came as plain text is one message; nothing is lost by that.</summary>
    public static void Write(Utf8JsonWriter json, string name, JsonElement value, string role, RowForm form)
    {
        json.WritePropertyName(name);
        if (form is RowForm.Conversations)
            WriteList(json, value, role);
        else
            value.WriteTo(json);
    }

    public static void WriteList(Utf8JsonWriter json, JsonElement value, string role)
    {
        if (IsList(value))
        {
            value.WriteTo(json);
            return;
        }

        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WritePropertyName("content"u8);
        value.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
