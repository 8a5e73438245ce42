using Cofferdam.Delivery.Preference;

namespace Cofferdam.Delivery.Tests;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(new[] { 1 }, true, 1.0)]
    [InlineData(new[] { 1, 1, -1 }, true, 2.0 / 3)]
    [InlineData(new[] { -1, 0 }, false, 0.5)]
    [InlineData(new[] { -1, -1, 1, 0 }, false, 0.5)]
    public void Of_MoreVotesForOneSide_ThatSideIsChosen(int[] directions, bool aIsChosen, double agreement) =>
        Verdict.Of([.. directions.Select(direction => Votes.Of(direction))]).ShouldBe(new Verdict.Decided(aIsChosen, agreement));

    [Theory]
    [InlineData(new[] { 0 }, "tie")]
    [InlineData(new[] { 0, 0, 0 }, "tie")]
    [InlineData(new[] { 1, -1 }, "split")]
    [InlineData(new[] { 1, 0, -1 }, "split")]
    public void Of_NoSideAhead_IsUndecidedWithItsReason(int[] directions, string reason) =>
        Verdict.Of([.. directions.Select(direction => Votes.Of(direction))]).ShouldBe(new Verdict.Undecided(reason));

    [Fact]
    public void Of_OneStrongVoteAgainstTwoWeak_TwoWeakDecide() =>
        Verdict.Of([Votes.Of(1, strength: 2), Votes.Of(-1), Votes.Of(-1)]).ShouldBe(new Verdict.Decided(false, 2.0 / 3));
}

internal static class Votes
{
    public static Vote Of(int direction, string annotator = "annotator-1", int strength = 1, string? shown = null, string? rationale = null) =>
        new(annotator, direction, direction == 0 ? 0 : strength, shown ?? (direction == 0 ? "tie" : "left"), rationale);
}
