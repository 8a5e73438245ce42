using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>An order of four responses: those of the sample, and shorter ones cut from them.</summary>
internal sealed class RankingShape : DemoShape
{
    public override string Name => "ranking";

    public override string Delivery => "raw";

    public override IReadOnlyList<string> Endings => [".jsonl", ".json"];

    public override Question Question(DemoItems items, Canary canary) =>
        new(Judgement, "ranking", $"Put the answers in order, the best first. {canary.Mark}", Required: true) { Ties = true };

    public override async Task<DemoItems> MakeAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        var samples = (await Samples.ReadAsync(cancellation)).Where(sample => sample["response_1"] is JsonValue && sample["response_2"] is JsonValue).ToList();
        return await WriteAsync(folder, canary, Enumerable.Range(0, Made).Select(i => Row(samples[i % samples.Count], i, canary)), cancellation);
    }

    private static JsonObject Row(JsonObject sample, int number, Canary canary)
    {
        var first = sample["response_1"]!.GetValue<string>();
        var second = sample["response_2"]!.GetValue<string>();
        return new JsonObject
        {
            ["id"] = $"demo-{number:D4}-{canary.Mark}",
            ["prompt"] = $"{Samples.Prompt(sample)} (No. {number}, {canary.Mark})",
            ["responses"] = new JsonArray($"{first} [{canary.Mark}]", second, Half(first), $"{Half(second)} …"),
        };
    }

    private static string Half(string text) => text[..(text.Length / 2)].TrimEnd();

#pragma warning disable CA5394 // Behaviour that can be repeated; nothing secret hangs on it.
    /// <summary>The longer the better; sometimes two neighbours change places or tie.</summary>
    public override QuestionAnswer Answer(AnnotationTask task, Question question, Random habit)
    {
        var order = Enumerable.Range(0, task.Responses!.Count).OrderByDescending(i => task.Responses[i].GetRawText().Length).ToList();
        var ranks = new int[order.Count];
        for (var place = 0; place < order.Count; place++)
            ranks[order[place]] = place + 1;
        var whim = habit.Next(6);
        if (whim == 0)
            (ranks[order[0]], ranks[order[1]]) = (ranks[order[1]], ranks[order[0]]);
        else if (whim == 1)
            ranks[order[1]] = ranks[order[0]];
        return new QuestionAnswer { Ranks = ranks };
    }
#pragma warning restore CA5394

    public override string? Meaning(AnnotationTask task, QuestionAnswer answer) =>
        InOrder(answer.Ranks!, task.Responses!.Select(response => Json.Normal(response)));

    public override string? Meaning(JsonElement item, JsonElement answer) => InOrder(
        [.. answer.GetProperty("ranks").EnumerateArray().Select(rank => rank.GetInt32())],
        item.GetProperty("responses").EnumerateArray().Select(response => Json.Normal(response)));

    /// <summary>Which responses come first, which next: ranks that leave numbers out say the same.</summary>
    private static string InOrder(IReadOnlyList<int> ranks, IEnumerable<string> responses) => string.Join(" > ", responses.Zip(ranks)
        .GroupBy(pair => pair.Second).OrderBy(rank => rank.Key)
        .Select(rank => string.Join(" = ", rank.Select(pair => pair.First).Order(StringComparer.Ordinal))));

    public override QuestionAnswer Shown(JsonElement answer)
    {
        var ranks = answer.GetProperty("ranks");
        return new QuestionAnswer { Ranks = [.. answer.GetProperty("shown").EnumerateArray().Select(index => ranks[index.GetInt32()].GetInt32())] };
    }

    public override QuestionAnswer Known(JsonElement item, Question question)
    {
        var lengths = item.GetProperty("responses").EnumerateArray().Select(response => response.GetRawText().Length).ToList();
        return new() { Ranks = [.. lengths.Select(length => 1 + lengths.Count(other => other > length))] };
    }
}
