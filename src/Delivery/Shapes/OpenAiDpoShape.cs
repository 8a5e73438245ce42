using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>OpenAI's format for direct preference optimisation, which Azure and Fireworks read as well.</summary>
/// <remarks>developers.openai.com/api/docs/guides/direct-preference-optimization: outputs hold messages of assistant and tool only, one of the assistant at least.</remarks>
internal sealed class OpenAiDpoShape : Shape
{
    private static readonly string[] InputRoles = ["system", "developer", "user", "assistant", "tool"];

    public override string Name => "openai-dpo";

    public override bool NeedsIndex => true;

    public override string Description => "rows of `input`, `preferred_output` and `non_preferred_output`, each with lists of messages.";

    public override string Use => "Direct preference optimisation at OpenAI, Azure or Fireworks.";

    public override IReadOnlyList<Column> Columns =>
    [
        new("input", "sc:Text", "The conversation so far, as an object with messages."),
        new("preferred_output", "sc:Text", "Messages of the preferred response.", IsArray: true),
        new("non_preferred_output", "sc:Text", "Messages of the other response.", IsArray: true),
    ];

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => Pairs.VotesOf(item);

    public override IEnumerable<Line> LinesOf(DeliveredItem item) => Pairs.Lines(item, pair => [Fault(pair) is { } fault ? new Line.Unfit(fault) : Row(pair)]);

    private static string? Fault(Pair pair)
    {
        if (Messages.Of(pair.Prompt, "user").Any(message => !InputRoles.Contains(message.Role, StringComparer.Ordinal)))
            return "a message of the prompt has a role that this shape does not know";
        foreach (var output in (JsonElement[])[pair.Chosen, pair.Rejected])
        {
            var messages = Messages.Of(output, "assistant");
            if (messages.Any(message => message.Role is not ("assistant" or "tool")) || messages.All(message => message.Role != "assistant"))
                return "a response has messages of others than the assistant";
        }

        return null;
    }

    private static Line.Row Row(Pair pair) => Line.Json(
        json =>
        {
            json.WriteStartObject("input");
            json.WritePropertyName("messages");
            Messages.WriteList(json, pair.Prompt, "user");
            json.WriteStartArray("tools");
            json.WriteEndArray();
            json.WriteBoolean("parallel_tool_calls", true);
            json.WriteEndObject();
            json.WritePropertyName("preferred_output");
            Messages.WriteList(json, pair.Chosen, "assistant");
            json.WritePropertyName("non_preferred_output");
            Messages.WriteList(json, pair.Rejected, "assistant");
        },
        pair.Agreement);
}
