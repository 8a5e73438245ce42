using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo.Shapes;

/// <summary>A kind of work that the demo can run: its items, its question, how people answer, and what their answers mean.</summary>
/// <remarks>
/// An answer means something about content: which response was chosen, which words were marked. The demo compares that
/// with what the delivery says, so that an answer that went to another side, response or place is found.
/// </remarks>
internal abstract class DemoShape
{
    /// <summary>Key of the question that the work is about.</summary>
    public const string Judgement = "judgement";

    public const string Rationale = "rationale";

    /// <summary>Items that are made where none are given.</summary>
    protected const int Made = 500;

    private static readonly DemoShape[] All = [new PairwiseShape(), new ChoiceShape(), new RankingShape(), new SpansShape(), new ImageShape()];

    public static string[] Names { get; } = [.. All.Select(shape => shape.Name)];

    public static DemoShape Of(string name) => All.Single(shape => shape.Name == name);

    public abstract string Name { get; }

    /// <summary>Shape of the training file.</summary>
    public abstract string Delivery { get; }

    /// <summary>Endings of the files that may be given.</summary>
    public virtual IReadOnlyList<string> Endings => [".jsonl", ".json", ".csv"];

    public abstract Question Question(DemoItems items, Canary canary);

    /// <summary>Items with the canary in each.</summary>
    public abstract Task<DemoItems> MakeAsync(string folder, Canary canary, CancellationToken cancellation);

    /// <summary>What is to be known of files that somebody gave.</summary>
    public virtual Task<DemoItems> ReadAsync(DemoItems given, CancellationToken cancellation) => Task.FromResult(given);

    /// <summary>How somebody answers: so that people agree often and not always.</summary>
    public abstract QuestionAnswer Answer(AnnotationTask task, Question question, Random habit);

    /// <summary>What an answer given to a task as it was shown means; null where it says nothing about content.</summary>
    public abstract string? Meaning(AnnotationTask task, QuestionAnswer answer);

    /// <summary>What a delivered answer means.</summary>
    /// <param name="item">As the raw shape delivers it.</param>
    /// <param name="answer">In the item's own terms.</param>
    public abstract string? Meaning(JsonElement item, JsonElement answer);

    /// <summary>A delivered answer in the terms that the person was shown.</summary>
    public abstract QuestionAnswer Shown(JsonElement answer);

    /// <summary>A right answer to an item, for work whose answer is known.</summary>
    /// <param name="item">As staff see it.</param>
    /// <returns>As if the item's responses were shown in its own order.</returns>
    public abstract QuestionAnswer Known(JsonElement item, Question question);

    protected static async Task<DemoItems> WriteAsync(string folder, Canary canary, IEnumerable<JsonObject> rows, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $"items-{canary.Mark}.jsonl");
        await File.WriteAllLinesAsync(path, rows.Select(row => row.ToJsonString()), cancellation);
        return new DemoItems([path], new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>A number that hangs on the words alone: the same for everybody who reads them.</summary>
    protected static int Taste(string words)
    {
        var hash = 17u;
        foreach (var letter in words)
            hash = (hash * 31) + letter;
        return (int)(hash >> 4);
    }
}

/// <summary>Files of items, and what is known of them.</summary>
/// <param name="Files">Each is one import; for images, each is one image.</param>
/// <param name="Map">Field of ours to field of the file.</param>
/// <param name="Terms">Options or labels that the files themselves use; empty where the shape has its own.</param>
internal sealed record DemoItems(IReadOnlyList<string> Files, IReadOnlyDictionary<string, string> Map, IReadOnlyList<string>? Terms = null);
