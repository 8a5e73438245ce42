using System.Text.Json;
using System.Text.RegularExpressions;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Tests.Forms;

/// <summary>The examples of docs/formats/work.md are what the code reads and writes.</summary>
public sealed partial class FormatPageTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = SealedJson.Shapes.Options.Encoder };

    [Fact]
    public void Examples_OfFormItemAndAnswer_AreReadAndWrittenJustSo()
    {
        var examples = Block().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "formats", "work.md"))).Select(match => match.Groups["json"].Value).ToList();
        examples.Count.ShouldBe(4);
        var form = Form.Parse(System.Text.Encoding.UTF8.GetBytes(examples[0]));
        Form.Fault(form.Questions).ShouldBeNull();
        form.Deciding.Key.ShouldBe("preference");
        Enum.GetValues<QuestionType>().ShouldAllBe(type => form.Questions.Any(question => question.Type == type));

        var item = ItemJson.Read(System.Text.Encoding.UTF8.GetBytes(examples[1])).Shape;
        var (sealedAnswer, fault) = form.Write(examples[2], new ShownItem(item, Flipped: true, Order: [2, 0, 1]));

        fault.ShouldBeNull();
        sealedAnswer.ShouldBe(Compact(examples[3]));
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Relaxed);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Cofferdam.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
