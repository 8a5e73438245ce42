using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cofferdam.Bench;

/// <summary>What a delivery takes: from the request until the package is made, then until its first and last byte are here; and the node's memory meanwhile.</summary>
internal static class Deliver
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly JsonSerializerOptions OneLine = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions ForReading = new(OneLine) { WriteIndented = true };

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var (json, rows, shape) = Parse(args);
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        await using var node = await Node.StartAsync("sqlite");
        var seed = await Seed.MakeAsync(node.Address, node.OwnerToken, people: 0, rows, Progress);
        Progress("answering");
        await node.AnswerAllAsync(seed.Project);

        using var http = new HttpClient { BaseAddress = new UriBuilder(node.Address) { Host = "127.0.0.1" }.Uri, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Host = node.Address.Authority;
        http.DefaultRequestHeaders.Add("Cookie", seed.Owner);
        http.DefaultRequestHeaders.Add("Origin", node.Address.GetLeftPart(UriPartial.Authority));

        Progress("making the package");
        var before = node.MemoryBytes();
        var making = Stopwatch.StartNew();
        var delivery = await PostAsync(http, seed, shape);
        var memory = new List<long>();
        while (delivery.GetProperty("state").GetString() == "making")
        {
            await Task.Delay(Look);
            memory.Add(node.MemoryBytes());
            delivery = await http.GetFromJsonAsync<JsonElement>($"{seed.Route}/deliveries/{delivery.GetProperty("id").GetGuid()}");
        }

        var seconds = making.Elapsed.TotalSeconds;
        if (delivery.GetProperty("state").GetString() != "done")
            throw new InvalidOperationException($"the delivery failed: {delivery}");

        Progress("fetching it");
        var (firstByte, lastByte, bytes) = await FetchAsync(http, $"{seed.Route}/deliveries/{delivery.GetProperty("id").GetGuid()}/package", node, memory);
        var result = new
        {
            name = "deliver",
            rows = delivery.GetProperty("rows").GetInt64(),
            seconds = Math.Round(seconds, 2),
            rows_per_second = Math.Round(rows / seconds),
            first_byte_seconds = Math.Round(firstByte, 3),
            download_seconds = Math.Round(lastByte, 2),
            bytes,
            memory_before_mb = Mb(before),
            // Over the first quarter of the time, and over all of it: what grows with the rows would show between the two.
            memory_peak_first_quarter_mb = Mb(memory.Take(Math.Max(1, memory.Count / 4)).Max()),
            memory_peak_mb = Mb(memory.Max()),
            shape,
            store = "sqlite",
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, json ? OneLine : ForReading));
        return result.rows == rows ? 0 : 1;
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, Seed seed, string shape)
    {
        using var made = await http.PostAsJsonAsync($"{seed.Route}/deliveries", new { shape });
        made.EnsureSuccessStatusCode();
        return await made.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<(double FirstByte, double LastByte, long Bytes)> FetchAsync(HttpClient http, string path, Node node, List<long> memory)
    {
        var clock = Stopwatch.StartNew();
        using var reply = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        reply.EnsureSuccessStatusCode();
        await using var body = await reply.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 20];
        var (firstByte, bytes) = (0.0, 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
        {
            if (bytes == 0)
                firstByte = clock.Elapsed.TotalSeconds;
        }

        memory.Add(node.MemoryBytes());
        return (firstByte, clock.Elapsed.TotalSeconds, bytes);
    }

    private static (bool Json, int Rows, string Shape) Parse(IReadOnlyList<string> args)
    {
        var (json, rows, shape) = (false, 100_000, "trl-preference");
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--rows": rows = int.Parse(args[++i], NumberStyles.AllowThousands, CultureInfo.InvariantCulture); break;
                case "--shape": shape = args[++i]; break;
                default: throw new ArgumentException($"no such option: {args[i]}", nameof(args));
            }
        }

        return (json, rows, shape);
    }

    private static double Mb(long bytes) => Math.Round(bytes / 1_000_000.0, 1);
}
