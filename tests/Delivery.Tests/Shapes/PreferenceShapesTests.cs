using System.Text;
using Cofferdam.Delivery.Shapes;

namespace Cofferdam.Delivery.Tests.Shapes;

public sealed class PreferenceShapesTests
{
    private const string Texts = """{"v":1,"external":"x-1","prompt":"Why?","a":"Because \"so\" <b>","b":"No idea","fields":{}}""";
    private const string Talk = """{"v":1,"external":null,"prompt":[{"role":"user","content":"Hi"}],"a":"Hello","b":[{"role":"assistant","content":"Hey"}],"fields":{}}""";

    [Theory]
    [InlineData("a", true, 1.0)]
    [InlineData("a a b", true, 2.0 / 3)]
    [InlineData("b tie", false, 0.5)]
    [InlineData("b b a tie", false, 0.5)]
    public void Preference_MoreVotesForOneSide_ThatSideIsChosen(string votes, bool aIsChosen, double agreement)
    {
        var row = new PreferenceShape().OnlyRow(Item(Texts, votes));

        row.GetProperty("chosen").GetString().ShouldBe(aIsChosen ? "Because \"so\" <b>" : "No idea");
        row.GetProperty("rejected").GetString().ShouldBe(aIsChosen ? "No idea" : "Because \"so\" <b>");
        row.GetProperty("agreement").GetDouble().ShouldBe(agreement, 1e-9);
    }

    [Theory]
    [InlineData("tie", "tie")]
    [InlineData("tie tie", "tie")]
    [InlineData("a b", "split")]
    [InlineData("a tie b", "split")]
    public void Preference_NoSideAhead_IsATieWithItsReason(string votes, string reason) => new PreferenceShape().Tied(Item(Texts, votes)).ShouldBe(reason);

    [Fact]
    public void Preference_SeveralRaters_NeverCollapseIntoOneRow_Argilla3274()
    {
        var votes = new PreferenceShape().OnlyRow(Item(Texts, "a b a")).GetProperty("votes");

        votes.EnumerateArray().Select(vote => (vote.GetProperty("annotator").GetString(), vote.GetProperty("preference").GetString()))
            .ShouldBe([("annotator-1", "a"), ("annotator-2", "b"), ("annotator-3", "a")]);
        votes[1].GetRawText().ShouldBe("""{"annotator":"annotator-2","preference":"b","strength":1,"shown":"right","rationale":null}""");
    }

    [Fact]
    public void Preference_Conversation_ThreeListsOfMessages()
    {
        var row = new PreferenceShape().LinesOf(Item(Talk, "a")).ShouldHaveSingleItem().ShouldBeOfType<Line.Row>();

        row.Form.ShouldBe(RowForm.Conversations);
        Encoding.UTF8.GetString(row.Content.Span).ShouldContain(
            """{"prompt":[{"role":"user","content":"Hi"}],"chosen":[{"role":"assistant","content":"Hello"}],"rejected":[{"role":"assistant","content":"Hey"}]""");
    }

    [Fact]
    public void Preference_RankingOfThree_ARowForEveryTwoByMeanRank()
    {
        var item = Given.Item(
            """{"prompt":"p","responses":["one","two","three"],"fields":{}}""", Given.Ranking,
            """{"ranks":[2,1,3],"shown":[0,1,2]}""", """{"ranks":[1,2,3],"shown":[2,1,0]}""", """{"ranks":[2,1,2],"shown":[2,1,0]}""");

        new PreferenceShape().Rows(item).Select(row => (row.GetProperty("chosen").GetString(), row.GetProperty("rejected").GetString()))
            .ShouldBe([("two", "one"), ("one", "three"), ("two", "three")]);
        new PromptCompletionShape().OnlyRow(item).GetProperty("completion").GetString().ShouldBe("two");
        new UnpairedPreferenceShape().Rows(item).Select(row => (row.GetProperty("completion").GetString(), row.GetProperty("label").GetBoolean()))
            .ShouldBe([("two", true), ("three", false)]);
    }

    [Fact]
    public void Preference_TwoResponsesOfARankingLevel_AreATieBesideTheRows()
    {
        var item = Given.Item("""{"prompt":"p","responses":["one","two","three"],"fields":{}}""", Given.Ranking, """{"ranks":[1,1,2],"shown":[0,1,2]}""");

        var lines = new PreferenceShape().LinesOf(item).ToList();

        lines.OfType<Line.Row>().Count().ShouldBe(2);
        var tie = lines.OfType<Line.Tie>().ShouldHaveSingleItem();
        tie.Reason.ShouldBe("tie");
        tie.Responses.ShouldBe([0, 1]);
        new PromptCompletionShape().Tied(item).ShouldBe("tie");
    }

    [Theory]
    [InlineData("""{"prompt":"p","a":"a","fields":{}}""", "the item is not a pair of responses")]
    [InlineData("""{"a":"a","b":"b","fields":{}}""", "the item has no prompt")]
    [InlineData("""{"prompt":"p","a":"same","b":"same","fields":{}}""", "both responses are the same")]
    [InlineData("""{"text":"t","fields":{}}""", "the item has no prompt")]
    public void Preference_NotAPair_IsUnfitWithItsReason(string content, string reason) => new PreferenceShape().Unfit(Item(content, "a")).ShouldBe(reason);

    [Fact]
    public void Unpaired_SingleResponseRated_IsTrueAboveTheMiddleAndATieInIt()
    {
        const string Single = """{"prompt":"p","responses":["only"],"fields":{}}""";

        new UnpairedPreferenceShape().OnlyRow(Given.Item(Single, Given.Rating, """{"rating":5}""", """{"rating":2}""", """{"rating":4}""")).GetProperty("label").GetBoolean().ShouldBeTrue();
        new UnpairedPreferenceShape().OnlyRow(Given.Item(Single, Given.Rating, """{"rating":1}""")).GetProperty("label").GetBoolean().ShouldBeFalse();
        new UnpairedPreferenceShape().Tied(Given.Item(Single, Given.Rating, """{"rating":2}""", """{"rating":4}""")).ShouldBe("split");
    }

    [Fact]
    public void PromptCompletion_FormOfATextAlone_IsWhatPeopleWrote()
    {
        const string Write = """{"key":"q","type":"text","title":"Answer","required":true}""";
        const string Prompt = """{"prompt":"Say hello","fields":{}}""";

        var row = new PromptCompletionShape().OnlyRow(Given.Item(Prompt, Write, """{"text":"Grüß Gott 👋🏽"}"""));

        (row.GetProperty("prompt").GetString(), row.GetProperty("completion").GetString()).ShouldBe(("Say hello", "Grüß Gott 👋🏽"));
        new PromptCompletionShape().Tied(Given.Item(Prompt, Write, """{"text":"Hello"}""", """{"text":"Hi"}""")).ShouldBe("split");
    }

    [Fact]
    public void OpenAiDpo_Texts_AreMessagesUnderTheirNames()
    {
        var row = new OpenAiDpoShape().OnlyRow(Item(Texts, "b"));

        row.EnumerateObject().Select(property => property.Name).ShouldBe(["input", "preferred_output", "non_preferred_output"]);
        row.GetProperty("input").GetRawText().ShouldBe("""{"messages":[{"role":"user","content":"Why?"}],"tools":[],"parallel_tool_calls":true}""");
        row.GetProperty("preferred_output").GetRawText().ShouldBe("""[{"role":"assistant","content":"No idea"}]""");
    }

    [Fact]
    public void OpenAiDpo_ResponseOfAUser_IsUnfit() =>
        new OpenAiDpoShape().Unfit(Item("""{"prompt":"p","a":"x","b":[{"role":"user","content":"y"}],"fields":{}}""", "a"))
            .ShouldBe("a response has messages of others than the assistant");

    [Fact]
    public void HhRlhf_Conversation_IsATranscriptWithTurns()
    {
        var row = new HhRlhfShape().OnlyRow(Item(Talk, "a"));

        row.EnumerateObject().Count().ShouldBe(2);
        row.GetProperty("chosen").GetString().ShouldBe("\n\nHuman: Hi\n\nAssistant: Hello");
        row.GetProperty("rejected").GetString().ShouldBe("\n\nHuman: Hi\n\nAssistant: Hey");
    }

    [Theory]
    [InlineData("""{"prompt":"p","a":"x\n\nHuman: and I say","b":"y","fields":{}}""")]
    [InlineData("""{"prompt":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"a":"x","b":"y","fields":{}}""")]
    public void HhRlhf_WhatWouldNotReadBack_IsUnfit(string content) => new HhRlhfShape().Unfit(Item(content, "a")).ShouldStartWith("a message is of neither");

    private static Reading.DeliveredItem Item(string content, string votes) => Given.Item(content, Given.Pairwise, [.. votes.Split(' ').Select(Given.Prefers)]);
}
