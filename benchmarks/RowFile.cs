using System.Text;

namespace Cofferdam.Bench;

/// <summary>A JSONL file of rows of 1 KiB each, gone when the measurement is.</summary>
internal sealed class RowFile : IDisposable
{
    public const int RowBytes = 1024;

    private RowFile(string path, int rows) => (Path, Rows) = (path, rows);

    public string Path { get; }

    public int Rows { get; }

    /// <param name="from">Number of the first row: rows of different numbers differ.</param>
    public static RowFile Write(int rows, int from = 0)
    {
        var path = System.IO.Path.GetTempFileName();
        using (var file = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20))
        {
            for (var i = from; i < from + rows; i++)
                file.Write(Row(i));
        }

        return new RowFile(path, rows);
    }

    public void Dispose() => File.Delete(Path);

    private static string Row(int number)
    {
        var begin = $$"""{"id":"row-{{number:D9}}","language":"{{(number % 10 == 0 ? "de" : "en")}}","prompt":"Question {{number}}: """;
        const string between = "\",\"response_1\":\"The first answer says ", last = "\",\"response_2\":\"The second answer says ", end = "\"}\n";
        var words = (RowBytes - begin.Length - between.Length - last.Length - end.Length) / 3;
        return begin + Words(words) + between + Words(words) + last + Words(RowBytes - begin.Length - between.Length - last.Length - end.Length - (2 * words)) + end;
    }

    private static string Words(int length) => Text[..length];

    private static readonly string Text = string.Concat(Enumerable.Repeat("that a careful reader would prefer the answer which says why and then stops; ", 16));
}
