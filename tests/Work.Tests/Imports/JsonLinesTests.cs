using System.IO.Pipelines;
using System.Text;
using Cofferdam.Work.Imports;

namespace Cofferdam.Work.Tests.Imports;

public sealed class JsonLinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4096)]
    public async Task ReadAsync_AnyChunks_GivesTheSameLines(int chunk)
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFFone\r\n\n  two \nthree is too long\nfour");

        (await ReadAsync(bytes, chunk, longest: 8)).ShouldBe(["1:one", "3:two", "4:too long", "5:four"]);
    }

    [Fact]
    public async Task ReadAsync_LastLineTooLong_IsReported() =>
        (await ReadAsync("ok\nfar too long a line"u8.ToArray(), 4, longest: 8)).ShouldBe(["1:ok", "2:too long"]);

    [Fact]
    public async Task ReadAsync_Empty_GivesNothing() => (await ReadAsync([], 1, longest: 8)).ShouldBeEmpty();

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task ReadAsync_WiderText_IsRefusedWithAndWithoutMark(string encoding)
    {
        var wide = Encoding.GetEncoding(encoding);

        await Should.ThrowAsync<ImportFileException>(() => ReadAsync(wide.GetBytes("{\"a\":1}"), 2, longest: 64));
        await Should.ThrowAsync<ImportFileException>(() => ReadAsync([.. wide.GetPreamble(), .. wide.GetBytes("{}")], 2, longest: 64));
    }

    private static async Task<List<string>> ReadAsync(byte[] bytes, int chunk, int longest)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            foreach (var part in bytes.Chunk(chunk))
                await pipe.Writer.WriteAsync(part);
            await pipe.Writer.CompleteAsync();
        });
        var reader = new JsonLines(pipe.Reader, longest);
        var lines = new List<string>();
        try
        {
            await foreach (var line in reader.ReadAsync(CancellationToken.None))
                lines.Add($"{line.Number}:{(line.Fault is not null ? "too long" : Encoding.UTF8.GetString(line.Bytes.Span))}");
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }

        return lines;
    }
}
