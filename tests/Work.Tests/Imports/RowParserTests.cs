using System.Text;
using System.Text.Json;
using Cofferdam.Work.Imports;

namespace Cofferdam.Work.Tests.Imports;

public sealed class RowParserTests
{
    [Theory]
    [InlineData("""{"prompt":"p","response_1":"x","response_2":"y"}""")]
    [InlineData("""{"instruction":"p","output_1":"x","output_2":"y"}""")]
    [InlineData("""{"question":"p","chosen":"x","rejected":"y"}""")]
    [InlineData("""{"prompt":"p","response_a":"x","response_b":"y"}""")]
    [InlineData("""{"prompt":"p","completion_a":"x","completion_b":"y"}""")]
    public void Parse_UsualNames_AreRecognised(string row)
    {
        var item = Parse(row);

        (Text(item, "prompt"), Text(item, "a"), Text(item, "b")).ShouldBe(("p", "x", "y"));
    }

    [Fact]
    public void Parse_OtherFields_AreKept()
    {
        var item = Parse("""{"id":17,"prompt":"p","response_1":"x","response_2":"y","source":{"n":1.50},"tags":["ä"]}""");

        item.GetProperty("external").GetString().ShouldBe("17");
        item.GetProperty("fields").GetRawText().ShouldBe("""{"source":{"n":1.50},"tags":["ä"]}""");
    }

    [Fact]
    public void Parse_Map_FindsNestedFields()
    {
        var item = Parse(
            """{"data":{"q":"p"},"out.1":"x","two":{"text":"y"},"meta":{"key":"k"}}""",
            new() { ["prompt"] = "data.q", ["a"] = "out.1", ["b"] = "two.text", ["id"] = "meta.key" });

        (Text(item, "prompt"), Text(item, "a"), Text(item, "b"), Text(item, "external")).ShouldBe(("p", "x", "y", "k"));
    }

    [Fact]
    public void Parse_Conversation_KeepsItsMessages()
    {
        var item = Parse("""{"messages":[{"role":"user","content":"hi","x":1}],"response_1":[{"role":"assistant","content":"a"}],"response_2":"b"}""");

        item.GetProperty("prompt").GetRawText().ShouldBe("""[{"role":"user","content":"hi"}]""");
        item.GetProperty("a").GetRawText().ShouldBe("""[{"role":"assistant","content":"a"}]""");
    }

    [Fact]
    public void Parse_TranscriptsWithoutPrompt_SplitsWhatTheyHaveInCommon()
    {
        var item = Parse(JsonSerializer.Serialize(new
        {
            chosen = "\n\nHuman: hi\n\nAssistant: hello\n\nHuman: why?\n\nAssistant: because",
            rejected = "\n\nHuman: hi\n\nAssistant: hello\n\nHuman: why?\n\nAssistant: no",
        }));

        item.GetProperty("prompt").EnumerateArray().Select(turn => Text(turn, "role") + ":" + Text(turn, "content"))
            .ShouldBe(["user:hi", "assistant:hello", "user:why?"]);
        (Text(item, "a"), Text(item, "b")).ShouldBe(("because", "no"));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("""{"prompt":"p","response_1":"x"}""", "lacks two responses")]
    [InlineData("""{"prompt":"p","response_1":"x","response_2":null}""", "lacks two responses")]
    [InlineData("""{"response_1":"x","response_2":"y"}""", "lacks a prompt")]
    [InlineData("""{"prompt":7,"response_1":"x","response_2":"y"}""", "neither a text nor a list")]
    [InlineData("""{"prompt":[],"response_1":"x","response_2":"y"}""", "has no messages")]
    [InlineData("""{"prompt":[{"role":"user"}],"response_1":"x","response_2":"y"}""", "lacks a role or a content")]
    [InlineData("""{"prompt":"p","prompt":"q","response_1":"x","response_2":"y"}""", "not valid JSON")]
    [InlineData("""{"prompt":"\ud800","response_1":"x","response_2":"y"}""", "surrogate")]
    [InlineData("""{"prompt":"p\u0000","response_1":"x","response_2":"y"}""", "NUL")]
    [InlineData("""{"id":{},"prompt":"p","response_1":"x","response_2":"y"}""", "neither a text nor a number")]
    public void Parse_NoItem_SaysWhy(string row, string reason) =>
        Should.Throw<RowException>(() => Parse(row)).Message.ShouldContain(reason);

    [Fact]
    public void Parse_InvalidUtf8_SaysSo()
    {
        byte[] row = [.. """{"prompt":"p"""u8, 0xC3, 0x28, .. "\",\"response_1\":\"x\",\"response_2\":\"y\"}"u8];

        Should.Throw<RowException>(() => new RowParser(Map()).Parse(row)).Message.ShouldBe("it is not valid UTF-8");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("unknown")]
    public void Map_Incomplete_IsRefused(string field) =>
        ImportMap.Create(new Dictionary<string, string> { [field] = "x" }).Fault.ShouldNotBeNull();

    [Fact]
    public void Parse_ASuggestionThatNoNumberHolds_IsABadRow() => Should.Throw<RowException>(() =>
        Parse("""{"prompt":"p","response_1":"x","response_2":"y","n":1e400}""", new() { ["prelabel.score"] = "n" })).Message.ShouldContain("no answer");

    private static ImportMap Map(Dictionary<string, string>? map = null) => ImportMap.Create(map).Map!;

    private static JsonElement Parse(string row, Dictionary<string, string>? map = null) =>
        JsonDocument.Parse(new RowParser(Map(map)).Parse(Encoding.UTF8.GetBytes(row)).Plaintext).RootElement;

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
