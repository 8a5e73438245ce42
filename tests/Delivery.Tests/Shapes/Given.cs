using System.Text;
using System.Text.Json;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;
using Cofferdam.Work.Slots;

namespace Cofferdam.Delivery.Tests.Shapes;

/// <summary>Items and answers as they are sealed, without a vault.</summary>
internal static class Given
{
    public static readonly Guid Id = new("0192f0c0-0000-7000-8000-000000000001");

    public const string Pairwise = """{"key":"q","type":"pairwise","title":"Which?","required":true,"points":5,"tie":true}""";
    public const string Ranking = """{"key":"q","type":"ranking","title":"Order?","required":true,"ties":true}""";
    public const string Spans = """{"key":"q","type":"spans","title":"Who?","required":true,"labels":[{"value":"PER","label":"Person"},{"value":"LOC","label":"Place"}],"overlap":true}""";
    public const string Choice = """{"key":"q","type":"choice","title":"What?","required":true,"options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]}""";
    public const string ManyChoices = """{"key":"q","type":"choice","title":"What?","required":true,"multiple":true,"options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]}""";
    public const string Rating = """{"key":"q","type":"rating","title":"How good?","required":true,"points":5,"from":1}""";
    public const string Why = """{"key":"why","type":"text","title":"Why?","required":false}""";

    public static string Prefers(string preference) =>
        $$"""{"preference":"{{preference}}","strength":{{(preference == "tie" ? 0 : 1)}},"shown":"{{preference switch { "a" => "left", "b" => "right", _ => "tie" }}}"}""";

    public static string Marks(params (int Start, int End, string Label)[] spans) =>
        $$"""{"spans":[{{string.Join(',', spans.Select(span => $$"""{"start":{{span.Start}},"end":{{span.End}},"label":"{{span.Label}}"}"""))}}]}""";

    /// <param name="question">The form's first question, of the key <c>q</c>; a text question <c>why</c> follows.</param>
    /// <param name="answers">To the first question, one per person.</param>
    public static DeliveredItem Item(string content, string question, params string[] answers)
    {
        var form = DeliveredForm.Read(1, Json($$"""{"v":1,"questions":[{{question}},{{Why}}]}"""));
        return new DeliveredItem(
            Id, null, Json(content), [.. answers.Select(_ => SlotState.Accepted)],
            [.. answers.Select((answer, i) => DeliveredAnswer.Read(
                Guid.CreateVersion7(), $"annotator-{i + 1}", form, 1, Json($$"""{"v":1,"answers":{"q":{{answer}}},"flipped":false,"seconds":3}""")))]);
    }

    public static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <summary>The row of an item that makes one.</summary>
    public static JsonElement OnlyRow(this Shape shape, DeliveredItem item) =>
        Json(Encoding.UTF8.GetString(shape.LinesOf(item).ShouldHaveSingleItem().ShouldBeOfType<Line.Row>().Content.Span));

    public static List<JsonElement> Rows(this Shape shape, DeliveredItem item) =>
        [.. shape.LinesOf(item).OfType<Line.Row>().Select(row => Json(Encoding.UTF8.GetString(row.Content.Span)))];

    public static string Unfit(this Shape shape, DeliveredItem item) => shape.LinesOf(item).ShouldHaveSingleItem().ShouldBeOfType<Line.Unfit>().Reason;

    public static string Tied(this Shape shape, DeliveredItem item) => shape.LinesOf(item).ShouldHaveSingleItem().ShouldBeOfType<Line.Tie>().Reason;
}
