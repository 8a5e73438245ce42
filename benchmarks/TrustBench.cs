using System.Diagnostics;
using System.Text.Json;

namespace Cofferdam.Bench;

/// <summary>What trust costs the next task: the published log, and the vault as a process of its own.</summary>
/// <remarks>
/// Three nodes on SQLite, each with slots of its own: one keeps receipts and publishes nothing, one publishes its log, one
/// does so in a process of its own. They take turns in the same run, in an order that rotates, and what was leased is let
/// go after each turn. Asked: 0.9 with the log, 0.7 with the process, of the figure with receipts only.
/// </remarks>
internal static class TrustBench
{
    private const int FewestRounds = 8;

    public static async Task<int> RunAsync(Options options)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");
        var slots = Math.Min(options.Slots, 20_000);
        var rounds = Math.Max(options.Rounds, FewestRounds);

        await using var receipts = await SideAsync(await Node.StartAsync("sqlite", receiptsOnly: true));
        await using var log = await SideAsync(await Node.StartAsync("sqlite"));
        await using var process = await SideAsync(await Node.StartAsync("sqlite", ownProcess: true));
        Side[] sides = [receipts, log, process];
        foreach (var side in sides)
            side.Turn(slots / 2);

        var bursts = sides.ToDictionary(side => side, _ => new List<Burst>());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                var side = sides[(i + round) % sides.Length];
                bursts[side].Add(side.Turn(slots / 2));
            }

            Progress($"round {round + 1}: receipts {Last(receipts):N0}/s, log {Last(log):N0}/s, own process {Last(process):N0}/s");
        }

        var result = new
        {
            name = "trust",
            log_ratio = Ratio(log),
            own_process_ratio = Ratio(process),
            log_ratio_rounds = Ratios(log),
            own_process_ratio_rounds = Ratios(process),
            receipts_only = Figures.Of("POST …/tasks/next, receipts durable, no log published", bursts[receipts]),
            log = Figures.Of("the same with the log published", bursts[log]),
            own_process = Figures.Of("the same with the vault as a process of its own", bursts[process]),
            double_leases = sides.Sum(side => side.Load.DoubleLeases),
            slots,
            connections = options.Connections,
            rounds,
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? NextTask.OneLine : NextTask.ForReading));
        return result.double_leases == 0 ? 0 : 1;

        double Last(Side side) => bursts[side][^1].PerSecond;
        double Ratio(Side side) => Math.Round(Figures.Median([.. Ratios(side)]), 3);
        IEnumerable<double> Ratios(Side side) => bursts[side].Zip(bursts[receipts], (a, b) => Math.Round(a.PerSecond / b.PerSecond, 3));

        async Task<Side> SideAsync(Node node)
        {
            var seed = await Seed.MakeAsync(node.Address, node.OwnerToken, options.Connections, slots, Progress);
            return new Side(node, node.Connect(seed), seed);
        }
    }

    private sealed record Side(Node Node, Load Load, Seed Seed) : IAsyncDisposable
    {
        /// <summary>Leases so many slots, and lets them go again.</summary>
        public Burst Turn(int leases)
        {
            var taken = new Taken(Load.Connections);
            var burst = Load.Run(Seed.Route + "/tasks/next", TimeSpan.FromMinutes(1), leases, taken);
            Load.Release(Seed.Route, taken);
            return burst;
        }

        public async ValueTask DisposeAsync()
        {
            Load.Dispose();
            await Node.DisposeAsync();
        }
    }
}
