using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>Which of two responses is better: the items of the sample, over and over.</summary>
internal sealed class PairwiseShape : DemoShape
{
    public override string Name => "pairwise";

    public override string Delivery => "trl-preference";

    public override Question Question(DemoItems items, Canary canary) =>
        new(Judgement, "pairwise", $"Which answer would help more? {canary.Mark}", Required: true, Points: 5, Tie: true);

    public override async Task<DemoItems> MakeAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        var samples = await Samples.ReadAsync(cancellation);
        return await WriteAsync(folder, canary, Enumerable.Range(0, Made).Select(i => Row(samples[i % samples.Count], i, canary)), cancellation);
    }

    private static JsonObject Row(JsonObject sample, int number, Canary canary)
    {
        var item = sample.DeepClone().AsObject();
        item["id"] = $"demo-{number:D4}-{canary.Mark}";
        item["source"] = canary.Mark;
        if (item["prompt"] is JsonValue prompt)
            item["prompt"] = $"{prompt.GetValue<string>()}\n\n(No. {number}, {canary.Mark})";
        item["response_1"] = Marked(item["response_1"]!, canary);
        return item;
    }

    private static JsonNode Marked(JsonNode response, Canary canary)
    {
        if (response is JsonValue text)
            return JsonValue.Create($"{text.GetValue<string>()}\n\n[{canary.Mark}]");
        var messages = response.DeepClone().AsArray();
        messages[^1]!["content"] = $"{messages[^1]!["content"]!.GetValue<string>()}\n\n[{canary.Mark}]";
        return messages;
    }

#pragma warning disable CA5394 // Behaviour that can be repeated; nothing secret hangs on it.
    /// <summary>Mostly the longer response, now and then a tie.</summary>
    public override QuestionAnswer Answer(AnnotationTask task, Question question, Random habit)
    {
        var longer = task.Left.GetRawText().Length >= task.Right.GetRawText().Length ? -1 : 1;
        return new QuestionAnswer(Choice: habit.Next(10) switch { 0 => 0, 1 => -longer, < 6 => longer, _ => 2 * longer });
    }
#pragma warning restore CA5394

    public override string? Meaning(AnnotationTask task, QuestionAnswer answer) =>
        answer.Choice switch { < 0 => Json.Normal(task.Left), > 0 => Json.Normal(task.Right), _ => null };

    public override string? Meaning(JsonElement item, JsonElement answer) => answer.GetProperty("preference").GetString() switch
    {
        "a" => Json.Normal(item.GetProperty("a")),
        "b" => Json.Normal(item.GetProperty("b")),
        _ => null,
    };

    public override QuestionAnswer Shown(JsonElement answer)
    {
        var strength = answer.GetProperty("strength").GetInt32();
        return new QuestionAnswer(Choice: answer.GetProperty("shown").GetString() == "left" ? -strength : strength);
    }

    public override QuestionAnswer Known(JsonElement item, Question question) =>
        new(Choice: item.GetProperty("a").GetRawText().Length >= item.GetProperty("b").GetRawText().Length ? -1 : 1);
}
