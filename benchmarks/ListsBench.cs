using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cofferdam.ApiClient;

namespace Cofferdam.Bench;

/// <summary>How long staff wait for lists and counts of a large project, over HTTP.</summary>
internal static class ListsBench
{
    private const int Times = 7;
    private const string Password = "bench: long enough, and used nowhere else";

    private static readonly JsonTypeInfo<JsonElement> Anything = (JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    public static async Task<int> RunAsync(Options options)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        await using var node = await Node.StartFreshAsync(options.Store, "lists");
        using var owner = new NodeClient(node.Address);
        (await owner.EnrolAsync(node.OwnerToken, "owner", Password, DateTimeOffset.UtcNow)).OrThrow();
        var lab = owner.Lab("lab");
        var studio = lab.Project((await lab.CreateProjectAsync("Benchmark", "Made by the benchmark.")).OrThrow().Id);
        var form = await studio.FormAsync();
        (await studio.ChangeFormAsync([new Question("preference", "pairwise", "Which response is better?", Required: true, Points: 5, Tie: true)], form.ETag ?? "\"0\"")).OrThrow();
        (await studio.SendAsync(HttpMethod.Put, "facets", JsonSerializer.SerializeToElement(new { facets = (string[])["language"] }), Anything, Anything)).OrThrow();

        Progress($"importing {options.Rows:N0} rows of 1 KiB");
        using (var rows = RowFile.Write(options.Rows))
            await ImportBench.ImportAsync(studio, rows, new Dictionary<string, string>(StringComparer.Ordinal) { ["facet.language"] = "language" });
        var import = (await studio.ImportsAsync()).OrThrow()[0].Id;
        Progress("opening a batch");
        var batch = (await studio.OpenBatchAsync(new BatchBody("All", 1, LeaseSeconds: 3600, Held: 10))).OrThrow().Id;

        var asked = new Dictionary<string, Func<Task>>(StringComparer.Ordinal) { ["projects"] = async () => (await lab.ProjectsAsync()).OrThrow() };
        foreach (var path in (string[])
        [
            "items", "items/count", $"items?batch={batch}", $"items/count?batch={batch}", $"items?import={import}", $"items/count?import={import}",
            "items?state=open", "items/count?state=open", "items?state=accepted", "items/count?state=accepted", "items?state=leased", "items?facet=language:de",
            "items/count?facet=language:de", "items/count?facet=language:en", $"items?facet=language:de&batch={batch}&state=open", "items/count?facet=language:de&state=open",
            $"items?facet=language:de&batch={batch}&state=accepted", "items?facet=language:fr&state=open", "items?gold=true", "items/count?gold=false&facet=language:en", "progress",
        ])
        {
            asked[path.Replace(batch.ToString(), "…", StringComparison.Ordinal).Replace(import.ToString(), "…", StringComparison.Ordinal)] =
                async () => (await studio.GetAsync(path, Anything)).OrThrow();
        }

        var times = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (what, ask) in asked)
        {
            var taken = new List<double>(Times);
            for (var i = 0; i < Times; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await ask();
                taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            times[what] = Math.Round(Figures.Median(taken), 1);
            Progress($"{what}: {times[what]} ms");
        }

        var result = new
        {
            name = "lists",
            worst_ms = times.Values.Max(),
            ms = times,
            items = options.Rows,
            store = options.Store,
            times = Times,
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? ImportBench.OneLine : ImportBench.ForReading));
        return 0;
    }
}
