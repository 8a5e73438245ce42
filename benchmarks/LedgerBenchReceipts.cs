using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Bench;

/// <summary>Receipts through the vault's <c>Open</c>, one sealed record of 1 KiB each, with the log's publisher at work.</summary>
internal sealed class LedgerBenchReceipts
{
    private const int Records = 16_384;
    private const int RecordBytes = 1_024;

    // At the checkpoint, while receipts are made: one is seen later than it is there, never earlier.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly VaultDoor vault;
    private readonly int callers;
    private readonly LabId lab = new(Guid.CreateVersion7());
    private readonly ProjectId project = ProjectId.New();
    private readonly List<RecordRef> records = [];

    private LedgerBenchReceipts(VaultDoor vault, int callers) => (this.vault, this.callers) = (vault, callers);

    /// <summary>What came of all rounds.</summary>
    /// <param name="Ratios">Receipts by appends, per round.</param>
    /// <param name="CheckpointMicros">Of every receipt, from before it was asked for until a signed checkpoint over it was seen; sorted.</param>
    /// <param name="Checkpoints">How many were seen.</param>
    /// <param name="Bytes">Of one receipt with its leaf.</param>
    public sealed record Outcome(IReadOnlyList<double> Ratios, Figures Ours, Figures Appends, int[] CheckpointMicros, int Checkpoints, int Bytes);

    public static async Task<Outcome> MeasureAsync(string folder, Options options, Action<string> progress)
    {
        var place = new VaultOptions { Store = "sqlite", DataFolder = Path.Combine(folder, "data"), KeyFolder = Path.Combine(folder, "keys") };
        await using var door = await VaultNode.OpenWithinAsync(place, new CallerProcess("bench", null, "bench"));
        var bench = new LedgerBenchReceipts(door, options.Connections);
        progress($"sealing {Records:N0} records of 1 KiB");
        await bench.SealAsync();
        var receipt = await bench.ReceiptAsync();
        await using var appends = new LedgerBenchAppends(Path.Combine(folder, "appends"));

        progress("warming up");
        var time = TimeSpan.FromSeconds(options.Seconds);
        await bench.OpenAsync(time);
        await bench.BurstAsync(time, _ => appends.AppendAsync(receipt));

        var (ours, bare, ratios, lags, checkpoints) = (new List<Burst>(), new List<Burst>(), new List<double>(), new List<int>(), 0);
        for (var round = 0; round < options.Rounds; round++)
        {
            async Task OursAsync()
            {
                var (burst, waits, seen) = await bench.OpenAsync(time);
                ours.Add(burst);
                lags.AddRange(waits);
                checkpoints += seen;
            }

            async Task BareAsync() => bare.Add(await bench.BurstAsync(time, _ => appends.AppendAsync(receipt)));

            // Who goes first changes, for the disk may slow down or speed up within a round.
            await (round % 2 == 0 ? OursAsync() : BareAsync());
            await (round % 2 == 0 ? BareAsync() : OursAsync());
            ratios.Add(ours[^1].PerSecond / bare[^1].PerSecond);
            progress($"round {round + 1}: receipts {ours[^1].PerSecond:N0}/s, appends {bare[^1].PerSecond:N0}/s, ratio {ratios[^1]:F2}");
        }

        return new Outcome(
            ratios,
            Figures.Of("Open of a record of 1 KiB: suspensions, limits, receipt, leaf, commit with fsync, unseal; the log is published meanwhile", ours),
            Figures.Of("append of the bytes of such a receipt to a file: one thread writes what waits, fsync, answers", bare),
            [.. lags.Order()],
            checkpoints,
            receipt.Length);
    }

    private async Task SealAsync()
    {
        await vault.CreateLabAsync(lab, "bench");
        await vault.CreateProjectAsync(lab, project);
        while (records.Count < Records)
        {
            var batch = Enumerable.Range(0, IVault.MaxRecordsPerAct)
                .Select(_ => new SealItem(RecordKind.Item, RecordId.New(), RandomNumberGenerator.GetBytes(RecordBytes), 0)).ToList();
            if (await vault.SealAsync(new SealRequest(lab, project, Principal.Service, batch)) is not SealOutcome.Sealed)
                throw new InvalidOperationException("The vault did not seal.");
            records.AddRange(batch.Select(item => new RecordRef(item.Kind, item.Id)));
        }
    }

    /// <summary>The bytes of one receipt as the store keeps them.</summary>
    private async Task<byte[]> ReceiptAsync()
    {
        var entry = await vault.ReceiptAsync(lab, await OpenAsync(Principal.Person(Guid.NewGuid()), records[0])) ?? throw new InvalidOperationException("A receipt is gone.");
        return [.. entry.What.Span, .. entry.Who.Span, .. entry.Leaf.Span];
    }

    private async Task<long> OpenAsync(Principal principal, RecordRef record) =>
        await vault.OpenAsync(new OpenRequest(lab, project, principal, Act.Open, Purpose.Task, [record], Assignment: record.Id.Value, Session: principal.Pseudonym)) switch
        {
            OpenOutcome.Opened opened => opened.Receipt,
            var other => throw new InvalidOperationException($"The vault did not open: {other}"),
        };

    /// <summary>Receipts for a time, and after it until the last of them is under a checkpoint.</summary>
    /// <returns>Of every receipt the microseconds to its checkpoint, and how many checkpoints there were.</returns>
    private async Task<(Burst Burst, IEnumerable<int> Waits, int Checkpoints)> OpenAsync(TimeSpan time)
    {
        // New people every time: each reads what it has not read before, and less than an hour's limit.
        var people = Enumerable.Range(0, callers).Select(_ => Principal.Person(Guid.NewGuid())).ToArray();
        // In order of their ids, as a project's items are handed out: each to whoever asks next.
        var next = 0;
        var opened = new ConcurrentQueue<(long Receipt, long At)>();
        var last = new TaskCompletionSource<long>();
        var watching = WatchAsync(last.Task);
        try
        {
            var burst = await BurstAsync(time, async caller =>
            {
                // Before it is asked for, so before its commit.
                var at = Stopwatch.GetTimestamp();
                opened.Enqueue((await OpenAsync(people[caller], records[Interlocked.Increment(ref next) % Records]), at));
            });
            last.SetResult(opened.Max(one => one.Receipt));
            var seen = await watching;
            return (burst, opened.Select(one => Micros(one.At, seen.First(checkpoint => checkpoint.Size > one.Receipt).At)), seen.Count - 1);
        }
        finally
        {
            last.TrySetResult(-1);
        }
    }

    /// <summary>Sizes of the signed checkpoints as they are seen, from the one that is there until one covers the last receipt.</summary>
    private async Task<List<(long Size, long At)>> WatchAsync(Task<long> last)
    {
        var seen = new List<(long Size, long At)>();
        while (seen.Count == 0 || !last.IsCompleted || seen[^1].Size <= await last)
        {
            var size = (await vault.LogAsync(lab)).Checkpoint?.Size ?? 0;
            if (seen.Count == 0 || size > seen[^1].Size)
                seen.Add((size, Stopwatch.GetTimestamp()));
            await Task.Delay(Look);
        }

        return seen;
    }

    private async Task<Burst> BurstAsync(TimeSpan time, Func<int, Task> call)
    {
        var begun = Stopwatch.GetTimestamp();
        var micros = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var taken = new List<int>();
            while (Stopwatch.GetElapsedTime(begun) < time)
            {
                var at = Stopwatch.GetTimestamp();
                await call(caller);
                taken.Add(Micros(at, Stopwatch.GetTimestamp()));
            }

            return taken;
        })));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var all = micros.SelectMany(some => some).ToList();
        return new Burst(all.Count, seconds, all);
    }

    private static int Micros(long from, long to) => (int)(Stopwatch.GetElapsedTime(from, to).Ticks / TimeSpan.TicksPerMicrosecond);
}
