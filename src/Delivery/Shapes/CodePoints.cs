using System.Globalization;
using System.Text;

namespace Cofferdam.Delivery.Shapes;

/// <summary>A text by code points, in which the ends of spans are counted.</summary>
internal sealed class CodePoints
{
    // Where each code point begins in UTF-16; one more for the end.
    private readonly List<int> starts = [];
    private readonly string text;

    public CodePoints(string text)
    {
        this.text = text;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            starts.Add(at);
            Runes.Add(rune);
            at += rune.Utf16SequenceLength;
        }

        starts.Add(at);
    }

    public List<Rune> Runes { get; } = [];

    public int Count => Runes.Count;

    /// <summary>True where a span lies in the text and is not empty.</summary>
    public bool Holds(int start, int end) => start >= 0 && start < end && end <= Count;

    /// <summary>What readers take for one character each: a letter with its marks, an emoji of several parts.</summary>
    public IEnumerable<(int Start, int End)> Characters()
    {
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            at += StringInfo.GetNextTextElementLength(text, at);
            var end = start;
            while (starts[end] < at)
                end++;
            yield return (start, end);
            start = end;
        }
    }

    public string Slice(int start, int end) => text[starts[start]..starts[end]];
}
