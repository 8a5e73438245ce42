namespace Cofferdam.Quality.Bias;

/// <summary>Whether somebody who could take either side took one more often than a fair coin explains.</summary>
internal static class BinomialTest
{
    // ln(n!) for small n, exactly enough; above, Stirling's series is as good as a double.
    private static readonly double[] Small = [.. LogFactorials(32)];

    /// <summary>Exact two-sided test of <c>p = 1/2</c>: how likely it is that a fair coin falls at least as unevenly.</summary>
    /// <param name="one">Times one side was taken; 0 or more.</param>
    /// <param name="other">Times the other was.</param>
    /// <returns>Above 0 and up to 1; 1 where nothing was seen.</returns>
    public static double TwoSided(long one, long other)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(one);
        ArgumentOutOfRangeException.ThrowIfNegative(other);
        var (n, fewer) = (one + other, Math.Min(one, other));
        if (one == other)
            return 1;

        // P(X = fewer), then the terms below it, each from the one before, until they no longer count.
        var term = Math.Exp(LogFactorial(n) - LogFactorial(fewer) - LogFactorial(n - fewer) - (n * Math.Log(2)));
        var tail = 0.0;
        for (var k = fewer; k >= 0 && term > tail * 1e-17; k--)
        {
            tail += term;
            term *= (double)k / (n - k + 1);
        }

        // The distribution is symmetric: the other tail is the same.
        return Math.Min(1, 2 * tail);
    }

    /// <summary>p values as they are worth where several are looked at together: S. Holm, Scand. J. Statist. 6 (1979).</summary>
    /// <returns>In the order given.</returns>
    public static double[] Holm(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var largest = 0.0;
        foreach (var (rank, index) in Enumerable.Range(0, values.Count).OrderBy(i => values[i]).Index())
            adjusted[index] = largest = Math.Max(largest, Math.Min(1, values[index] * (values.Count - rank)));
        return adjusted;
    }

    private static double LogFactorial(long n) => n < Small.Length
        ? Small[n]
        : (n * Math.Log(n)) - n + (Math.Log(2 * Math.PI * n) / 2) + (1.0 / (12.0 * n)) - (1.0 / (360.0 * n * n * n)) + (1.0 / (1260.0 * n * n * n * n * n));

    private static IEnumerable<double> LogFactorials(int count)
    {
        var sum = 0.0;
        for (var n = 0; n < count; n++)
        {
            sum += n < 2 ? 0 : Math.Log(n);
            yield return sum;
        }
    }
}
