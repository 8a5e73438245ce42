using System.Text;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;

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

    private static DeliveredItem Text(string text, params string[] answers) =>
        Given.Item($$$"""{"external":null,"text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}},"fields":{}}""", Given.Spans, answers);

    private static string Block(DeliveredItem item) =>
        Encoding.UTF8.GetString(new ConllShape().LinesOf(item).ShouldHaveSingleItem().ShouldBeOfType<Line.Row>().Content.Span);
}
