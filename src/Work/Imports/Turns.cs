using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cofferdam.Work.Imports;

/// <summary>One message of a conversation.</summary>
internal readonly record struct Turn(string Role, string Content);

/// <summary>A prompt or a response: a text, or messages.</summary>
internal sealed record Content(string? Text, IReadOnlyList<Turn>? Messages)
{
    // A text that can be sealed as it came; it lives as long as its row.
    private JsonElement raw;

    /// <summary>The text; null where it is messages.</summary>
    public string? Text { get => field ?? (raw.ValueKind is JsonValueKind.String ? raw.GetString() : null); } = Text;

    /// <summary>Reads a text or an array of <c>{"role","content"}</c>.</summary>
    /// <exception cref="RowException">It is neither.</exception>
    public static Content Read(JsonElement value, string what)
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            // NUL and halves of surrogate pairs come in escapes alone.
            return JsonMarshal.GetRawUtf8Value(value).IndexOf("\\u"u8) < 0 ? new Content(null, null) { raw = value } : new Content(TextOf(value, what), null);
        }

        if (value.ValueKind is not JsonValueKind.Array)
            throw new RowException($"the {what} is neither a text nor a list of messages");

        var messages = new List<Turn>(value.GetArrayLength());
        foreach (var message in value.EnumerateArray())
        {
            if (message.ValueKind is not JsonValueKind.Object
                || !message.TryGetProperty("role", out var role) || role.ValueKind is not JsonValueKind.String
                || !message.TryGetProperty("content", out var content) || content.ValueKind is not JsonValueKind.String)
                throw new RowException($"a message of the {what} lacks a role or a content that is text");
            messages.Add(new Turn(TextOf(role, what), TextOf(content, what)));
        }

        return messages.Count > 0 ? new Content(null, messages) : throw new RowException($"the {what} has no messages");
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Messages is null)
        {
            if (raw.ValueKind is JsonValueKind.String)
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(raw), skipInputValidation: true);
            else
                json.WriteStringValue(Text);
            return;
        }

        json.WriteStartArray();
        foreach (var (role, content) in Messages)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, role);
            json.WriteString("content"u8, content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string TextOf(JsonElement value, string what)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RowException($"the {what} holds half a surrogate pair, which is no text");
        }

        return text.Contains('\0') ? throw new RowException($"the {what} holds a NUL character") : text;
    }
}

/// <summary>Two whole conversations that differ at their end, as preference sets without a prompt of their own have them.</summary>
internal static class Transcripts
{
    private const string Human = "\n\nHuman:";
    private const string Assistant = "\n\nAssistant:";

    /// <summary>Splits off what both conversations begin with.</summary>
    /// <returns>Null where these are no conversations, or have no beginning in common.</returns>
    public static (Content Prompt, Content A, Content B)? Split(Content a, Content b)
    {
        if ((a.Messages ?? Parse(a.Text!)) is not { } first || (b.Messages ?? Parse(b.Text!)) is not { } second)
            return null;
        var common = 0;
        // Each side keeps at least its last message.
        while (common < Math.Min(first.Count, second.Count) - 1 && first[common] == second[common])
            common++;
        return common == 0
            ? null
            : (new Content(null, [.. first.Take(common)]), Rest(first, common), Rest(second, common));
    }

    private static Content Rest(IReadOnlyList<Turn> turns, int from) =>
        from == turns.Count - 1 && turns[from].Role == "assistant"
            ? new Content(turns[from].Content, null)
            : new Content(null, [.. turns.Skip(from)]);

    private static List<Turn>? Parse(string text)
    {
        if (!text.StartsWith(Human, StringComparison.Ordinal) && !text.StartsWith(Assistant, StringComparison.Ordinal))
            return null;
        var turns = new List<Turn>();
        var at = 0;
        while (at < text.Length)
        {
            var human = text.AsSpan(at).StartsWith(Human);
            var start = at + (human ? Human.Length : Assistant.Length);
            var end = Next(text, start);
            turns.Add(new Turn(human ? "user" : "assistant", text[start..end].Trim()));
            at = end;
        }

        return turns;
    }

    private static int Next(string text, int from)
    {
        var human = text.IndexOf(Human, from, StringComparison.Ordinal);
        var assistant = text.IndexOf(Assistant, from, StringComparison.Ordinal);
        return Math.Min(human < 0 ? text.Length : human, assistant < 0 ? text.Length : assistant);
    }
}
