using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Bench;

/// <summary>
/// How soon a suspension holds: readers open without a pause while scopes are suspended and resumed. Counted is every
/// plaintext that a reader got after the call had returned and that the call did not report as in flight.
/// </summary>
internal static class SuspendBench
{
    private const int Openers = 16;
    private const int Trials = 200;

    public static async Task<int> RunAsync(Options options)
    {
        var clock = Stopwatch.StartNew();
        var folder = Directory.CreateTempSubdirectory("cofferdam-bench-").FullName;
        try
        {
            var shape = options.Store == "postgres" ? "two vault processes' nodes on one PostgreSQL" : "one process";
            await Console.Error.WriteLineAsync($"{Trials} trials, {Openers} readers, {shape}");
            await using var vaults = await Vaults.OpenAsync(options.Store, folder, count: options.Store == "postgres" ? 2 : 1);
            var (opened, after, returns) = await RaceAsync(vaults);
            var sorted = returns.Order().ToArray();
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    name = "suspend",
                    opened_after = after,
                    return_ms_median = Math.Round(Figures.Median(sorted), 2),
                    return_ms_p95 = Math.Round(sorted[(int)(0.95 * sorted.Length)], 2),
                    return_ms_max = Math.Round(sorted[^1], 2),
                    trials = Trials,
                    openers = Openers,
                    opened,
                    store = options.Store,
                    shape,
                    processors = Environment.ProcessorCount,
                    total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
                },
                options.Json ? ImportBench.OneLine : ImportBench.ForReading));
            return after == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(long Opened, long After, List<double> ReturnMs)> RaceAsync(Vaults vaults)
    {
        SuspendOutcome? inForce = null;
        long opened = 0, after = 0;
        using var stop = new CancellationTokenSource();
        var openers = Enumerable.Range(1, Openers).Select(i => Task.Run(async () =>
        {
            var door = vaults.Doors[i % vaults.Doors.Count];
            var request = vaults.Asking(Principal.Person(new Guid(i, 0, 0, new byte[8])));
            while (!stop.IsCancellationRequested)
            {
                if (await door.OpenAsync(request) is not OpenOutcome.Opened answer)
                    continue;
                Interlocked.Increment(ref opened);
                if (Volatile.Read(ref inForce) is { } now && (answer.Receipt > now.Suspension.Receipt || !now.InFlight.Contains(answer.Receipt)))
                    Interlocked.Increment(ref after);
            }
        })).ToArray();

        List<double> returns = [];
        for (var trial = 0; trial < Trials; trial++)
        {
            // Under load again: so many plaintexts since the last resumption.
            for (var from = Volatile.Read(ref opened); Volatile.Read(ref opened) < from + (4 * Openers);)
            {
                // A reader that broke would be waited for in vain.
                if (openers.FirstOrDefault(reader => reader.IsCompleted) is { } ended)
                    await ended;
                await Task.Delay(1);
            }

            var begun = Stopwatch.GetTimestamp();
            var outcome = await vaults.Doors[trial % vaults.Doors.Count].SuspendAsync(
                new SuspendRequest(vaults.Lab, new Scope(ScopeKind.Project, vaults.Project.Value), ReasonClass.Other, Principal.Service));
            Volatile.Write(ref inForce, outcome);
            returns.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (trial % 50 == 49)
                await Console.Error.WriteLineAsync($"{trial + 1} trials, {Volatile.Read(ref opened):N0} opened");
            await vaults.Doors[0].OpenAsync(vaults.Asking(Principal.Service));
            Volatile.Write(ref inForce, null);
            await vaults.Doors[0].ResumeAsync(vaults.Lab, outcome.Suspension.Id, Principal.Service);
        }

        await stop.CancelAsync();
        await Task.WhenAll(openers);
        return (opened, after, returns);
    }

    /// <summary>Vaults on one store, with one record to open.</summary>
    private sealed class Vaults(IReadOnlyList<IVault> doors, LabId lab, ProjectId project, RecordRef record) : IAsyncDisposable
    {
        public IReadOnlyList<IVault> Doors { get; } = doors;

        public LabId Lab { get; } = lab;

        public ProjectId Project { get; } = project;

        public static async Task<Vaults> OpenAsync(string store, string folder, int count)
        {
            var options = new VaultOptions
            {
                Store = await Node.FreshStoreAsync(store, "suspend"),
                DataFolder = Path.Combine(folder, "data"),
                KeyFolder = Path.Combine(folder, "keys"),
                Limits = new VaultLimits { FirstReadsPerHour = int.MaxValue, RereadsPerMinute = int.MaxValue },
            };
            List<IVault> doors = [];
            for (var i = 0; i < count; i++)
                doors.Add(await VaultNode.OpenWithinAsync(options, new CallerProcess("bench", null, "bench")));
            var (lab, project, id) = (new LabId(Guid.CreateVersion7()), ProjectId.New(), RecordId.New());
            await doors[0].CreateLabAsync(lab, "bench");
            await doors[0].CreateProjectAsync(lab, project);
            await doors[0].SealAsync(new SealRequest(lab, project, Principal.Service, [new SealItem(RecordKind.Item, id, Encoding.UTF8.GetBytes(new string('x', 1024)), 0)]));
            return new Vaults(doors, lab, project, new RecordRef(RecordKind.Item, id));
        }

        public OpenRequest Asking(Principal principal) => new(Lab, Project, principal, Act.Open, Purpose.Task, [record]);

        public async ValueTask DisposeAsync()
        {
            foreach (var door in Doors.OfType<IAsyncDisposable>())
                await door.DisposeAsync();
        }
    }
}
