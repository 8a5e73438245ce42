using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Whether the messages of a row are plain texts or lists of messages: a file of rows has one form, so that readers find one schema.</summary>
internal enum RowForm
{
    /// <summary>The shape has one form only.</summary>
    Any,
    Texts,
    Conversations,
}

/// <summary>Where something of an item goes.</summary>
internal abstract record Line
{
    private Line() { }

    /// <summary>Into the training file.</summary>
    /// <param name="Content">One row as the shape has it; without a line feed, except in a shape of blocks.</param>
    /// <param name="Agreement">Share of the answers that agree with the row; null where the row holds them all.</param>
    public sealed record Row(ReadOnlyMemory<byte> Content, double? Agreement, RowForm Form = RowForm.Any) : Line;

    /// <summary>Into the list of ties.</summary>
    /// <param name="Responses">Which responses, from 0, where the item has more than two; null: the whole item.</param>
    public sealed record Tie(string Reason, IReadOnlyList<int>? Responses = null) : Line;

    /// <summary>Into the list of what the shape cannot express.</summary>
    public sealed record Unfit(string Reason) : Line;

    /// <summary>A row that is a JSON object.</summary>
    public static Row Json(Action<Utf8JsonWriter> properties, double? agreement, RowForm form = RowForm.Any) => new(JsonLine.Of(properties), agreement, form);
}

internal static class JsonLine
{
    // The files are JSON in UTF-8 and go into no web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object on one line.</summary>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> properties)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(line, Options);
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
        json.Flush();
        return line.WrittenMemory;
    }
}
