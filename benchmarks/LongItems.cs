using System.Text;
using System.Text.Json;

namespace Cofferdam.Bench;

/// <summary>Items as long as the workroom must stay quick with: 25 kB of text with 500 suggested spans.</summary>
internal static class LongItems
{
    public const int Characters = 25_000;
    public const int Spans = 500;

    private static readonly string[] Words =
        ["the", "lock", "at", "Seaford", "was", "opened", "by", "Ada", "Marsh", "and", "her", "team", "of", "harbour", "workers", "who", "had", "dug", "for", "three", "winters"];

    private static readonly string[] Labels = ["PER", "LOC", "ORG", "DAT"];

    /// <returns>A row for import: <c>text</c>, and <c>names</c> as a suggestion.</returns>
    public static string Row(int number)
    {
        var text = new StringBuilder(Characters + 20);
        var starts = new List<(int Start, int End)>();
        for (var word = number; text.Length < Characters; word++)
        {
            // Paragraphs as in prose, of some 600 characters.
            if (text.Length > 0)
                text.Append(text.Length / 600 == (text.Length - 7) / 600 ? ' ' : '\n');
            var start = text.Length;
            text.Append(Words[word % Words.Length]);
            starts.Add((start, text.Length));
        }

        // Evenly over the text; every tenth lies around the one before it.
        var every = starts.Count / (double)Spans;
        var spans = Enumerable.Range(0, Spans).Select(index =>
        {
            var (start, end) = starts[(int)(index * every)];
            return new { start, end = index % 10 == 9 ? starts[Math.Min((int)(index * every) + 3, starts.Count - 1)].End : end, label = Labels[index % Labels.Length] };
        });
        return JsonSerializer.Serialize(new { id = $"long-{number}", text = text.ToString(), names = new { spans } });
    }
}
