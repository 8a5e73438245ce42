using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Budgets;

/// <summary>Counts the share of a methodology that each of many could have, and that any few of them could have together.</summary>
/// <remarks>
/// What somebody could have is a set: to be shown a thing twice adds nothing, and what several have is the union. Coverage is
/// monotone and submodular, so that the greedy choice of t reaches at least 1 − 1/e of the best (Nemhauser, Wolsey and Fisher 1978).
/// </remarks>
internal static class ShareCounting
{
    public const int MostPeople = 10;

    /// <param name="weights">Of every record that counts.</param>
    /// <param name="shown">Who was shown which record; records that do not count are passed over.</param>
    /// <returns>Most first; those with nothing are left out.</returns>
    public static List<Share> Shares(
        IReadOnlyDictionary<Guid, int> weights, IEnumerable<(Guid Record, Guid Subject)> shown, Func<Guid, string?>? name = null) =>
    [
        .. shown.Where(one => weights.ContainsKey(one.Record)).GroupBy(one => one.Subject, one => one.Record)
            .Select(of => (Subject: of.Key, Records: of.Distinct().ToList()))
            .Select(of => new Share(of.Subject, name?.Invoke(of.Subject), of.Records.Sum(record => (long)weights[record]), of.Records.Count))
            .OrderByDescending(share => share.Shown).ThenBy(share => share.Subject),
    ];

    /// <returns>For t = 1 to <see cref="MostPeople"/>, or as many people as there are.</returns>
    public static List<CoalitionShare> Coalitions(IReadOnlyDictionary<Guid, int> weights, IEnumerable<(Guid Record, Guid Subject)> shown)
    {
        var people = shown.Where(one => weights.ContainsKey(one.Record)).GroupBy(one => one.Subject, one => one.Record).Select(of => of.ToHashSet()).ToList();
        var all = people.SelectMany(records => records).Distinct().Sum(record => (long)weights[record]);
        long[] largest = [.. people.Select(records => records.Sum(record => (long)weights[record])).OrderDescending()];

        // What somebody adds never grows: who was worth less than another at an earlier look need not be looked at again before.
        var queue = new PriorityQueue<HashSet<Guid>, long>(people.Select(records => (records, -records.Sum(record => (long)weights[record]))));
        HashSet<Guid> covered = [];
        var (greedy, sum) = (0L, 0L);
        List<CoalitionShare> coalitions = [];
        while (coalitions.Count < MostPeople && queue.TryDequeue(out var person, out _))
        {
            long Adds(HashSet<Guid> records) => records.Where(record => !covered.Contains(record)).Sum(record => (long)weights[record]);
            var adds = Adds(person);
            while (queue.TryPeek(out _, out var next) && adds < -next)
            {
                person = queue.EnqueueDequeue(person, -adds);
                adds = Adds(person);
            }

            covered.UnionWith(person);
            greedy += adds;
            sum += largest[coalitions.Count];
            coalitions.Add(new CoalitionShare(coalitions.Count + 1, greedy, Math.Min(sum, all)));
        }

        return coalitions;
    }
}
