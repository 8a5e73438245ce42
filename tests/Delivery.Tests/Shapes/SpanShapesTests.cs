using System.Text;
using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;
using Cofferdam.TestKit;

namespace Cofferdam.Delivery.Tests.Shapes;

public sealed class SpanShapesTests
{
    [Fact]
    public void Spans_BeyondTheBasicPlane_CountCodePoints()
    {
        // One code point and two UTF-16 units each; then a letter with a combining mark.
        var row = new SpansShape().OnlyRow(Text("👩🏽 Zoe\u0308 met Ana", Given.Marks((3, 7, "PER"), (12, 15, "PER"))));

        row.GetProperty("spans").EnumerateArray().Select(span => span.GetProperty("text").GetString()).ShouldBe(["Zoe\u0308", "Ana"]);
        row.GetProperty("text").GetString().ShouldBe("👩🏽 Zoe\u0308 met Ana");
    }

    [Fact]
    public void Spans_ThreePeople_KeepsWhatMoreThanHalfMarkedExactly()
    {
        var row = new SpansShape().OnlyRow(Text(
            "Ana met Bo", Given.Marks((0, 3, "PER")), Given.Marks((0, 3, "PER"), (8, 10, "PER")), Given.Marks((0, 3, "LOC"), (8, 10, "PER"))));

        row.GetProperty("spans").EnumerateArray().Select(span => (span.GetProperty("start").GetInt32(), span.GetProperty("label").GetString()))
            .ShouldBe([(0, "PER"), (8, "PER")]);
        row.GetProperty("agreement").GetDouble().ShouldBe(2.0 / 3, 1e-9);
        row.GetProperty("votes").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public void Spans_TwoPeopleApart_IsASplit() =>
        new SpansShape().Tied(Text("Ana met Bo", Given.Marks((0, 3, "PER")), Given.Marks())).ShouldBe("split");

    [Fact]
    public void Spans_OutsideTheText_IsUnfit() =>
        new SpansShape().Unfit(Text("Ana", Given.Marks((0, 9, "PER")))).ShouldBe("a span lies outside the text");

    [Fact]
    public void Conll_WordsAndPunctuation_HaveBioTags() =>
        Block(Text("Ana López, of New York!", Given.Marks((0, 9, "PER"), (14, 22, "LOC")))).ShouldBe(
            """
            Ana B-PER
            López I-PER
            , O
            of O
            New B-LOC
            York I-LOC
            ! O

            """);

    [Fact]
    public void Conll_TwoSpansSideBySide_EachBeginsWithB() =>
        Block(Text("Ana Bo", Given.Marks((0, 3, "PER"), (4, 6, "PER")))).ShouldBe("Ana B-PER\nBo B-PER\n");

    [Fact]
    public void Conll_TokensOfTheItem_AreKeptAsTheyAre()
    {
        var item = Given.Item("""{"text":"The U.S. is big .","fields":{"tokens":["The","U.S.","is","big","."]}}""", Given.Spans, Given.Marks((4, 8, "LOC")));

        Block(item).ShouldBe("The O\nU.S. B-LOC\nis O\nbig O\n. O\n");
    }

    [Theory]
    [InlineData("Annabel", 0, 3, "a span cuts a token")]
    [InlineData("👩🏽‍🚀 flies", 0, 1, "a span cuts a token")]
    [InlineData("   ", 0, 1, "the text has no words")]
    public void Conll_SpanThatCutsAToken_IsUnfitWithItsReason(string text, int start, int end, string reason) =>
        new ConllShape().Unfit(Text(text, Given.Marks((start, end, "PER")))).ShouldBe(reason);

    [Fact]
    public void Conll_SpansThatOverlap_AreUnfit() =>
        new ConllShape().Unfit(Text("New York Times", Given.Marks((0, 8, "LOC"), (0, 14, "PER")))).ShouldBe("two spans overlap");

    [Fact]
    public void Conll_SpaceAtASpansEnd_BelongsToNoToken() => Block(Text("Ana met", Given.Marks((0, 4, "PER")))).ShouldBe("Ana B-PER\nmet O\n");

    [Fact]
    public void Conll_ScriptWithoutSpaces_EachIdeographIsAToken() => Block(Text("東京に", Given.Marks((0, 2, "LOC")))).ShouldBe("東 B-LOC\n京 I-LOC\nに O\n");

    [Fact]
    public void Conll_RealSentences_ComeOutAsTheyWentIn()
    {
        var sentences = File.ReadAllText(Vectors.RealData("ner/wikigold.conll"))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(sentence => sentence.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Where(columns => columns[0] != "-DOCSTART-").ToList())
            .Where(sentence => sentence.Count > 0)
            .ToList();

        sentences.Count.ShouldBeGreaterThan(1_000);
        foreach (var sentence in sentences)
        {
            // The corpus tags inside only; between a label and another, or none, a span ends.
            string[] tags = [.. sentence.Select((columns, i) => columns[^1] == "O" ? "O"
                : (i > 0 && sentence[i - 1][^1] == columns[^1] ? "I-" : "B-") + columns[^1][2..])];
            string[] tokens = [.. sentence.Select(columns => columns[0])];

            Block(Sentence(tokens, tags)).ShouldBe(string.Concat(tokens.Zip(tags, (token, tag) => $"{token} {tag}\n")));
        }
    }

    private static DeliveredItem Sentence(string[] tokens, string[] tags)
    {
        var spans = new List<(int Start, int End, string Label)>();
        var at = 0;
        foreach (var (token, tag) in tokens.Zip(tags))
        {
            var end = at + token.EnumerateRunes().Count();
            if (tag[0] == 'B')
                spans.Add((at, end, tag[2..]));
            else if (tag[0] == 'I')
                spans[^1] = spans[^1] with { End = end };
            at = end + 1;
        }

        var content = JsonSerializer.Serialize(new { text = string.Join(' ', tokens), fields = new { tokens } });
        return Given.Item(content, Given.Spans, Given.Marks([.. spans]));
    }

    private static DeliveredItem Text(string text, params string[] answers) =>
        Given.Item($$$"""{"external":null,"text":{{{JsonSerializer.Serialize(text)}}},"fields":{}}""", Given.Spans, answers);

    private static string Block(DeliveredItem item) =>
        Encoding.UTF8.GetString(new ConllShape().LinesOf(item).ShouldHaveSingleItem().ShouldBeOfType<Line.Row>().Content.Span);
}
