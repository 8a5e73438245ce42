using Cofferdam.Work.Acceptances;

namespace Cofferdam.Quality.Figures;

/// <summary>How far people who answered the same items say the same: the share of pairs of answers to an item that agree, averaged over items.</summary>
/// <remarks>
/// The observed agreement of J. L. Fleiss, Psychological Bulletin 76 (1971); with two answers to each item, per cent
/// agreement. Not corrected for chance. The interval is Wilson's over items: exact in kind where every item has two
/// answers, and on the wide side where some have more, since no share of pairs varies more than yes and no do.
/// </remarks>
internal sealed class Agreement
{
    private double sum;

    /// <summary>Items with two answers or more.</summary>
    public long Items { get; private set; }

    public Estimate? Estimate => Wilson.Of(Math.Min(sum, Items), Items);

    /// <summary>Adds an item.</summary>
    /// <param name="votes">How many people gave each of the different answers to it. Items with fewer than two answers tell nothing.</param>
    public void Add(IEnumerable<int> votes)
    {
        var (all, agreeing) = (0L, 0L);
        foreach (var count in votes)
        {
            all += count;
            agreeing += (long)count * (count - 1);
        }

        if (all < 2)
            return;
        Items++;
        sum += (double)agreeing / (all * (all - 1));
    }
}
