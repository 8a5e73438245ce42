using Cofferdam.Quality.Bias;

namespace Cofferdam.Quality.Tests.Bias;

public sealed class BinomialTestTests
{
    /// <summary>By hand: twice the tail of 2^n equally likely sequences, counted with whole numbers.</summary>
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(5, 5, 1.0)]
    [InlineData(0, 5, 2.0 / 32)]
    [InlineData(1, 9, 2.0 * (1 + 10) / 1024)]
    [InlineData(8, 2, 2.0 * (1 + 10 + 45) / 1024)]
    [InlineData(5, 6, 1.0)]
    [InlineData(3, 17, 2.0 * (1 + 20 + 190 + 1140) / 1048576)]
    public void TwoSided_FewThrows_IsTheCountedShare(long left, long right, double p)
    {
        BinomialTest.TwoSided(left, right).ShouldBe(p, 1e-12);
        BinomialTest.TwoSided(right, left).ShouldBe(p, 1e-12);
    }

    /// <summary>The sum over all whole-number binomials, in 512-bit arithmetic.</summary>
    [Theory]
    [InlineData(40, 60)]
    [InlineData(480, 520)]
    [InlineData(900, 1_100)]
    public void TwoSided_ManyThrows_IsTheExactSum(int fewer, int more)
    {
        var n = fewer + more;
        System.Numerics.BigInteger term = 1, tail = 1;
        for (var k = 1; k <= fewer; k++)
        {
            term = term * (n - k + 1) / k;
            tail += term;
        }

        var exact = Math.Exp(System.Numerics.BigInteger.Log(2 * tail) - (n * Math.Log(2)));
        BinomialTest.TwoSided(fewer, more).ShouldBe(exact, exact * 1e-9);
    }

    [Fact]
    public void TwoSided_AMillionThrows_IsNeitherZeroNorMoreThanOne()
    {
        BinomialTest.TwoSided(500_000, 500_001).ShouldBe(1, 1e-9);
        BinomialTest.TwoSided(498_000, 502_000).ShouldBe(6.3e-5, 1e-6);
        BinomialTest.TwoSided(0, 1_000_000).ShouldBe(0);
    }

    /// <summary>By hand: 0.005·5 for the least, then never less than the one before.</summary>
    [Fact]
    public void Holm_SeveralValues_StepsDown() =>
        BinomialTest.Holm([0.01, 0.04, 0.03, 0.005, 0.9]).ShouldBe([0.04, 0.09, 0.09, 0.025, 0.9], 1e-12);
}
