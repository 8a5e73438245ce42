using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Cofferdam.Endpoints;

/// <summary>
/// Whether JSON that is kept as it came holds text that can be written again. Parsing leaves strings as they are, so
/// half a surrogate pair (<c>"\ud800"</c>, RFC 8259 §8.2) or bytes that are not UTF-8 come to light only when they are read.
/// </summary>
public static class WholeText
{
    public static bool Is(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Utf8.IsValid(raw) && (raw.IndexOf("\\u"u8) < 0 || EscapesAreWhole(raw));
    }

    private static bool EscapesAreWhole(ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            // What GetString says of a surrogate without its other half.
            return false;
        }

        return true;
    }
}
