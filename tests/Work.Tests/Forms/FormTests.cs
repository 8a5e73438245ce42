using System.Text.Json;
using Cofferdam.Work.Forms;

namespace Cofferdam.Work.Tests.Forms;

public sealed class FormTests
{
    public static TheoryData<string> Good => new(
        """[{"key":"q","type":"text","title":"t"}]""",
        """[{"key":"q","type":"choice","title":"t","options":[{"value":"x","label":"X","key":"1"},{"value":"y","label":"Y"}]}]""",
        """[{"key":"q","type":"choice","title":"t","multiple":true,"min":0,"max":2,"options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]}]""",
        """[{"key":"q","type":"rating","title":"t","points":11,"from":0,"low":"bad","high":"good"},{"key":"r","type":"text","title":"t","showIf":{"question":"q","is":["0","10"]}}]""",
        """[{"key":"q","type":"number","title":"t","min":-0.5},{"key":"r","type":"text","title":"t","showIf":{"question":"q","is":["-0.5","7"]}}]""",
        """[{"key":"q","type":"spans","title":"t","labels":[{"value":"PER","label":"Person","key":"p"}]},{"key":"r","type":"ranking","title":"t","ties":true}]""");

    public static TheoryData<string> Bad => new(
        "[]",
        """[{"key":"Q","type":"text","title":"t"}]""",
        """[{"key":"q","type":"text","title":""}]""",
        """[{"key":"q","type":"text","title":"t"},{"key":"q","type":"text","title":"t"}]""",
        """[{"key":"q","type":"choice","title":"t","options":[{"value":"x","label":"X"}]}]""",
        """[{"key":"q","type":"choice","title":"t","options":[{"value":"x","label":"X"},{"value":"x","label":"Y"}]}]""",
        """[{"key":"q","type":"choice","title":"t","options":[{"value":"x","label":"X","key":"A"},{"value":"y","label":"Y","key":"a"}]}]""",
        """[{"key":"q","type":"choice","title":"t","options":[{"value":"x","label":"X","key":"ab"},{"value":"y","label":"Y"}]}]""",
        """[{"key":"q","type":"choice","title":"t","options":[{"value":"x\ny","label":"X"},{"value":"y","label":"Y"}]}]""",
        """[{"key":"q","type":"choice","title":"t","multiple":true,"min":2,"max":1,"options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]}]""",
        """[{"key":"q","type":"choice","title":"t","max":2,"options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]}]""",
        """[{"key":"q","type":"pairwise","title":"t","points":5}]""",
        """[{"key":"q","type":"rating","title":"t","points":12}]""",
        """[{"key":"q","type":"rating","title":"t","points":5,"from":2}]""",
        """[{"key":"q","type":"number","title":"t","min":2,"max":1}]""",
        """[{"key":"q","type":"spans","title":"t","labels":[]}]""",
        """[{"key":"q","type":"rating","title":"t","points":5},{"key":"r","type":"text","title":"t","showIf":{"question":"q","is":["6"]}}]""",
        """[{"key":"q","type":"rating","title":"t","points":5},{"key":"r","type":"text","title":"t","showIf":{"question":"q","is":[]}}]""",
        """[{"key":"r","type":"text","title":"t","showIf":{"question":"q","is":["1"]}},{"key":"q","type":"rating","title":"t","points":5}]""",
        """[{"key":"q","type":"text","title":"t"},{"key":"r","type":"text","title":"t","showIf":{"question":"q","is":["1"]}}]""");

    [Theory, MemberData(nameof(Good))]
    public void Fault_QuestionsThatMakeAForm_NoneAndKeptAsGiven(string questions)
    {
        var given = JsonSerializer.Deserialize<List<Question>>(questions, LabHost.Json)!;

        Form.Fault(given).ShouldBeNull();

        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedForm(1, given), SealedJson.Shapes.SealedForm);
        JsonSerializer.Serialize(Form.Parse(plaintext).Questions, LabHost.Json).ShouldBe(JsonSerializer.Serialize(given, LabHost.Json));
    }

    [Theory, MemberData(nameof(Bad))]
    public void Fault_QuestionsThatMakeNoForm_Said(string questions) =>
        Form.Fault(JsonSerializer.Deserialize<List<Question>>(questions, LabHost.Json)).ShouldNotBeNull();
}
