using System.Buffers;
using System.Text;
using System.Text.Json;
using Cofferdam.Delivery.Preference;

namespace Cofferdam.Delivery.Tests;

public sealed class PreferenceRowTests
{
    private static readonly Guid Id = new("0192f0c0-0000-7000-8000-000000000001");

    [Fact]
    public void Write_PlainTexts_ThreeStrings()
    {
        var row = Write("""{"external":"x-1","prompt":"Why?","a":"Because.","b":"No \"idea\" <b>"}""", aIsChosen: false);

        row.GetProperty("prompt").GetString().ShouldBe("Why?");
        row.GetProperty("chosen").GetString().ShouldBe("No \"idea\" <b>");
        row.GetProperty("rejected").GetString().ShouldBe("Because.");
        row.GetProperty("item").GetGuid().ShouldBe(Id);
        row.GetProperty("external").GetString().ShouldBe("x-1");
    }

    [Fact]
    public void Write_Conversation_ThreeListsOfMessages()
    {
        var row = Write("""{"external":null,"prompt":[{"role":"user","content":"Hi"}],"a":"Hello","b":[{"role":"assistant","content":"Hey"}]}""", aIsChosen: true);

        row.GetProperty("prompt")[0].GetProperty("content").GetString().ShouldBe("Hi");
        row.GetProperty("chosen")[0].GetProperty("role").GetString().ShouldBe("assistant");
        row.GetProperty("chosen")[0].GetProperty("content").GetString().ShouldBe("Hello");
        row.GetProperty("rejected")[0].GetProperty("content").GetString().ShouldBe("Hey");
        row.GetProperty("external").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Write_Votes_EachIsKeptWithEveryField()
    {
        var votes = Write("""{"external":null,"prompt":"p","a":"a","b":"b"}""", aIsChosen: true).GetProperty("votes");

        votes.GetArrayLength().ShouldBe(2);
        votes[0].GetRawText().ShouldBe("""{"annotator":"ann","preference":"a","strength":2,"shown":"right","rationale":"ä, 漢字"}""");
        votes[1].GetRawText().ShouldBe("""{"annotator":"bob","preference":"tie","strength":0,"shown":"tie","rationale":null}""");
    }

    [Theory]
    [InlineData("""{"prompt":"p","a":"a"}""")]
    [InlineData("""{"prompt":5,"a":"a","b":"b"}""")]
    [InlineData("""["p","a","b"]""")]
    public void Read_NoPair_IsNone(string json)
    {
        using var document = JsonDocument.Parse(json);
        PairItem.Read(Id, document.RootElement).ShouldBeNull();
    }

    private static JsonElement Write(string item, bool aIsChosen)
    {
        using var document = JsonDocument.Parse(item);
        var line = new ArrayBufferWriter<byte>();
        PreferenceRow.Write(
            line, PairItem.Read(Id, document.RootElement)!,
            [Votes.Of(1, "ann", 2, "right", "ä, 漢字"), Votes.Of(0, "bob")], new Verdict.Decided(aIsChosen, 0.5));
        Encoding.UTF8.GetString(line.WrittenSpan).ShouldNotContain("\n");
        using var row = JsonDocument.Parse(line.WrittenMemory);
        return row.RootElement.Clone();
    }
}
