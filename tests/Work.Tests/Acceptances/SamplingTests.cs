using Cofferdam.Work.Acceptances;

namespace Cofferdam.Work.Tests.Acceptances;

public sealed class SamplingTests
{
    [Fact]
    public void Draw_SomeOfMany_TakesEachAtMostOnceAndLosesNone()
    {
        int[] population = [.. Enumerable.Range(0, 1_000)];
        Sampling.Draw(population.AsSpan(), 100);
        population.Take(100).Distinct().Count().ShouldBe(100);
        population.Order().ShouldBe(Enumerable.Range(0, 1_000));
    }

    [Fact]
    public void Draw_TwoOfFiveManyTimes_EveryPairIsAsLikely()
    {
        const int Times = 20_000;
        var pairs = new Dictionary<(int, int), int>();
        for (var i = 0; i < Times; i++)
        {
            int[] population = [0, 1, 2, 3, 4];
            Sampling.Draw(population.AsSpan(), 2);
            var pair = (Math.Min(population[0], population[1]), Math.Max(population[0], population[1]));
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }

        // Chi-square with 9 degrees of freedom: above 60 by chance less than once in 10^9 runs.
        const double Expected = Times / 10.0;
        pairs.Count.ShouldBe(10);
        pairs.Values.Sum(seen => Math.Pow(seen - Expected, 2) / Expected).ShouldBeLessThan(60);
    }
}
