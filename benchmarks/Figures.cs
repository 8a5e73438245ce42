namespace Cofferdam.Bench;

/// <summary>One side's figures over all rounds.</summary>
/// <param name="Throughput">Replies per second: median of rounds.</param>
/// <param name="P50Ms">Milliseconds from request to whole reply.</param>
internal sealed record Figures(string What, double Throughput, double P50Ms, double P99Ms, IReadOnlyList<double> Rounds)
{
    public static Figures Of(string what, IReadOnlyList<Burst> bursts)
    {
        var micros = bursts.SelectMany(burst => burst.Micros).Order().ToArray();
        double[] rounds = [.. bursts.Select(burst => Math.Round(burst.PerSecond))];
        return new Figures(what, Median(rounds), Percentile(micros, 0.50), Percentile(micros, 0.99), rounds);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <returns>Milliseconds.</returns>
    public static double Percentile(int[] sortedMicros, double share) =>
        sortedMicros.Length == 0 ? 0 : Math.Round(sortedMicros[Math.Min(sortedMicros.Length - 1, (int)(share * sortedMicros.Length))] / 1000.0, 2);
}
