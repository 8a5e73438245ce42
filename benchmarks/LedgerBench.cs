using System.Diagnostics;
using System.Text.Json;

namespace Cofferdam.Bench;

/// <summary>
/// What the ledger costs: durable receipts per second against bare group-committed appends of the same bytes, the time until
/// a signed checkpoint covers them, a proof out of a long log, and the check of all of it against bare hashing of its leaves.
/// </summary>
internal static class LedgerBench
{
    public static async Task<int> RunAsync(Options options)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        var folder = Directory.CreateTempSubdirectory("cofferdam-bench-").FullName;
        try
        {
            var receipts = await LedgerBenchReceipts.MeasureAsync(folder, options, Progress);
            var log = await LedgerBenchLog.MakeAsync(folder, options.Size, Progress);
            var proofs = await log.ProveAsync(Progress);
            var check = await log.VerifyAsync(options.Rounds, Progress);
            var result = new
            {
                name = "ledger",
                ratio = Round(Figures.Median(receipts.Ratios)),
                ratio_rounds = receipts.Ratios.Select(Round),
                ours = receipts.Ours,
                baseline = receipts.Appends,
                receipt_bytes = receipts.Bytes,
                checkpoint_p50_ms = Figures.Percentile(receipts.CheckpointMicros, 0.50),
                checkpoint_p99_ms = Figures.Percentile(receipts.CheckpointMicros, 0.99),
                checkpoint_max_ms = Figures.Percentile(receipts.CheckpointMicros, 1),
                checkpoints = receipts.Checkpoints,
                proof_p50_ms = Figures.Percentile(proofs, 0.50),
                proof_p99_ms = Figures.Percentile(proofs, 0.99),
                proof_max_ms = Figures.Percentile(proofs, 1),
                proofs = proofs.Length,
                verify_ratio = Round(Figures.Median(check.Ratios)),
                verify_ratio_rounds = check.Ratios.Select(Round),
                verify_ratio_to_plain_libcrypto = Round(Figures.Median(check.PlainRatios)),
                verify_per_second = Math.Round(Figures.Median(check.Verified)),
                bare_hashes_per_second = Math.Round(Figures.Median(check.Hashed)),
                verify_baseline = LedgerBenchLog.Baseline,
                size = options.Size,
                connections = options.Connections,
                seconds = options.Seconds,
                rounds = options.Rounds,
                processors = Environment.ProcessorCount,
                total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
            };
            Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? NextTask.OneLine : NextTask.ForReading));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Round(double ratio) => Math.Round(ratio, 3);
}
