using Cofferdam.Delivery.Preference;

namespace Cofferdam.Delivery.Tests;

public sealed class PreferenceQualityTests
{
    // R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_GivesTheirIntervals(long hits, long trials, double low, double high)
    {
        var interval = Interval.Wilson((double)hits / trials, trials);
        interval.Low.ShouldBe(low, 0.00005);
        interval.High.ShouldBe(high, 0.00005);
    }

    [Fact]
    public void Report_PairsOfVotes_CountsAgreementPerItem()
    {
        var quality = new PreferenceQuality();
        quality.Add([Votes.Of(1, "ann"), Votes.Of(1, "bob", strength: 2)]);
        quality.Add([Votes.Of(1, "ann"), Votes.Of(-1, "bob")]);
        quality.Add([Votes.Of(0, "ann"), Votes.Of(0, "bob"), Votes.Of(1, "cleo")]);
        quality.Add([Votes.Of(-1, "cleo")]);

        var report = quality.Report();

        report.Votes.ShouldBe(8);
        report.Agreement.Items.ShouldBe(3);
        report.Agreement.Value!.Value.ShouldBe((1 + 0 + (1.0 / 3)) / 3, 1e-9);
        report.Agreement.Low!.Value.ShouldBeLessThan(report.Agreement.Value.Value);
        report.VotesPerItem.ShouldBe(new Dictionary<string, long> { ["1"] = 1, ["2"] = 2, ["3"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public void Report_NoItemWithTwoVotes_SaysThatAgreementIsNotKnown()
    {
        var quality = new PreferenceQuality();
        quality.Add([Votes.Of(1)]);

        var agreement = quality.Report().Agreement;

        agreement.Value.ShouldBeNull();
        agreement.Low.ShouldBeNull();
    }

    [Fact]
    public void Report_SomebodyAlwaysLeft_ShowsPerPerson()
    {
        var quality = new PreferenceQuality();
        for (var i = 0; i < 5; i++)
            quality.Add([Votes.Of(i % 2 == 0 ? 1 : -1, "lefty", shown: "left"), Votes.Of(1, "other", shown: "right", rationale: "clearer")]);

        var report = quality.Report();

        report.Annotators["lefty"].Shown.Left.ShouldBe(5);
        report.Annotators["lefty"].Shown.Right.ShouldBe(0);
        report.Annotators["other"].Rationales.ShouldBe(5);
        report.Shown.Right.ShouldBe(5);
    }
}
