using Cofferdam.Delivery.About;
using Cofferdam.Delivery.Tests.Shapes;

namespace Cofferdam.Delivery.Tests;

public sealed class QualityTests
{
    [Fact]
    public void Report_PairsOfVotes_CountsAgreementPerItem()
    {
        var report = Report("a a", "a b", "tie tie a", "b");

        report.Answers.ShouldBe(8);
        report.Agreement.Items.ShouldBe(3);
        report.Agreement.Value!.Value.ShouldBe((1 + 0 + (1.0 / 3)) / 3, 1e-9);
        report.Agreement.Low!.Value.ShouldBeLessThan(report.Agreement.Value.Value);
        report.AnswersPerItem.ShouldBe(new Dictionary<string, long> { ["1"] = 1, ["2"] = 2, ["3"] = 1 }, ignoreOrder: true);
        var question = report.Questions.ShouldHaveSingleItem();
        (question.Key, question.Type, question.Deciding).ShouldBe(("q", "pairwise", true));
    }

    [Fact]
    public void Report_NoItemWithTwoAnswers_SaysThatAgreementIsNotKnown()
    {
        var agreement = Report("a").Agreement;

        agreement.Value.ShouldBeNull();
        agreement.Low.ShouldBeNull();
    }

    [Fact]
    public void Report_SomebodyAlwaysLeft_ShowsPerPersonWithAnInterval()
    {
        // An "a" is shown on the left here, a "b" on the right.
        var report = Report("a b", "a b", "a b", "a b", "a b");

        var lefty = report.Annotators["annotator-1"].Shown;
        (lefty.Left, lefty.Right, lefty.LeftShare).ShouldBe((5, 0, 1));
        lefty.Low!.Value.ShouldBeGreaterThan(0.5);
        report.Shown.LeftShare.ShouldBe(0.5);
    }

    [Fact]
    public void Report_AnswersOfOtherTypes_AgreeWhereTheySayTheSame()
    {
        var quality = new Quality();
        quality.Add(Given.Item("""{"text":"Ana","fields":{}}""", Given.Spans, Given.Marks((0, 3, "PER")), Given.Marks((0, 3, "PER"))));
        quality.Add(Given.Item("""{"text":"Ana","fields":{}}""", Given.Spans, Given.Marks((0, 3, "PER")), Given.Marks((0, 3, "LOC"))));

        quality.Report().Agreement.Value.ShouldBe(0.5);
    }

    private static QualityReport Report(params string[] items)
    {
        var quality = new Quality();
        foreach (var votes in items)
            quality.Add(Given.Item("""{"prompt":"p","a":"a","b":"b","fields":{}}""", Given.Pairwise, [.. votes.Split(' ').Select(Given.Prefers)]));
        return quality.Report();
    }
}
