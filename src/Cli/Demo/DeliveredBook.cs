using System.Text.Json;
using Cofferdam.Cli.Demo.Shapes;

namespace Cofferdam.Cli.Demo;

/// <summary>An answer as delivered.</summary>
/// <param name="Shown">In the terms that the person was shown, as JSON.</param>
/// <param name="Meaning">What it says about content; null where it says nothing.</param>
internal sealed record DeliveredAnswer(string Annotator, string Shown, string? Meaning, string? Rationale);

/// <summary>An unpacked raw delivery, read as its recipient would.</summary>
internal sealed class DeliveredBook
{
    public Dictionary<Guid, IReadOnlyList<DeliveredAnswer>> Answers { get; } = [];

    public static async Task<DeliveredBook> ReadAsync(string folder, DemoShape shape, CancellationToken cancellation)
    {
        var book = new DeliveredBook();
        await foreach (var line in File.ReadLinesAsync(Path.Combine(folder, "data", "raw", "items.jsonl"), cancellation))
        {
            using var row = JsonDocument.Parse(line);
            book.Add(row.RootElement, shape);
        }

        return book;
    }

    private void Add(JsonElement row, DemoShape shape)
    {
        var item = row.GetProperty("content");
        Answers.Add(row.GetProperty("item").GetGuid(), [.. row.GetProperty("answers").EnumerateArray().Select(answer =>
        {
            var answers = answer.GetProperty("answers");
            var judgement = answers.GetProperty(DemoShape.Judgement);
            return new DeliveredAnswer(
                answer.GetProperty("annotator").GetString()!,
                Json.Of(shape.Shown(judgement)),
                shape.Meaning(item, judgement),
                answers.TryGetProperty(DemoShape.Rationale, out var rationale) ? rationale.GetProperty("text").GetString() : null);
        })]);
    }
}
