namespace Cofferdam.Work.Acceptances;

/// <summary>A proportion with its 95 % interval, each 0 to 1.</summary>
/// <param name="Value">What was seen.</param>
public sealed record Estimate(double Value, double Low, double High);

/// <summary>Wilson's score interval for a proportion: holds its level for few cases and near 0 and 1, where the textbook's does not.</summary>
/// <remarks>
/// E. B. Wilson, JASA 22 (1927), without correction for continuity; values as in R. G. Newcombe, Statistics in Medicine
/// 17 (1998), method 3. For a sample drawn without replacement from a finite batch it errs on the wide side.
/// </remarks>
public static class Wilson
{
    // 97.5 % point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <param name="cases">Cases that have what is counted, 0 to <paramref name="of"/>. Need not be whole.</param>
    /// <param name="of">Cases in all.</param>
    /// <returns>Null where there were none.</returns>
    public static Estimate? Of(double cases, long of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases, of);
        if (of == 0)
            return null;
        var share = cases / of;
        var square = Z * Z / of;
        var middle = (share + (square / 2)) / (1 + square);
        var half = Z * Math.Sqrt((share * (1 - share) / of) + (square / (4 * of))) / (1 + square);
        // At 0 and 1 the formula meets the edge exactly, and rounding would step over it.
        return new Estimate(share, cases == 0 ? 0 : Math.Max(0, middle - half), cases == of ? 1 : Math.Min(1, middle + half));
    }
}
