using System.Globalization;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Budgets;

/// <summary>What a policy may say, and which change of it one person may make alone.</summary>
internal static class PolicyRules
{
    /// <returns>What is wrong; null where nothing is.</returns>
    public static PolicyOutcome.Invalid? Fault(Policy policy)
    {
        if (policy.Weights.Any(one => !Enum.IsDefined(one.Key) || one.Value is < 0 or > Policy.MostWeight))
            return new("weights", $"A weight is 0 to {Policy.MostWeight:N0}, of a kind that there is.");
        foreach (var (field, limit) in Limits(policy))
        {
            if (limit is < 0 or > Policy.MostLimit)
                return new(field, $"A limit is 0 to {Policy.MostLimit:N0}.");
        }

        if (policy.RereadsPerMinute < 0)
            return new("rereadsPerMinute", "Reads again are bounded by 0 or more a minute.");
        return policy.ShredDelay < TimeSpan.Zero || policy.ShredDelay > Policy.MostShredDelay || policy.ShredDelay.Ticks % TimeSpan.TicksPerSecond != 0
            ? new("shredDelay", "Shredding waits 0 to 30 days, in whole seconds.")
            : null;
    }

    /// <summary>Whether anybody could be shown more, or one person do more alone, under the new policy: then it takes two.</summary>
    public static bool Raises(Policy from, Policy to) =>
        Enum.GetValues<RecordKind>().Any(kind => to.WeightOf(kind) < from.WeightOf(kind))
        || Limits(from).Zip(Limits(to)).Any(pair => (pair.Second.Limit ?? long.MaxValue) > (pair.First.Limit ?? long.MaxValue))
        || to.RereadsPerMinute > from.RereadsPerMinute
        || to.ShredDelay < from.ShredDelay
        || (from.TwoToResume && !to.TwoToResume)
        || (!from.UnsignedStaff && to.UnsignedStaff);

    /// <summary>What is new, as a receipt tells it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Changes(Policy from, Policy to) =>
        [.. Told(to).Except(Told(from))];

    private static IEnumerable<KeyValuePair<string, string>> Told(Policy policy) =>
    [
        .. Enum.GetValues<RecordKind>().Select(kind => KeyValuePair.Create($"weight.{ReceiptText.Name(kind)}", Text(policy.WeightOf(kind)))),
        .. Limits(policy).Select(one => KeyValuePair.Create(one.Field, one.Limit is { } limit ? Text(limit) : "none")),
        new("rereadsPerMinute", Text(policy.RereadsPerMinute)),
        new("shredDelaySeconds", Text((long)policy.ShredDelay.TotalSeconds)),
        new("twoToResume", policy.TwoToResume ? "true" : "false"),
        new("unsignedStaff", policy.UnsignedStaff ? "true" : "false"),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static (string Field, long? Limit)[] Limits(Policy policy) =>
    [
        ("personPerHour", policy.PersonPerHour),
        ("engagementPerHour", policy.EngagementPerHour),
        ("processPerHour", policy.ProcessPerHour),
        ("hostPerHour", policy.HostPerHour),
        ("personTotal", policy.PersonTotal),
        ("engagementTotal", policy.EngagementTotal),
    ];
}
