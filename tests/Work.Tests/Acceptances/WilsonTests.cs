using Cofferdam.Work.Acceptances;

namespace Cofferdam.Work.Tests.Acceptances;

/// <summary>Against R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.</summary>
public sealed class WilsonTests
{
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(20, 20, 0.8389, 1.0000)]
    public void Of_PublishedCases_GivesThePublishedInterval(int cases, int of, double low, double high)
    {
        var estimate = Wilson.Of(cases, of)!;
        estimate.Value.ShouldBe((double)cases / of, 1e-12);
        estimate.Low.ShouldBe(low, 5e-5);
        estimate.High.ShouldBe(high, 5e-5);
    }

    [Fact]
    public void Of_NoCases_IsNoEstimate() => Wilson.Of(0, 0).ShouldBeNull();
}
