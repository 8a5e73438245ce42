using System.Xml.Linq;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;

namespace Cofferdam.Delivery.Tests.Shapes;

public sealed class OtherShapesTests
{
    private const string Text = """{"external":"e","text":"Some words","fields":{"source":"mail"}}""";

    [Fact]
    public void Choice_MostVotes_IsTheLabel()
    {
        var row = new ChoiceShape().OnlyRow(Given.Item(Text, Given.Choice, """{"values":["x"]}""", """{"values":["y"]}""", """{"values":["x"]}"""));

        (row.GetProperty("text").GetString(), row.GetProperty("label").GetString()).ShouldBe(("Some words", "x"));
        row.GetProperty("agreement").GetDouble().ShouldBe(2.0 / 3, 1e-9);
        row.GetProperty("votes").EnumerateArray().Select(vote => vote.GetProperty("values")[0].GetString()).ShouldBe(["x", "y", "x"]);
    }

    [Fact]
    public void Choice_TwoMindsOfTwo_IsASplit() =>
        new ChoiceShape().Tied(Given.Item(Text, Given.Choice, """{"values":["x"]}""", """{"values":["y"]}""")).ShouldBe("split");

    [Fact]
    public void Choice_Several_KeepsEachThatMoreThanHalfChose() =>
        new ChoiceShape().OnlyRow(Given.Item(Text, Given.ManyChoices, """{"values":["x","y"]}""", """{"values":["y"]}""", """{"values":["x"]}"""))
            .GetProperty("labels").GetRawText().ShouldBe("""["x","y"]""");

    [Fact]
    public void Raw_EveryAnswer_StandsAsItWasSealedBesideWhatMostSay()
    {
        var row = new RawShape().OnlyRow(Given.Item(Text, Given.Rating, """{"rating":2,"prelabel":"kept"}""", """{"rating":5}""", """{"rating":4}"""));

        row.GetProperty("content").GetRawText().ShouldBe(Text);
        row.GetProperty("slots").GetRawText().ShouldBe("""["accepted","accepted","accepted"]""");
        row.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("answers").GetProperty("q").GetRawText())
            .ShouldBe(["""{"rating":2,"prelabel":"kept"}""", """{"rating":5}""", """{"rating":4}"""]);
        row.GetProperty("majority").GetProperty("q").GetProperty("value").GetDouble().ShouldBe(4);
    }

    [Fact]
    public void LabelStudio_EveryTypeOfQuestion_HasItsResultAndItsControl()
    {
        const string Questions =
            """
            {"v":1,"questions":[
              {"key":"pair","type":"pairwise","title":"Pair","required":true,"points":5,"tie":true},
              {"key":"order","type":"ranking","title":"Order"},
              {"key":"level","type":"ranking","title":"Level","ties":true},
              {"key":"kind","type":"choice","title":"Kind","options":[{"value":"x","label":"<X> & co"}]},
              {"key":"stars","type":"rating","title":"Stars","points":5,"from":1},
              {"key":"scale","type":"rating","title":"Scale","points":11,"from":0},
              {"key":"count","type":"number","title":"Count"},
              {"key":"note","type":"text","title":"Note"},
              {"key":"who","type":"spans","title":"Who","labels":[{"value":"PER","label":"Person"}]}]}
            """;
        var form = DeliveredForm.Read(3, Given.Json(Questions));
        var content = Given.Json(
            """{"external":"e","prompt":[{"role":"user","content":"Hi"}],"a":"A","b":"B","responses":["one","two"],"text":"Ana","prelabels":{"kind":{"values":["x"]}},"fields":{}}""");
        var answers = Given.Json(
            """
            {"pair":{"preference":"b","strength":2,"shown":"left"},"order":{"ranks":[2,1],"shown":[0,1]},"level":{"ranks":[1,1],"shown":[0,1]},"kind":{"values":["x"]},
             "stars":{"rating":4},"scale":{"rating":0},"count":{"number":-1.5},"note":{"text":"ok"},"who":{"spans":[{"start":0,"end":3,"label":"PER"}]}}
            """);
        var item = new DeliveredItem(Given.Id, null, content, [], [new DeliveredAnswer(Guid.CreateVersion7(), "annotator-1", form, 1, answers, 4)]);
        var shape = new LabelStudioShape();

        var task = shape.OnlyRow(item);
        var config = XDocument.Parse(System.Text.Encoding.UTF8.GetString(shape.Companions([form]).ShouldHaveSingleItem().Content));

        var annotation = task.GetProperty("annotations").EnumerateArray().ShouldHaveSingleItem();
        annotation.GetProperty("completed_by").GetProperty("email").GetString().ShouldBe("annotator-1@delivery.invalid");
        annotation.GetProperty("result").EnumerateArray().ToDictionary(result => result.GetProperty("from_name").GetString()!, result => result.GetProperty("value").GetRawText())
            .ShouldBe(new Dictionary<string, string>
            {
                ["pair"] = """{"selected":"right"}""",
                ["pair_strength"] = """{"number":2}""",
                ["order"] = """{"ranker":{"order":["response-2","response-1"]}}""",
                ["level"] = """{"ranker":{"rank-1":["response-1","response-2"]}}""",
                ["kind"] = """{"choices":["x"]}""",
                ["stars"] = """{"rating":4}""",
                ["scale"] = """{"number":0}""",
                ["count"] = """{"number":-1.5}""",
                ["note"] = """{"text":["ok"]}""",
                ["who"] = """{"start":0,"end":3,"text":"Ana","labels":["PER"]}""",
            }, ignoreOrder: true);
        task.GetProperty("predictions")[0].GetProperty("result")[0].GetProperty("value").GetRawText().ShouldBe("""{"choices":["x"]}""");
        task.GetProperty("data").GetProperty("prompt").GetString().ShouldBe("user: Hi");
        task.GetProperty("data").GetProperty("prompt_messages")[0].GetProperty("content").GetString().ShouldBe("Hi");

        // Whatever a result names is in the config, and whatever that shows is in the task.
        var names = config.Descendants().Attributes("name").Select(name => name.Value).ToList();
        annotation.GetProperty("result").EnumerateArray().Select(result => result.GetProperty("from_name").GetString()).ShouldBeSubsetOf(names);
        annotation.GetProperty("result").EnumerateArray().Select(result => result.GetProperty("to_name").GetString()).ShouldBeSubsetOf(names);
        foreach (var field in config.Descendants().Where(tag => tag.Name.LocalName is "Text" or "List").Attributes("value"))
            task.GetProperty("data").TryGetProperty(field.Value[1..], out _).ShouldBeTrue(field.Value);
        config.Descendants("Choice").Single().Attribute("value")!.Value.ShouldBe("<X> & co");
    }

    [Fact]
    public void LabelStudio_SeveralRaters_AreAnAnnotationEach_Argilla3274() =>
        new LabelStudioShape().OnlyRow(Given.Item(Text, Given.Choice, """{"values":["x"]}""", """{"values":["y"]}""")).GetProperty("annotations").GetArrayLength().ShouldBe(2);

    [Fact]
    public void All_Shapes_HaveNamesOfTheirOwn()
    {
        Shape.All.Select(shape => shape.Name).ShouldBe(
            ["raw", "trl-preference", "trl-prompt-completion", "trl-unpaired-preference", "openai-dpo", "hh-rlhf", "label-studio", "choice-jsonl", "spans-jsonl", "conll"],
            ignoreOrder: true);
        Shape.All.Select(shape => shape.Folder).ShouldBeUnique();
    }
}
