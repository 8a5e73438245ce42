using System.IO.Pipelines;
using System.Text;
using Cofferdam.Work.Imports;

namespace Cofferdam.Work.Tests.Imports;

public sealed class RowSourceTests
{
    [Theory]
    [InlineData("""[{"a":1},{"a":"]}\"["}]""", "1:{\"a\":1}", "1:{\"a\":\"]}\\\"[\"}")]
    [InlineData("{\"version\":\"1\",\"data\":[\n {\"a\":[1,2]},\n 7\n],\"n\":{\"x\":{}}}", "2:{\"a\":[1,2]}", "3:7")]
    [InlineData("\uFEFF [ ] ")]
    public async Task Json_ArrayOrObjectWithOne_GivesItsElements(string json, params string[] rows)
    {
        foreach (var chunk in (int[])[1, 5, 4096])
            (await ReadAsync(ImportFormat.Json, Encoding.UTF8.GetBytes(json), chunk)).ShouldBe(rows);
    }

    [Theory]
    [InlineData("""{"a":1}""", "no list")]
    [InlineData("""{"a":[{"x":1}],"b":[{"y":2}]}""", "more than one list")]
    [InlineData("""[{"a":1}""", "in the middle")]
    [InlineData("", "no list")]
    public async Task Json_NoList_FailsAsAWhole(string json, string why) =>
        (await Should.ThrowAsync<ImportFileException>(() => ReadAsync(ImportFormat.Json, Encoding.UTF8.GetBytes(json), 3))).Message.ShouldContain(why);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Csv_AnyDelimiter_IsTold(char delimiter)
    {
        var text = $"text{delimiter}n\n\"two\nlines \"\"and\"\" {delimiter}\"{delimiter}1\nx{delimiter}2\n";

        (await ReadAsync(ImportFormat.Csv, Encoding.UTF8.GetBytes(text), 7))
            .ShouldBe([$$"""2:{"text":"two\nlines \"and\" {{(delimiter == '\t' ? "\\t" : delimiter)}}","n":"1"}""", """4:{"text":"x","n":"2"}"""]);
    }

    [Theory]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData("shift_jis", "shift_jis")]
    [InlineData("utf-16", null)]
    public async Task Csv_AnyEncoding_IsReadByNameOrMark(string encoding, string? named)
    {
        var wide = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        var word = encoding == "shift_jis" ? "日本" : "Größe";

        (await ReadAsync(ImportFormat.Csv, [.. wide.GetPreamble(), .. wide.GetBytes($"text,n\n{word},1\n")], 3, new CsvOptions(Encoding: named)))
            .ShouldBe([$$"""2:{"text":"{{word}}","n":"1"}"""]);
    }

    [Fact]
    public void Encoding_Utf7_IsNone() => CharacterSets.Find("utf-7").ShouldBeNull();

    [Fact]
    public async Task Csv_AnEndlessFirstRow_IsNoTable() =>
        (await Should.ThrowAsync<ImportFileException>(() => ReadAsync(ImportFormat.Csv, Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 20_000))), 4096)))
            .Message.ShouldContain("columns");

    [Fact]
    public async Task Conll_MoreTokensThanAnItemHolds_IsABadRow() =>
        (await ReadAsync(ImportFormat.Conll, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a O\n", 100_001)) + "\nb O\n"), 4096))
            .ShouldBe(["1!it has more than 100,000 tokens", """100003:{"text":"b","2":[]}"""]);

    [Fact]
    public async Task Csv_BadRows_AreToldWithTheirLines() =>
        (await ReadAsync(ImportFormat.Csv, "text,n\na,1\nb\nc,2,3\n\"d\"x,4\n5\" pipe,6\n"u8.ToArray(), 4096)).ShouldBe(
        [
            """2:{"text":"a","n":"1"}""", "3!it has 1 values where there are 2 columns", "4!it has 3 values where there are 2 columns",
            "5!a value goes on after its closing quote", """6:{"text":"5\" pipe","n":"6"}""",
        ]);

    [Fact]
    public async Task Csv_NotOfItsEncoding_NamesTheRow()
    {
        byte[] bytes = [.. "text,n\nok,1\n"u8, 0xE4, .. ",2\n"u8];

        (await ReadAsync(ImportFormat.Csv, bytes, 4096)).ShouldBe(["""2:{"text":"ok","n":"1"}""", "3!it is not valid UTF-8: name the file's character encoding"]);
    }

    [Theory]
    // IOB1, as wikigold has it, and IOB2 say the same.
    [InlineData("Ann I-PER\nX B-PER\n😀 O\nUN I-ORG\nHQ I-ORG\n")]
    [InlineData("Ann B-PER\nX B-PER\n😀 O\nUN B-ORG\nHQ I-ORG\n")]
    [InlineData("Ann S-PER\nX U-PER\n😀 O\nUN B-ORG\nHQ E-ORG\n")]
    public async Task Conll_AnyScheme_GivesSpansInCodePoints(string sentence) =>
        (await ReadAsync(ImportFormat.Conll, Encoding.UTF8.GetBytes(sentence), 3)).ShouldBe(
        [
            """1:{"text":"Ann X \uD83D\uDE00 UN HQ","2":[{"start":0,"end":3,"label":"PER"},{"start":4,"end":5,"label":"PER"},{"start":8,"end":13,"label":"ORG"}]}""",
        ]);

    [Fact]
    public async Task Conll_Documents_HoldASentencePerLine()
    {
        const string text = "-DOCSTART- O\n\nA I-X\n\nB I-X\n. O\n\n-DOCSTART- O\nC NN\nD\n";

        (await ReadAsync(ImportFormat.Conll, Encoding.UTF8.GetBytes(text), 4096, conll: new ConllOptions(ConllUnit.Document))).ShouldBe(
        [
            """3:{"text":"A\nB .","document":1,"2":[{"start":0,"end":1,"label":"X"},{"start":2,"end":3,"label":"X"}]}""",
            "9!line 10 has 1 columns where its first line has 2",
        ]);
    }

    private static async Task<List<string>> ReadAsync(ImportFormat format, byte[] bytes, int chunk, CsvOptions? csv = null, ConllOptions? conll = null)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            foreach (var part in bytes.Chunk(chunk))
                await pipe.Writer.WriteAsync(part);
            await pipe.Writer.CompleteAsync();
        });
        var lines = new List<string>();
        try
        {
            await foreach (var line in RowSource.Of(Reading.Of("f", format, csv, conll).Reading!, pipe.Reader, 1 << 20).ReadAsync(CancellationToken.None))
                lines.Add(line.Fault is { } fault ? $"{line.Number}!{fault}" : $"{line.Number}:{Encoding.UTF8.GetString(line.Bytes.Span).Trim()}");
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }

        return lines;
    }
}
