using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cofferdam.ApiClient;
using Microsoft.Playwright;

namespace Cofferdam.Bench;

/// <summary>
/// How quick the workroom is with long items, in Chromium: from submitting one item to the paint of the next, and from
/// a key to the paint of its effect.
/// </summary>
internal static class Workroom
{
    private const int Rounds = 20;
    private const string Password = "bench: long enough, and used nowhere else";

    public static async Task<int> RunAsync(Options options)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        await using var node = await ServedNode.StartAsync();
        using var owner = new NodeClient(node.Address);
        using var expert = new NodeClient(node.Address);
        var path = await SeedAsync(node, owner, expert);

        Progress($"{Rounds} items of {LongItems.Characters:N0} characters with {LongItems.Spans} spans");
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("COFFERDAM_CHROMIUM"),
            // Root in a container has no sandbox of Chromium's to offer.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
        using var room = await WorkroomPage.OpenAsync(chromium, expert, path);
        var opens = new List<double>(Rounds);
        var (arrows, labels, typing) = (new List<double>(), new List<double>(), new List<double>());
        // One round more: the first warms the page up, as the first task of a day does.
        for (var round = 0; round <= Rounds; round++)
        {
            await room.NextIsReadyAsync();
            await room.PressAsync("t");
            var arrow = await room.PressAsync("ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight");
            var label = await room.PressAsync("p", "l", "Delete", "o");
            await room.PressAsync("w");
            var typed = await room.PressAsync("F", "i", "n", "e", ".");
            var open = await room.SubmitAsync();
            if (round == 0)
                continue;
            arrows.AddRange(arrow);
            labels.AddRange(label);
            typing.AddRange(typed);
            opens.Add(open);
        }

        double[] keys = [.. arrows, .. labels, .. typing];
        var result = new
        {
            name = "workroom",
            open_ms = Round(Figures.Median(opens)),
            open_ms_max = Round(opens.Max()),
            key_ms = Round(Figures.Median(keys)),
            key_ms_max = Round(keys.Max()),
            arrow_ms = Round(Figures.Median(arrows)),
            label_ms = Round(Figures.Median(labels)),
            typing_ms = Round(Figures.Median(typing)),
            characters = LongItems.Characters,
            spans = LongItems.Spans,
            rounds = Rounds,
            chromium = chromium.Version,
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? ImportBench.OneLine : ImportBench.ForReading));
        return 0;
    }

    /// <returns>Where the expert works.</returns>
    private static async Task<string> SeedAsync(ServedNode node, NodeClient owner, NodeClient expert)
    {
        (await owner.EnrolAsync(node.OwnerToken, "owner", Password, DateTimeOffset.UtcNow)).OrThrow();
        var lab = owner.Lab("lab");
        var invited = (await lab.InviteAsync("annotator")).OrThrow();
        (await expert.EnrolAsync(NodeClient.TokenOf(invited.Link!), "expert", Password, DateTimeOffset.UtcNow)).OrThrow();

        var project = (await lab.CreateProjectAsync("Benchmark", "Made by the benchmark.")).OrThrow().Id;
        var studio = lab.Project(project);
        var form = await studio.FormAsync();
        (await studio.ChangeFormAsync(
        [
            new Question("names", "spans", "Mark every name.", Required: true)
            {
                Labels = [new("PER", "Person", "p"), new("LOC", "Place", "l"), new("ORG", "Organisation", "o"), new("DAT", "Date", "d")],
                Overlap = true,
            },
            new Question("why", "text", "Why?", Required: false, MaxLength: 4000),
        ], form.ETag ?? "\"0\"")).OrThrow();
        var map = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = "text", ["id"] = "id", ["prelabel.names"] = "names" };
        var import = (await studio.StartImportAsync(new ImportBody("long.jsonl", map, "refuse"))).OrThrow();
        var rows = string.Join('\n', Enumerable.Range(0, Rounds + 3).Select(LongItems.Row));
        (await studio.SendImportAsync(import.Id, new MemoryStream(Encoding.UTF8.GetBytes(rows)))).OrThrow();
        (await studio.OpenBatchAsync(new BatchBody("All", 1, LeaseSeconds: 3600, Held: 3) { GuidelineVersion = 0 })).OrThrow();
        return $"/labs/lab/work/{project}";
    }

    private static double Round(double ms) => Math.Round(ms, 1);
}
