using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary>
/// Shown: <c>{"ranks":[…]}</c>, one per response in the order on the screen, 1 for the best. Sealed: the same in the
/// item's order, and which response was shown at each place.
/// </summary>
internal sealed class RankingRule : QuestionRule<int[]>
{
    public const int MostResponses = 20;

    public static RankingRule Rule { get; } = new();

    protected override string Property => "ranks";

    public override string? Fault(Question question) => null;

    public override bool CanAsk(ItemShape item) => item.Responses >= 2;

    /// <summary>Writes what was sealed in shown terms.</summary>
    public static void WriteShown(Utf8JsonWriter json, JsonElement answer)
    {
        var ranks = answer.GetProperty("ranks"u8);
        json.WriteStartArray("ranks"u8);
        foreach (var place in answer.GetProperty("shown"u8).EnumerateArray())
            json.WriteNumberValue(ranks[place.GetInt32()].GetInt32());
        json.WriteEndArray();
    }

    protected override string Wanted(Question question, ItemShape item) =>
        $"The ranks are {item.Responses} whole numbers from 1 to {item.Responses}, one for each response as it is shown.";

    protected override string? Fault(Question question, int[] value, ItemShape item)
    {
        if (value.Length != item.Responses || value.Any(rank => rank < 1 || rank > value.Length))
            return Wanted(question, item);
        return question.Ties is not true && value.Distinct().Count() < value.Length ? "Two responses may not share a rank here." : null;
    }

    protected override bool TryReadShown(JsonElement answer, ShownItem item, out int[] value)
    {
        if (!base.TryReadShown(answer, item, out value) || value.Length != item.Shape.Responses)
            return false;
        var (shown, order) = (value, item.Order);
        value = new int[shown.Length];
        for (var place = 0; place < shown.Length; place++)
            value[order[place]] = shown[place];
        return true;
    }

    protected override bool TryRead(JsonElement content, out int[] value)
    {
        value = [];
        if (content.ValueKind is not JsonValueKind.Array || content.GetArrayLength() > MostResponses)
            return false;
        var ranks = new int[content.GetArrayLength()];
        for (var i = 0; i < ranks.Length; i++)
        {
            if (content[i].ValueKind is not JsonValueKind.Number || !content[i].TryGetInt32(out ranks[i]))
                return false;
        }

        value = ranks;
        return true;
    }

    protected override void WriteContent(Utf8JsonWriter json, int[] value) => WriteNumbers(json, value);

    protected override void WriteSealed(Utf8JsonWriter json, int[] value, ShownItem item)
    {
        base.WriteSealed(json, value, item);
        json.WritePropertyName("shown"u8);
        WriteNumbers(json, item.Order);
    }

    protected override void WriteShown(Utf8JsonWriter json, int[] value, ShownItem item)
    {
        json.WritePropertyName("ranks"u8);
        WriteNumbers(json, item.Order.Select(response => value[response]));
    }

    // 1, 3, 3 and 1, 2, 2 say the same: ranks are counted without gaps.
    protected override string Spell(int[] value)
    {
        var ranks = value.Distinct().Order().ToList();
        return string.Join(',', value.Select(rank => ranks.IndexOf(rank) + 1));
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
