using System.Text.Json;

namespace Cofferdam.Work.Items;

/// <summary>Looks at raw JSON without making objects of it.</summary>
internal static class JsonSlices
{
    /// <summary>Elements of an array; 0 for no JSON.</summary>
    public static int Count(ReadOnlySpan<byte> array)
    {
        if (array.IsEmpty)
            return 0;
        var count = 0;
        var reader = new Utf8JsonReader(array);
        reader.Read();
        for (; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; count++)
            reader.Skip();
        return count;
    }

    /// <summary>The elements of an array as they are written.</summary>
    public static List<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> array)
    {
        var slices = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(array.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            slices.Add(array[start..(int)reader.BytesConsumed]);
        }

        return slices;
    }

    /// <summary>Unicode code points of a JSON string in its quotes; null for no JSON. The string is whole text (see <see cref="WholeText"/>).</summary>
    public static int? CodePoints(ReadOnlySpan<byte> quoted)
    {
        if (quoted.IsEmpty)
            return null;
        var count = 0;
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                // Every byte but those that go on with a character (RFC 3629 §3).
                count += (quoted[i] & 0xC0) == 0x80 ? 0 : 1;
                continue;
            }

            var escaped = quoted[++i] == 'u';
            // The second half of a pair, \uDC00 to \uDFFF, was counted with the first.
            var second = escaped && quoted[i + 1] is (byte)'d' or (byte)'D' && quoted[i + 2] is (byte)'c' or (byte)'C' or (byte)'d' or (byte)'D' or (byte)'e' or (byte)'E' or (byte)'f' or (byte)'F';
            count += second ? 0 : 1;
            i += escaped ? 4 : 0;
        }

        return count;
    }
}
