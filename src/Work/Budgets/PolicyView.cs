using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Budgets;

/// <summary>A lab's weights and limits. Weights are per record; a first read costs its weight, a read again nothing.</summary>
/// <param name="Weights">0 to 1,000 by kind of record; kinds that are left out have their default.</param>
/// <param name="PersonPerHour">Weight that one person may be shown for the first time in a clock hour.</param>
/// <param name="EngagementPerHour">The same for all people of one engagement together.</param>
/// <param name="ProcessPerHour">The same for one server process.</param>
/// <param name="HostPerHour">The same for all server processes of one host.</param>
/// <param name="PersonTotal">Weight that one person may ever be shown; null: not bounded.</param>
/// <param name="EngagementTotal">The same for one engagement; null: not bounded.</param>
/// <param name="RereadsPerMinute">Records that one person may read again in a clock minute.</param>
/// <param name="ShredDelaySeconds">Between the approval of shredding and its effect: at most 30 days.</param>
/// <param name="TwoToResume">Lifting a suspension takes two people.</param>
/// <param name="UnsignedStaff">The lab's own people open on the server's word, as long as they have no enrolled key. False: every person signs.</param>
public sealed record PolicyView(
    IReadOnlyDictionary<string, int> Weights,
    long PersonPerHour,
    long EngagementPerHour,
    long ProcessPerHour,
    long HostPerHour,
    long? PersonTotal,
    long? EngagementTotal,
    int RereadsPerMinute,
    long ShredDelaySeconds,
    bool TwoToResume,
    bool UnsignedStaff = true)
{
    internal static PolicyView Of(Policy policy) => new(
        Enum.GetValues<RecordKind>().ToDictionary(Names.Of, policy.WeightOf), policy.PersonPerHour, policy.EngagementPerHour, policy.ProcessPerHour, policy.HostPerHour,
        policy.PersonTotal, policy.EngagementTotal, policy.RereadsPerMinute, (long)policy.ShredDelay.TotalSeconds, policy.TwoToResume,
        policy.UnsignedStaff);

    /// <returns>Null where a kind is named that there is not, or the delay is none.</returns>
    internal Policy? ToPolicy()
    {
        Dictionary<RecordKind, int> weights = [];
        foreach (var (name, weight) in Weights ?? new Dictionary<string, int>())
        {
            if (Names.Parse<RecordKind>(name) is not { } kind)
                return null;
            weights[kind] = weight;
        }

        return ShredDelaySeconds is < 0 or > 30 * 24 * 3_600
            ? null
            : new Policy(
                weights, PersonPerHour, EngagementPerHour, ProcessPerHour, HostPerHour, PersonTotal, EngagementTotal, RereadsPerMinute,
                TimeSpan.FromSeconds(ShredDelaySeconds), TwoToResume, UnsignedStaff);
    }
}

/// <param name="Policy">In force now.</param>
/// <param name="Proposal">What waits for a second person; null where the change is in force.</param>
/// <param name="Sentence">What happened, for people.</param>
public sealed record PolicyChange(PolicyView Policy, ProposalView? Proposal, string Sentence);
