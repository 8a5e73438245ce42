namespace Cofferdam.Delivery.Preference;

/// <summary>What the votes on an item come to.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    /// <param name="Agreement">Share of the votes that are for the chosen response, above 0, at most 1.</param>
    public sealed record Decided(bool AIsChosen, double Agreement) : Verdict;

    /// <summary>No side has more votes. Kept with all its votes, outside the training file.</summary>
    /// <param name="Reason"><c>tie</c>: every vote is a tie. <c>split</c>: as many for one side as for the other.</param>
    public sealed record Undecided(string Reason) : Verdict;

    /// <summary>Majority: the sign of the sum of the votes, each +1, 0 or -1. Strength is handed on and not weighed.</summary>
    /// <param name="votes">At least one.</param>
    public static Verdict Of(IReadOnlyCollection<Vote> votes)
    {
        var sum = votes.Sum(vote => vote.Direction);
        return sum == 0
            ? new Undecided(votes.All(vote => vote.Direction == 0) ? "tie" : "split")
            : new Decided(sum > 0, (double)votes.Count(vote => vote.Direction == Math.Sign(sum)) / votes.Count);
    }
}
