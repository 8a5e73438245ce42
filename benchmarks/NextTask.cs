using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace Cofferdam.Bench;

/// <summary>
/// What the door costs: lease, suspension and limits, durable receipt, unseal of one item and its guideline slice,
/// against a lease that returns as many bytes kept in clear.
/// </summary>
/// <remarks>
/// Both sides take turns in the same run, and which goes first changes every round. On SQLite the baseline is a route
/// of the same node: same HTTP, sign-in, lease loop, fsync and load generator. On PostgreSQL it is pgbench, bare.
/// </remarks>
internal static class NextTask
{
    private const int SmallSlots = 10_000;

    /// <summary>Leases of one turn when sizes are compared: fewer than the small node has.</summary>
    private const int TurnLeases = 8_000;

    public static readonly JsonSerializerOptions OneLine = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly JsonSerializerOptions ForReading = new(OneLine) { WriteIndented = true };

    public static async Task<int> RunAsync(Options options)
    {
        var postgres = options.Store == "postgres"
            ? new Uri(Environment.GetEnvironmentVariable("COFFERDAM_BENCH_POSTGRES") ?? throw new InvalidOperationException("./bench starts the PostgreSQL for --store postgres"))
            : null;
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        await using var node = await StartAsync("large");
        var seed = await Seed.MakeAsync(node.Address, node.OwnerToken, options.Connections, options.Slots, Progress);
        using var load = node.Connect(seed);
        var ours = seed.Route + "/tasks/next";
        Func<TimeSpan, Task<Burst>> baseline;
        if (postgres is null)
        {
            Progress("keeping a copy in clear for the baseline");
            await node.KeepInClearAsync();
            baseline = time => Task.FromResult(load.Run(seed.Route + BaselineRoute.Path, time));
        }
        else
        {
            Progress("filling pgbench's table");
            await ExecuteAsync(postgres, "large", PgBench.Table(options.Slots));
            baseline = new PgBench(Environment.GetEnvironmentVariable("COFFERDAM_BENCH_PGBENCH")!, postgres, "large", node.Folder).RunAsync;
        }

        Progress("warming up");
        var warm = TimeSpan.FromSeconds(Math.Min(1, options.Seconds));
        await baseline(warm);
        load.Run(ours, warm);

        var (oursBursts, baselineBursts, ratios) = (new List<Burst>(), new List<Burst>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var time = TimeSpan.FromSeconds(options.Seconds);
            Burst a, b;
            if (round % 2 == 0)
                (a, b) = (load.Run(ours, time), await baseline(time));
            else
                (b, a) = (await baseline(time), load.Run(ours, time));
            oursBursts.Add(a);
            baselineBursts.Add(b);
            ratios.Add(a.PerSecond / b.PerSecond);
            Progress($"round {round + 1}: ours {a.PerSecond:N0}/s, baseline {b.PerSecond:N0}/s, ratio {ratios[^1]:F2}");
        }

        Progress($"a second node with {SmallSlots:N0} slots");
        await using var small = await StartAsync("small");
        var smallSeed = await Seed.MakeAsync(small.Address, small.OwnerToken, options.Connections, SmallSlots, Progress);
        using var smallLoad = small.Connect(smallSeed);
        var scales = new List<double>();
        for (var turn = 0; turn <= options.Rounds; turn++)
        {
            var few = Turn(smallLoad, smallSeed);
            var many = Turn(load, seed);
            // The first turn warms the small node up.
            if (turn > 0)
                scales.Add(few.PerSecond / many.PerSecond);
            Progress($"{SmallSlots:N0} slots {few.PerSecond:N0}/s, {options.Slots:N0} slots {many.PerSecond:N0}/s");
        }

        var result = new
        {
            name = "next-task",
            ratio = Round(Figures.Median(ratios)),
            ratio_rounds = ratios.Select(Round),
            ours = Figures.Of("POST …/tasks/next: lease, suspensions, limits, receipt, open of an item of 1 KiB and its guideline slice", oursBursts),
            baseline = Figures.Of(
                postgres is null ? "POST on the same node: the same lease loop, returning 2 KiB kept in clear" : PgBench.What,
                baselineBursts),
            double_leases = load.DoubleLeases + smallLoad.DoubleLeases,
            scale_10k_vs_1m = Round(Figures.Median(scales)),
            scale_rounds = scales.Select(Round),
            slots = options.Slots,
            connections = options.Connections,
            seconds = options.Seconds,
            rounds = options.Rounds,
            store = options.Store,
            fsync = postgres is null ? "synchronous=FULL on both sides" : "fsync and synchronous_commit on, on both sides",
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? OneLine : ForReading));
        return result.double_leases == 0 ? 0 : 1;

        static Burst Turn(Load load, Seed seed)
        {
            var taken = new Taken(load.Connections);
            var burst = load.Run(seed.Route + "/tasks/next", TimeSpan.FromMinutes(1), TurnLeases, taken);
            load.Release(seed.Route, taken);
            return burst;
        }

        async Task<Node> StartAsync(string database)
        {
            if (postgres is null)
                return await Node.StartAsync("sqlite");
            await ExecuteAsync(postgres, "postgres", $"CREATE DATABASE {database}");
            return await Node.StartAsync(new Uri(postgres, database).ToString());
        }
    }

    private static double Round(double ratio) => Math.Round(ratio, 3);

    private static async Task ExecuteAsync(Uri server, string database, string sql)
    {
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port,
            Username = server.UserInfo,
            Database = database,
            CommandTimeout = 0,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        // One statement at a time: VACUUM takes no company.
        foreach (var statement in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = new NpgsqlCommand(statement.TrimEnd(';'), connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
