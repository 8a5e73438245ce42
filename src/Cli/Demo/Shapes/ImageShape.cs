using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>Whether an image is fit for training: small pictures made here, or a folder of somebody's own.</summary>
internal sealed class ImageShape : DemoShape
{
    private const int MadeImages = 120;
    private static readonly string[] Marks = ["good", "blurred", "cropped"];

    public override string Name => "image";

    public override string Delivery => "choice-jsonl";

    public override IReadOnlyList<string> Endings => [".jpg", ".jpeg", ".png"];

    public override Question Question(DemoItems items, Canary canary) => new(
        Judgement, "choice", $"Is the image fit for use? {canary.Mark}", Required: true)
    {
        Options = [.. Marks.Select(mark => new QuestionOption(mark, $"{mark} {canary.Mark}"))],
    };

    public override async Task<DemoItems> MakeAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        var images = Directory.CreateDirectory(Path.Combine(folder, $"images-{canary.Mark}"));
        var files = new List<string>();
        for (var i = 0; i < MadeImages; i++)
        {
            var path = Path.Combine(images.FullName, $"{canary.Mark}-{i:D4}.png");
            await File.WriteAllBytesAsync(path, Png.Make(64 + (i % 7), 48, i, canary.Mark), cancellation);
            files.Add(path);
        }

        return new DemoItems(files, new Dictionary<string, string>());
    }

#pragma warning disable CA5394 // Behaviour that can be repeated; nothing secret hangs on it.
    public override QuestionAnswer Answer(AnnotationTask task, Question question, Random habit) =>
        new() { Values = [Marks[habit.Next(8) == 0 ? habit.Next(Marks.Length) : (int)(task.Image!.Bytes % Marks.Length)]] };
#pragma warning restore CA5394

    public override string? Meaning(AnnotationTask task, QuestionAnswer answer) => $"{task.Image!.Id}: {answer.Values![0]}";

    public override string? Meaning(JsonElement item, JsonElement answer) => $"{item.GetProperty("image").GetProperty("id").GetGuid()}: {Shown(answer).Values![0]}";

    public override QuestionAnswer Shown(JsonElement answer) => new() { Values = [.. answer.GetProperty("values").EnumerateArray().Select(value => value.GetString()!)] };

    public override QuestionAnswer Known(JsonElement item, Question question) =>
        new() { Values = [Marks[item.GetProperty("image").GetProperty("bytes").GetInt64() % Marks.Length]] };
}
