using System.Text;

namespace Cofferdam.Work.Imports;

/// <summary>Character encodings that a file may be in. Bytes that an encoding does not have are a fault, never a question mark.</summary>
internal static class CharacterSets
{
    /// <returns>Null where there is none of this name.</returns>
    public static Encoding? Find(string name)
    {
        try
        {
            // Windows and DOS code pages, Shift-JIS and such come from here; nothing is registered for the whole process.
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // UTF-7 has a name and is not read: its bytes can hide what they say.
            return null;
        }
    }

    /// <summary>The encoding that a byte order mark names, and the mark's length; UTF-8 and 0 where there is none.</summary>
    public static (Encoding Encoding, int Mark) ByMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Find("utf-8")!, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Find("utf-32")!, 4),
        [0, 0, 0xFE, 0xFF, ..] => (Find("utf-32BE")!, 4),
        [0xFF, 0xFE, ..] => (Find("utf-16")!, 2),
        [0xFE, 0xFF, ..] => (Find("utf-16BE")!, 2),
        _ => (Find("utf-8")!, 0),
    };
}
