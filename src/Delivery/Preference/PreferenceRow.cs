using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cofferdam.Delivery.Preference;

/// <summary>Lines of the preference files.</summary>
/// <remarks>
/// Field names <c>prompt</c>, <c>chosen</c>, <c>rejected</c> as TRL's explicit-prompt preference format has them
/// (huggingface/trl docs/source/dataset_formats.md): three strings, or three lists of messages. Every line has every
/// field, so that readers that infer a schema find one.
/// </remarks>
internal static class PreferenceRow
{
    // The files are JSON in UTF-8 and go into no web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line of the training file.</summary>
    public static void Write(IBufferWriter<byte> line, PairItem item, IReadOnlyList<Vote> votes, Verdict.Decided verdict)
    {
        using var json = Begin(line, item);
        var (chosen, rejected) = verdict.AIsChosen ? (item.A, item.B) : (item.B, item.A);
        WriteMessages(json, "chosen", chosen, "assistant", item.IsConversation);
        WriteMessages(json, "rejected", rejected, "assistant", item.IsConversation);
        json.WriteNumber("agreement", verdict.Agreement);
        End(json, item.Id, item.External, votes);
    }

    /// <summary>A line of the list of ties.</summary>
    public static void Write(IBufferWriter<byte> line, PairItem item, IReadOnlyList<Vote> votes, Verdict.Undecided verdict)
    {
        using var json = Begin(line, item);
        WriteMessages(json, "a", item.A, "assistant", item.IsConversation);
        WriteMessages(json, "b", item.B, "assistant", item.IsConversation);
        json.WriteString("reason", verdict.Reason);
        End(json, item.Id, item.External, votes);
    }

    /// <summary>A line of the list of what this shape cannot express; with the votes, where there are any.</summary>
    public static void Write(IBufferWriter<byte> line, OpenedItem item, string reason)
    {
        using var json = new Utf8JsonWriter(line, Options);
        json.WriteStartObject();
        json.WriteString("reason", reason);
        End(json, item.Id, item.Pair?.External, item.Votes);
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> line, PairItem item)
    {
        var json = new Utf8JsonWriter(line, Options);
        json.WriteStartObject();
        WriteMessages(json, "prompt", item.Prompt, "user", item.IsConversation);
        return json;
    }

    private static void End(Utf8JsonWriter json, Guid item, string? external, IReadOnlyList<Vote> votes)
    {
        json.WriteString("item", item);
        json.WriteString("external", external);
        json.WriteStartArray("votes");
        foreach (var vote in votes)
        {
            json.WriteStartObject();
            json.WriteString("annotator", vote.Annotator);
            json.WriteString("preference", vote.Preference);
            json.WriteNumber("strength", vote.Strength);
            json.WriteString("shown", vote.Shown);
            json.WriteString("rationale", vote.Rationale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>In a conversation, what came as plain text is one message; nothing is lost by that.</summary>
    private static void WriteMessages(Utf8JsonWriter json, string name, JsonElement value, string role, bool conversation)
    {
        json.WritePropertyName(name);
        if (!conversation || value.ValueKind == JsonValueKind.Array)
        {
            value.WriteTo(json);
            return;
        }

        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WritePropertyName("content");
        value.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
