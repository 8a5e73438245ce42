using Cofferdam.ApiClient;
using Cofferdam.Cli.Demo.Shapes;

namespace Cofferdam.Cli.Demo;

/// <summary>What the demo's people work on: guidelines, form and names with the canary in each, and items.</summary>
internal sealed record DemoProject(DemoShape Shape, DemoItems Items)
{
    private const int WatchedTexts = 12;

    public static string Name(Canary canary) => $"Everyday help {canary.Mark}";

    public static string Description(Canary canary) => $"Judgements of everyday questions. {canary.Mark}";

    public static IReadOnlyList<GuidelineSection> Guidelines(Canary canary) =>
    [
        new("goal", $"What we look for {canary.Mark}", $"What is right, what answers the question, and what is **short**. {canary.Mark}", []),
        new("judging", "How to judge", $"Read everything first. Do not prefer what stands on the left. {canary.Mark}", [DemoShape.Judgement]),
        new("rationale", "Writing the reason", $"Say what tipped the balance. {canary.Mark}", [DemoShape.Rationale]),
    ];

    public IReadOnlyList<Question> Form(Canary canary) =>
    [
        Shape.Question(Items, canary),
        new(DemoShape.Rationale, "text", $"Why? {canary.Mark}", Required: false, MaxLength: 4000),
    ];

    /// <summary>Items made here, each with the canary.</summary>
    public static async Task<DemoProject> GenerateAsync(DemoShape shape, string folder, Canary canary, CancellationToken cancellation) =>
        new(shape, await shape.MakeAsync(folder, canary, cancellation));

    /// <summary>A file or folder that somebody gave. Longer texts from it are looked for as well as the canary.</summary>
    /// <exception cref="CliException">There is nothing of the shape there.</exception>
    public static async Task<DemoProject> GivenAsync(
        DemoShape shape, string path, IReadOnlyDictionary<string, string> map, Canary canary, CancellationToken cancellation)
    {
        var endings = shape.Endings;
        List<string> files = Directory.Exists(path)
            ? [.. Directory.GetFiles(path).Where(file => endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)]
            : File.Exists(path) ? [path] : [];
        if (files.Count == 0)
            throw new CliException(ExitCode.WrongUse, "no-items", $"nothing to work on at {path}", $"give a file that ends in {string.Join(", ", endings)}, or a folder with some");
        if (shape is not ImageShape)
        {
            foreach (var text in await TextsAsync(files[0], cancellation))
                canary.Watch(text);
        }

        return new DemoProject(shape, await shape.ReadAsync(new DemoItems(files, map), cancellation));
    }

    /// <summary>Stretches of plain letters out of the first rows: what would be found if they were stored in clear.</summary>
    private static async Task<IReadOnlyList<string>> TextsAsync(string path, CancellationToken cancellation)
    {
        var texts = new List<string>();
        await foreach (var line in File.ReadLinesAsync(path, cancellation))
        {
            if (texts.Count == WatchedTexts)
                break;
            if (Stretch(line) is { } text)
                texts.Add(text);
        }

        return texts;
    }

    /// <summary>The longest run of letters and spaces in a row, at least 40 long: no escape changes it.</summary>
    private static string? Stretch(string row)
    {
        var best = "";
        var from = 0;
        for (var i = 0; i <= row.Length; i++)
        {
            if (i < row.Length && (char.IsAsciiLetter(row[i]) || row[i] == ' '))
                continue;
            if (i - from > best.Length)
                best = row[from..i];
            from = i + 1;
        }

        return best.Length >= 40 ? best : null;
    }
}
